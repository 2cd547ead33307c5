import ByteScan
import Testing

/// JSON strings are unescaped alike wherever they begin and whatever was in the buffer.
@Suite struct UnescapeTests {
  /// Byte by byte.
  private static func plainly(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var i = 0
    while i < bytes.count {
      guard bytes[i] == UInt8(ascii: "\\"), i + 1 < bytes.count else {
        out.append(bytes[i])
        i += 1
        continue
      }
      switch bytes[i + 1] {
      case UInt8(ascii: "n"): out.append(10)
      case UInt8(ascii: "t"): out.append(9)
      case UInt8(ascii: "u"):
        let digits = String(decoding: bytes[min(i + 2, bytes.count)...].prefix(4), as: UTF8.self)
        if digits.count == 4, let scalar = UInt32(digits, radix: 16) {
          out += Array(String(Unicode.Scalar(scalar).map(Character.init) ?? "\u{fffd}").utf8)
          i += 4
        } else {
          out.append(UInt8(ascii: "?"))
        }
      default: out.append(bytes[i + 1])
      }
      i += 2
    }
    return out
  }

  @Test func `every text comes out as byte by byte`() {
    var state: UInt64 = 401
    let pieces = [
      "a", "\\\"", "\\n", "\\t", "\\\\", "\\u0041", "\\u20ac", "\\u12", "key=", "value of a field",
      "\\",
      "é", ", ",
    ]
    var buffer = [UInt8](repeating: UInt8(ascii: "#"), count: 100)
    for length in 0..<400 {
      var text: [UInt8] = []
      for _ in 0..<length % 40 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += Array(pieces[Int(state >> 33) % pieces.count].utf8)
      }
      let expected = UnescapeTests.plainly(text)
      var appended = Array("before".utf8)
      JSONWalk.unescape(text.span, 0, text.count, into: &appended)
      #expect(appended == Array("before".utf8) + expected)
      let count = JSONWalk.unescape(text.span, 0, text.count, over: &buffer)
      #expect(Array(buffer[..<count]) == expected)
    }
  }

  @Test func `two halves of a character are put together`() {
    let text = Array("x\\ud83d\\ude00y".utf8)
    var out: [UInt8] = []
    JSONWalk.unescape(text.span, 0, text.count, into: &out)
    #expect(String(decoding: out, as: UTF8.self) == "x😀y")
  }
}
