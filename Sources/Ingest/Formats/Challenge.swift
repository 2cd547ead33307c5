internal import ByteScan

/// Telling a `WWW-Authenticate` challenge from an `Authorization` value where a log does not say
/// which header it shows (RFC 9110 §11.6).
enum Challenge {
  /// The text is or begins with the name of an authentication scheme.
  static func isScheme(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    starts("Bearer", s, from, to) || starts("Basic", s, from, to) || starts("DPoP", s, from, to)
      || starts("Negotiate", s, from, to) || starts("Digest", s, from, to)
      || namesRealm(s, from, to)
  }

  /// A word and `realm=`: the challenge of any scheme.
  private static func namesRealm(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var i = from
    while i < to, i - from <= 24, s[i] | 32 >= 97 && s[i] | 32 <= 122 || s[i] == UInt8(ascii: "-") {
      i += 1
    }
    return i - from >= 2 && i < to && s[i] == 32 && Bytes.has("realm=", s, i + 1, to)
  }

  private static func starts(_ name: StaticString, _ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool
  {
    let end = from + name.utf8CodeUnitCount
    return Bytes.has(name, s, from, to) && (end == to || s[end] == 32)
  }

  /// What follows the scheme is `name=…` as challenges have it, not a credential: the name is short,
  /// of letters and `_`, and its value is quoted or a plain word (base64 ends in `=`).
  static func hasParameters(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    let start = Bytes.skipBlanks(s, from, to)
    var i = start
    while i < to, s[i] == UInt8(ascii: "_") || s[i] >= 97 && s[i] <= 122 { i += 1 }
    return i - start >= 3 && i - start <= 20 && i + 1 < to && s[i] == UInt8(ascii: "=")
      && s[i + 1] != UInt8(ascii: "=")
  }
}
