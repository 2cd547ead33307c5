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

  /// A text that begins with a scheme is a challenge, not a credential.
  static func isChallenge(_ s: Span<UInt8>, _ from: Int, _ to: Int, status: UInt16) -> Bool {
    let schemeEnd = Quoted.wordEnd(s, from, to)
    return hasParameters(s, schemeEnd, to) || schemeEnd == to && status == 401
  }

  /// Bytes that a log writes as `escape` and two hex digits (`#22` of HAProxy, `\x22` of nginx) as they were.
  static func decoded(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, escape: StaticString
  ) -> [UInt8] {
    let length = escape.utf8CodeUnitCount
    let mark = unsafe escape.utf8Start[length - 1]
    var plain: [UInt8] = []
    var i = from
    while i < to {
      if Bytes.has(escape, s, i, to),
        let byte = Bytes.escaped(s, i + length - 1, to, mark: mark)
      {
        plain.append(byte)
        i += length + 2
      } else {
        plain.append(s[i])
        i += 1
      }
    }
    return plain
  }

  /// What follows the scheme is `name=…` as challenges have it, not a credential: the name is short,
  /// of letters and `_`, and its value is quoted or a plain word (base64 ends in `=`).
  private static func hasParameters(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    let start = Bytes.skipBlanks(s, from, to)
    var i = start
    while i < to, s[i] == UInt8(ascii: "_") || s[i] >= 97 && s[i] <= 122 { i += 1 }
    return i - start >= 3 && i - start <= 20 && i + 1 < to && s[i] == UInt8(ascii: "=")
      && s[i + 1] != UInt8(ascii: "=")
  }
}
