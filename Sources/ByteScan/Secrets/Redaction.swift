/// Masks secrets in free text before it is stored anywhere (facts/ingress_logs §9): tokens,
/// credentials of the `Authorization` header, OAuth parameters, passwords, cookies, keys.
///
/// What the text says about a credential stays readable (`Bearer undefined`, a JWT's place); the
/// credential itself becomes `…`. One pass; bytes that cannot begin a secret are only copied. Whatever is found here
/// by a new sign has to be seen by `SecretGlance`, too.
package enum Redaction {
  /// Appends `s[from..<to]` to `out` with credentials replaced by `…`.
  package static func mask(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, into out: inout [UInt8]
  ) {
    guard from >= 0, to <= s.count, from < to else { return }
    out.reserveCapacity(out.count + to - from)
    var i = from
    // What stands before it was masked: a value is no name of another one.
    var open = from
    while i < to {
      let c = s[i]
      let secret: Range<Int>?
      switch c {
      case UInt8(ascii: "e"):
        if let end = token(s, from, i, to) {
          append("eyJ…(jwt)", to: &out)
          i = end
          open = end
          continue
        }
        secret = nil
      case UInt8(ascii: "B"), UInt8(ascii: "b"), UInt8(ascii: "D"), UInt8(ascii: "d"):
        secret = SecretScheme.credential(s, open, i, to)
      case UInt8(ascii: ":"):
        secret = SecretPlace.userInfo(s, i, to) ?? SecretValue.find(s, open, i, to)
      case UInt8(ascii: "="), UInt8(ascii: "%"), 0xe2: secret = SecretValue.find(s, open, i, to)
      case UInt8(ascii: ","): secret = SecretPair.afterComma(s, open, i, to)
      case 32: secret = SecretPlace.afterBlank(s, open, i, to)
      case UInt8(ascii: "/"): secret = SecretPlace.segment(s, open, i, to)
      case UInt8(ascii: ">"):
        secret = SecretPlace.element(s, open, i, to) ?? SecretValue.find(s, open, i, to)
      default: secret = nil
      }
      if let secret {
        for j in i..<secret.lowerBound { out.append(s[j]) }
        append("…", to: &out)
        i = secret.upperBound
        open = secret.upperBound
        continue
      }
      out.append(c)
      i += 1
    }
  }

  /// Whether `mask` might change anything: never `false` where it would.
  package static func mayHoldSecret(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    SecretGlance.isPossible(s, from, to)
  }

  /// A JSON Web Token (`eyJ` is `{"` in base64), whole or cut: its end.
  private static func token(_ s: Span<UInt8>, _ from: Int, _ at: Int, _ to: Int) -> Int? {
    guard Bytes.has("eyJ", s, at, to) else { return nil }
    let isWithin = at > from && isWordByte(s[at - 1])
    // Within a word it is one by chance, unless it goes on like a token (`%20eyJ…`, `\neyJ…`).
    if isWithin, Bytes.find(UInt8(ascii: "."), s, at, min(to, at + 512)) < 0 { return nil }
    var end = at + 3
    while end < to, isTokenByte(s[end]) || s[end] == UInt8(ascii: ".") { end += 1 }
    if isWithin, end - at < 30 || Bytes.find(UInt8(ascii: "."), s, at, end) < 0 { return nil }
    return end - at >= 12 ? end : nil
  }

  static func isTokenByte(_ c: UInt8) -> Bool {
    c | 0x20 >= 97 && c | 0x20 <= 122 || Bytes.isDigit(c) || c == UInt8(ascii: "-")
      || c == UInt8(ascii: "_")
  }
  private static func isWordByte(_ c: UInt8) -> Bool {
    c | 0x20 >= 97 && c | 0x20 <= 122 || Bytes.isDigit(c)
  }

  private static func append(_ text: StaticString, to out: inout [UInt8]) {
    let start = unsafe text.utf8Start
    for i in 0..<text.utf8CodeUnitCount { unsafe out.append(start[i]) }
  }
}
