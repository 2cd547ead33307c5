/// The value of `Cookie`, `Set-Cookie`, `Authorization` and what is named like them. The scheme stays readable.
enum SecretHeader {
  /// Up to the end of the header: a line end (also escaped), a closing quote or bracket.
  static func value(
    _ s: Span<UInt8>, _ mark: SecretValue.Mark, _ name: SecretValue.Name, _ to: Int
  ) -> Range<Int>? {
    let opened = SecretValue.Opening(s, Bytes.skipBlanks(s, mark.after, to), to)
    var i = opened.end
    // Prose may go on for long: most of it is not worth a look.
    let near = min(to, i + 1024)
    var stop = end(s, i, opened, mark, name, near)
    if stop == near, near < to {
      if isProse(s, i, stop) { return nil }
      stop = end(s, i, opened, mark, name, to)
    }
    guard stop > i else { return nil }
    let scheme = schemeEnd(s, i, stop)
    if scheme > i {
      // Prose begins like a scheme: the words of one are known, or what follows was made.
      guard isCredential(s, i, scheme, stop) else { return nil }
      i = scheme
    } else if isProse(s, i, stop) {
      return nil
    }
    if SecretWord.saysNone(s, i, stop) { return nil }
    return stop - i >= 4 ? i..<stop : nil
  }

  /// Prose after a colon is no header value: it has blanks and no cookie's `=`.
  private static func isProse(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    Bytes.find(32, s, from, to) >= 0 && Bytes.find(UInt8(ascii: "="), s, from, to) < 0
  }

  private static func end(
    _ s: Span<UInt8>, _ from: Int, _ opened: SecretValue.Opening, _ mark: SecretValue.Mark,
    _ name: SecretValue.Name, _ to: Int
  ) -> Int {
    if opened.isList {
      var stop = from
      while stop < to, s[stop] != UInt8(ascii: "]") { stop += 1 }
      while stop > from, s[stop - 1] == UInt8(ascii: "\"") || s[stop - 1] == UInt8(ascii: "\\") {
        stop -= 1
      }
      return stop
    }
    if opened.quote != 0 { return SecretValue.closing(s, from, opened, to) }
    return bareEnd(s, from, mark, name, to)
  }

  private static func bareEnd(
    _ s: Span<UInt8>, _ from: Int, _ mark: SecretValue.Mark, _ name: SecretValue.Name, _ to: Int
  ) -> Int {
    let isDigest = SecretName.begins("digest ", s, from, to)
    var i = from
    while i < to {
      switch s[i] {
      case UInt8(ascii: "\\"):
        // `realm=\"…\"`, where the whole was quoted.
        guard i > from, s[i - 1] == UInt8(ascii: "="), i + 1 < to, s[i + 1] == UInt8(ascii: "\"")
        else { return i }
        let close = Bytes.find(UInt8(ascii: "\""), s, i + 2, to)
        guard close >= 0 else { return to }
        i = close
      case 10, 13, UInt8(ascii: "]"): return i
      case UInt8(ascii: "'"): if name.opening == s[i] { return i }
      case UInt8(ascii: "\""):
        // `realm="…"` and `a="b"` go on behind their own quotes.
        guard i > from, s[i - 1] == UInt8(ascii: "=") else { return i }
        let close = Bytes.find(UInt8(ascii: "\""), s, i + 1, to)
        guard close >= 0 else { return to }
        i = close
      case 32:
        // `cookie=a=b; c=d level=info`
        let isWord = !mark.isColon && i > from && s[i - 1] != UInt8(ascii: ";") && !isDigest
        if isWord, schemeEnd(s, from, i + 1) != i + 1 {
          return s[i - 1] == UInt8(ascii: ",") ? i - 1 : i
        }
      case UInt8(ascii: "}"): if i + 1 >= to || !Redaction.isTokenByte(s[i + 1]) { return i }
      default: break
      }
      i += 1
    }
    return i
  }

  private static let schemes: [StaticString] = [
    "bearer", "basic", "negotiate", "dpop", "token", "digest", "ntlm", "apikey", "api-key", "jwt",
    "key",
    "aws4-hmac-sha256", "hoba", "gnap", "oauth", "privatetoken", "hawk", "signature", "macaroon",
    "splunk",
  ]

  /// Behind one word and its blank; `from` where there are none.
  private static func schemeEnd(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    var i = from
    while i < to, i - from < 24, Redaction.isTokenByte(s[i]) { i += 1 }
    guard i > from, i < to, s[i] == 32 else { return from }
    return Bytes.skipBlanks(s, i, to)
  }

  private static func isCredential(_ s: Span<UInt8>, _ from: Int, _ scheme: Int, _ to: Int) -> Bool
  {
    var word = scheme
    while word > from, s[word - 1] == 32 { word -= 1 }
    let isKnown = schemes.contains {
      $0.utf8CodeUnitCount == word - from && SecretName.begins($0, s, from, word)
    }
    let blank = Bytes.find(32, s, scheme, to)
    let hasPairs = Bytes.find(UInt8(ascii: "="), s, scheme, to) >= 0
    if isKnown { return blank < 0 || hasPairs }
    // `Cookie: a=b; c=d` has no scheme; `permission denied` is prose.
    if Bytes.find(UInt8(ascii: "="), s, from, scheme) >= 0 { return true }
    return hasPairs || blank < 0 && SecretWord.looksMade(s, scheme, to)
  }
}
