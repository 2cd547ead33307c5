/// A text of two bytes a character (UTF-16, RFC 2781), as UTF-8: what PowerShell's `>` and some editors write.
struct WideText: FlowRewriter {
  private let isLittle: Bool
  private var hasBegun = false
  /// The first half of a character beyond U+FFFF.
  private var high: UInt32?
  private(set) var fault: String?

  private init(isLittle: Bool) { self.isLittle = isLittle }

  static func flow(of source: Flow, isLittle: Bool) -> Flow {
    source.rewritten(by: WideText(isLittle: isLittle))
  }

  mutating func rewrite(_ s: Span<UInt8>, isLast: Bool, into text: inout [UInt8]) -> Int {
    decode(s, into: &text)
    if isLast {
      if high != nil { WideText.append(0xfffd, to: &text) }
      high = nil
      if s.count % 2 == 1 { fault = "a character of UTF-16 is cut at its end" }
    }
    return s.count / 2 * 2
  }

  private mutating func decode(_ s: Span<UInt8>, into text: inout [UInt8]) {
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
