/// A text of two bytes a character (UTF-16, RFC 2781), as UTF-8: what PowerShell's `>` and some editors write.
final class WideText {
  private let source: Flow
  private let isLittle: Bool
  private var input: [UInt8] = []
  private var out: [UInt8] = []
  private var given = 0
  private var hasBegun = false
  /// The first half of a character beyond U+FFFF.
  private var high: UInt32?

  private init(_ source: Flow, isLittle: Bool) {
    self.source = source
    self.isLittle = isLittle
  }

  static func flow(of source: Flow, isLittle: Bool) -> Flow {
    let text = WideText(source, isLittle: isLittle)
    return Flow(
      fault: {
        source.fault ?? (text.input.isEmpty ? nil : "a character of UTF-16 is cut at its end")
      },
      pull: { text.read(into: &$0, at: $1) })
  }

  private func read(into buffer: inout [UInt8], at: Int) -> Int {
    while given == out.count {
      given = 0
      guard fill() else { return 0 }
    }
    let count = min(out.count - given, buffer.count - at)
    let from = given
    buffer.replaceSubrange(at..<at + count, with: out[from..<from + count])
    given += count
    return count
  }

  private func fill() -> Bool {
    var bytes: [UInt8] = []
    swap(&bytes, &input)
    let kept = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: 128 << 10))
    let got = source.read(into: &bytes, at: kept)
    bytes.removeSubrange((kept + got)...)
    var text: [UInt8] = []
    swap(&text, &out)
    text.removeAll(keepingCapacity: true)
    if got > 0 {
      decode(bytes.span, into: &text)
      if bytes.count % 2 == 1, let last = bytes.last { input = [last] }
    } else {
      input = bytes
      if high != nil { WideText.append(0xfffd, to: &text) }
      high = nil
    }
    swap(&text, &out)
    return got > 0 || !out.isEmpty
  }

  private func decode(_ s: Span<UInt8>, into text: inout [UInt8]) {
    var i = 0
    while i + 1 < s.count {
      let unit =
        isLittle ? UInt32(s[i + 1]) << 8 | UInt32(s[i]) : UInt32(s[i]) << 8 | UInt32(s[i + 1])
      i += 2
      if !hasBegun {
        hasBegun = true
        if unit == 0xfeff { continue }
      }
      if unit < 0x80, high == nil {
        text.append(UInt8(unit))
        continue
      }
      if let first = high {
        high = nil
        if unit >> 10 == 0x37 {
          WideText.append(0x10000 + (first & 0x3ff) << 10 + unit & 0x3ff, to: &text)
          continue
        }
        WideText.append(0xfffd, to: &text)
      }
      if unit >> 10 == 0x36 {
        high = unit
      } else {
        WideText.append(unit >> 10 == 0x37 ? 0xfffd : unit, to: &text)
      }
    }
  }

  private static func append(_ scalar: UInt32, to text: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(scalar) else { return }
    text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}
