/// Paths by shape.
public enum Route {
  /// Writes the path with segments that look like identifiers replaced by `*`: numbers, UUIDs, long
  /// hex or base64url words, words with four or more digits. At most 8 segments, the rest is `…`.
  public static func template(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, into out: inout [UInt8]
  ) {
    out.removeAll(keepingCapacity: true)
    var i = from
    var segments = 0
    while i < to {
      if s[i] == UInt8(ascii: "/") {
        out.append(UInt8(ascii: "/"))
        i += 1
        continue
      }
      let slash = Bytes.find(UInt8(ascii: "/"), s, i, to)
      let end = slash < 0 ? to : slash
      segments += 1
      if segments > 8 {
        out.append(contentsOf: [0xe2, 0x80, 0xa6])
        return
      }
      if isIdentifier(s, i, end) {
        out.append(UInt8(ascii: "*"))
      } else {
        // Copied at once; the span checks its bounds.
        unsafe s.extracting(i..<end).withUnsafeBufferPointer {
          unsafe out.append(contentsOf: $0)
        }
      }
      i = end
    }
    if out.isEmpty { out.append(UInt8(ascii: "/")) }
  }

  /// Whether a segment, which is not empty, looks like an identifier.
  private static func isIdentifier(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    let length = to - from
    if length > 48 { return true }
    var digits = 0
    var i = from
    while i + 8 <= to {
      digits += 8 - Bytes.nonDigits(Bytes.word(s, i)).nonzeroBitCount
      i += 8
    }
    while i < to {
      if Bytes.isDigit(s[i]) { digits += 1 }
      i += 1
    }
    if digits == length || digits >= 4 { return true }
    return length >= 12 && (from..<to).allSatisfy { isHexOrDash(s[$0]) }
  }

  private static func isHexOrDash(_ c: UInt8) -> Bool {
    Bytes.isDigit(c) || c | 0x20 >= 97 && c | 0x20 <= 102 || c == UInt8(ascii: "-")
  }

  /// Whether a path is one of an OpenID provider or of an auth middleman: these are kept whatever
  /// their status.
  public static func isOAuth(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    if Bytes.has("/oauth2/", s, from, to) || Bytes.has("/login/oauth2", s, from, to) { return true }
    // One pass: asked for every line.
    var i = Bytes.find(UInt8(ascii: "/"), s, from, to)
    while i >= 0, i + 1 < to {
      switch s[i + 1] {
      case UInt8(ascii: "r"): if Bytes.has("/realms/", s, i, to) { return true }
      case UInt8(ascii: "."): if Bytes.has("/.well-known/o", s, i, to) { return true }
      case UInt8(ascii: "o"): if Bytes.has("/openid-connect", s, i, to) { return true }
      default: break
      }
      i = Bytes.find(UInt8(ascii: "/"), s, i + 1, to)
    }
    return false
  }
}
