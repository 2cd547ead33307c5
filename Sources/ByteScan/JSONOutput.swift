/// Writes JSON pieces (RFC 8259) into bytes. Foreign text becomes harmless on the way: control characters,
/// bidirectional and invisible ones are escaped, bytes that are no UTF-8 become U+FFFD.
public enum JSONOutput {
  public static func quote(_ text: ArraySlice<UInt8>, into out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    var i = text.startIndex
    while i < text.endIndex {
      let c = text[i]
      if c >= 0x20, c < 0x7f {
        if c == UInt8(ascii: "\"") || c == UInt8(ascii: "\\") { out.append(UInt8(ascii: "\\")) }
        out.append(c)
        i += 1
      } else if c < 0x80 {
        escape(UInt32(c), into: &out)
        i += 1
      } else {
        let (scalar, length) = decode(text, i)
        if scalar == 0xfffd || isHidden(scalar) {
          escape(scalar, into: &out)
        } else {
          out.append(contentsOf: text[i..<i + length])
        }
        i += length
      }
    }
    out.append(UInt8(ascii: "\""))
  }

  public static func number(_ value: Int, into out: inout [UInt8]) {
    var digits: [UInt8] = []
    var rest = value.magnitude
    repeat {
      digits.append(48 + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    if value < 0 { out.append(UInt8(ascii: "-")) }
    out.append(contentsOf: digits.reversed())
  }

  /// Microseconds as decimal seconds.
  public static func seconds(_ microseconds: Int64, into out: inout [UInt8]) {
    number(Int(microseconds / 1_000_000), into: &out)
    var rest = Int(microseconds % 1_000_000)
    guard rest > 0 else { return }
    out.append(UInt8(ascii: "."))
    var scale = 100_000
    while rest > 0, scale > 0 {
      out.append(48 + UInt8(rest / scale))
      rest %= scale
      scale /= 10
    }
  }

  /// A control character inside a text.
  public static func control(_ c: UInt8, into out: inout [UInt8]) { escape(UInt32(c), into: &out) }

  private static func escape(_ scalar: UInt32, into out: inout [UInt8]) {
    out.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "u")])
    for shift in [12, 8, 4, 0] as [UInt32] {
      let digit = UInt8(scalar >> shift & 15)
      out.append(digit < 10 ? 48 + digit : 87 + digit)
    }
  }

  /// C1 controls, bidirectional marks and overrides, zero-width characters, line separators, BOM.
  private static func isHidden(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x80...0x9f, 0x61c, 0x200b...0x200f, 0x2028...0x202e, 0x2060...0x2069, 0xfeff: true
    default: false
    }
  }

  /// One scalar of UTF-8 (RFC 3629); U+FFFD and one byte where it is none.
  private static func decode(_ s: ArraySlice<UInt8>, _ at: Int) -> (UInt32, Int) {
    let c = s[at]
    let length = c >= 0xf0 && c < 0xf5 ? 4 : c >= 0xe0 ? 3 : c >= 0xc2 ? 2 : 0
    guard length > 0, c < 0xf5, at + length <= s.endIndex else { return (0xfffd, 1) }
    var scalar = UInt32(c) & (length == 2 ? 0x1f : length == 3 ? 0x0f : 0x07)
    for i in at + 1..<at + length {
      guard s[i] & 0xc0 == 0x80 else { return (0xfffd, 1) }
      scalar = scalar << 6 | UInt32(s[i] & 0x3f)
    }
    let smallest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard scalar >= smallest, scalar < 0x110000, !(0xd800..<0xe000).contains(scalar) else {
      return (0xfffd, 1)
    }
    return (scalar, length)
  }
}
