/// Makes text from an input harmless: control characters, terminal sequences, bidirectional and
/// invisible characters become visible escapes (`\x1b`, `\u{202e}`), bytes that are no UTF-8 become
/// U+FFFD. Queries of URLs and paths are cut (`?…`): they may hold codes and tokens.
///
/// Every renderer writes foreign text through here and escapes for its own syntax afterwards.
package enum Neutral {
  /// `true` when the bytes are printable ASCII without a query: the common case, copied as is.
  package static func isPlain(_ bytes: ArraySlice<UInt8>) -> Bool {
    for byte in bytes where byte < 0x20 || byte > 0x7e || byte == UInt8(ascii: "?") { return false }
    return true
  }

  /// The harmless form of bytes read from an input.
  package static func bytes(_ foreign: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(foreign.count + 8)
    var i = foreign.startIndex
    while i < foreign.endIndex {
      let byte = foreign[i]
      if byte < 0x80 {
        if byte == UInt8(ascii: "?"), let end = endOfQuery(foreign, i) {
          out += [UInt8(ascii: "?"), 0xe2, 0x80, 0xa6]
          i = end
          continue
        }
        if byte < 0x20 || byte == 0x7f {
          escape(control: byte, into: &out)
        } else {
          out.append(byte)
        }
        i += 1
        continue
      }
      let (scalar, length) = decode(foreign, i)
      if let scalar {
        if isDangerous(scalar) {
          escape(scalar: scalar, into: &out)
        } else {
          out.append(contentsOf: foreign[i..<(i + length)])
        }
      } else {
        out += [0xef, 0xbf, 0xbd]
      }
      i += length
    }
    return out
  }

  package static func text(_ foreign: String) -> String {
    let utf8 = Array(foreign.utf8)
    return isPlain(utf8[...]) ? foreign : String(decoding: bytes(utf8[...]), as: UTF8.self)
  }

  /// A query is `?` right after a path, host or `://`-ish character and followed by `name=`;
  /// a question mark in prose is not one.
  private static func endOfQuery(_ s: ArraySlice<UInt8>, _ at: Int) -> Int? {
    guard at > s.startIndex, isQuerySafe(s[at - 1]) else { return nil }
    var end = at + 1
    var hasValue = false
    while end < s.endIndex, isQuerySafe(s[end]) {
      if s[end] == UInt8(ascii: "=") { hasValue = true }
      end += 1
    }
    return hasValue ? end : nil
  }

  private static func isQuerySafe(_ c: UInt8) -> Bool {
    switch c {
    case ..<0x21, 0x7f: false
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "<"),
      UInt8(ascii: ">"), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "|"):
      false
    default: true
    }
  }

  /// Characters that change how others are shown, or show nothing.
  static func isDangerous(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x80...0x9f, 0xad, 0x61c, 0x180e, 0x200b...0x200f, 0x2028...0x202e, 0x2060...0x206f,
      0xfeff, 0xfff9...0xfffb, 0x1d173...0x1d17a, 0xe0000...0xe007f, 0xfdd0...0xfdef, 0xfffe,
      0xffff:
      true
    default: false
    }
  }

  private static func escape(control byte: UInt8, into out: inout [UInt8]) {
    out.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x09: out.append(UInt8(ascii: "t"))
    case 0x0a: out.append(UInt8(ascii: "n"))
    case 0x0d: out.append(UInt8(ascii: "r"))
    default:
      out.append(UInt8(ascii: "x"))
      out.append(hexDigit(byte >> 4))
      out.append(hexDigit(byte & 15))
    }
  }

  private static func escape(scalar: UInt32, into out: inout [UInt8]) {
    out.append(contentsOf: "\\u{\(String(scalar, radix: 16))}".utf8)
  }

  static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }

  /// The scalar at `i` and its length, or `nil` and 1 for a byte that begins none (RFC 3629).
  private static func decode(_ s: ArraySlice<UInt8>, _ i: Int) -> (UInt32?, Int) {
    let first = s[i]
    let (length, minimum): (Int, UInt32) =
      switch first {
      case 0xc2...0xdf: (2, 0x80)
      case 0xe0...0xef: (3, 0x800)
      case 0xf0...0xf4: (4, 0x10000)
      default: (0, 0)
      }
    guard length > 0, i + length <= s.endIndex else { return (nil, 1) }
    var scalar = UInt32(first) & (0x7f >> UInt32(length))
    for j in (i + 1)..<(i + length) {
      guard s[j] & 0xc0 == 0x80 else { return (nil, 1) }
      scalar = scalar << 6 | UInt32(s[j] & 0x3f)
    }
    guard scalar >= minimum, scalar <= 0x10ffff, !(0xd800...0xdfff).contains(scalar) else {
      return (nil, 1)
    }
    return (scalar, length)
  }
}
