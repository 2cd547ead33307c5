internal import ByteScan

/// Masks secrets in free text before it is stored anywhere (facts/ingress_logs §9): tokens,
/// credentials of the `Authorization` header, OAuth parameters, passwords, cookies, keys.
///
/// What the text says about a credential stays readable (`Bearer undefined`, a JWT's place); the
/// credential itself becomes `…`. One pass; bytes that cannot begin a secret are only copied.
package enum Redaction {
  /// Appends `s[from..<to]` to `out` with credentials replaced by `…`.
  package static func mask(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, into out: inout [UInt8]
  ) {
    guard from >= 0, to <= s.count, from < to else { return }
    out.reserveCapacity(out.count + to - from)
    var i = from
    while i < to {
      let c = s[i]
      switch c {
      case UInt8(ascii: "e"):
        if let end = token(s, from, i, to) {
          append("eyJ…(jwt)", to: &out)
          i = end
          continue
        }
      case UInt8(ascii: "B"), UInt8(ascii: "b"):
        if let credential = scheme(s, i, to) {
          for j in i..<credential.from { out.append(s[j]) }
          append("…", to: &out)
          i = credential.to
          continue
        }
      case UInt8(ascii: "="), UInt8(ascii: ":"):
        if let secret = SecretName.value(s, from, i, to) {
          for j in i..<secret.from { out.append(s[j]) }
          append("…", to: &out)
          i = secret.to
          continue
        }
      default: break
      }
      out.append(c)
      i += 1
    }
  }

  /// Whether `mask` might change anything: never `false` where it would. Looks at eight bytes at a time for what a secret
  /// begins with.
  package static func mayHoldSecret(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard from >= 0, from < to, to - from <= 256, to + 8 <= s.count else { return true }
    var i = from
    while i < to {
      let word = Bytes.word(s, i)
      let small = word | 0x2020_2020_2020_2020
      let e = Bytes.matches(UInt8(ascii: "e"), word)
      // `eyJ`, `Bearer`, `basic`, and what stands before a value.
      let firsts =
        e & Bytes.matches(UInt8(ascii: "y"), word) &>> 8
        | Bytes.matches(UInt8(ascii: "b"), small) & (e | Bytes.matches(UInt8(ascii: "a"), word))
        &>> 8
        | Bytes.matches(UInt8(ascii: "="), word) | Bytes.matches(UInt8(ascii: ":"), word)
      if firsts != 0 { return true }
      // The last byte is looked at again, with the one behind it.
      i &+= 7
    }
    return false
  }

  /// A JSON Web Token (`eyJ` is `{"` in base64), whole or cut: its end.
  private static func token(_ s: Span<UInt8>, _ from: Int, _ at: Int, _ to: Int) -> Int? {
    guard Bytes.has("eyJ", s, at, to) else { return nil }
    if at > from, isWordByte(s[at - 1]) { return nil }
    var end = at + 3
    while end < to, isTokenByte(s[end]) || s[end] == UInt8(ascii: ".") { end += 1 }
    return end - at >= 12 ? end : nil
  }

  /// `Bearer <credential>`, `Basic <credential>`; a challenge (`Bearer error="…"`), a bare word
  /// (`undefined`) and prose are no credentials.
  private static func scheme(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Extent? {
    var i: Int
    let isBasic: Bool
    if hasWord("earer", s, at + 1, to) {
      i = at + 6
      isBasic = false
    } else if hasWord("asic", s, at + 1, to) {
      i = at + 5
      isBasic = true
    } else {
      return nil
    }
    guard i < to, s[i] == 32 || s[i] == UInt8(ascii: "+") || s[i] == UInt8(ascii: "%") else {
      return nil
    }
    if Bytes.has("%20", s, i, to) {
      i += 3
    } else {
      i = Bytes.skipBlanks(s, i + (s[i] == 32 ? 0 : 1), to)
    }
    var end = i
    var digits = 0
    var capitals = 0
    while end < to, isTokenByte(s[end]) || isPaddingByte(s[end]) {
      if Bytes.isDigit(s[end]) { digits += 1 }
      if s[end] >= 65, s[end] <= 90 { capitals += 1 }
      end += 1
    }
    if end < to, s[end] == UInt8(ascii: "\""), end > i, s[end - 1] == UInt8(ascii: "=") {
      return nil
    }
    let length = end - i
    let looksMade = digits > 0 || capitals > 1
    guard isBasic ? length >= 6 && looksMade : length >= 16 && looksMade || length >= 32 else {
      return nil
    }
    return Extent(i, end)
  }

  private static func hasWord(
    _ text: StaticString, _ s: Span<UInt8>, _ at: Int, _ to: Int
  ) -> Bool { Bytes.has(text, s, at, to) }

  static func isTokenByte(_ c: UInt8) -> Bool {
    c | 0x20 >= 97 && c | 0x20 <= 122 || Bytes.isDigit(c) || c == UInt8(ascii: "-")
      || c == UInt8(ascii: "_")
  }
  private static func isPaddingByte(_ c: UInt8) -> Bool {
    c == UInt8(ascii: "=") || c == UInt8(ascii: "+") || c == UInt8(ascii: "/")
      || c == UInt8(ascii: ".") || c == UInt8(ascii: "~")
  }
  private static func isWordByte(_ c: UInt8) -> Bool {
    c | 0x20 >= 97 && c | 0x20 <= 122 || Bytes.isDigit(c)
  }

  private static func append(_ text: StaticString, to out: inout [UInt8]) {
    let start = unsafe text.utf8Start
    for i in 0..<text.utf8CodeUnitCount { unsafe out.append(start[i]) }
  }
}
