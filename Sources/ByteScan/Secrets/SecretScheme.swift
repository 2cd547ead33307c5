/// `Bearer …`, `Basic …`, `DPoP …`, wherever they stand.
enum SecretScheme {
  /// The credential behind the scheme at `at`; a challenge (`Bearer error="…"`), a bare word
  /// (`undefined`) and prose are no credentials.
  static func credential(_ s: Span<UInt8>, _ from: Int, _ at: Int, _ to: Int) -> Range<Int>? {
    var i: Int
    let isBasic = SecretName.begins("basic", s, at, to)
    if isBasic {
      i = at + 5
    } else if SecretName.begins("bearer", s, at, to) {
      i = at + 6
    } else if SecretName.begins("dpop", s, at, to) {
      i = at + 4
    } else {
      return nil
    }
    guard i < to, s[i] == 32 || s[i] == UInt8(ascii: "+") || s[i] == UInt8(ascii: "%") else {
      return nil
    }
    var coded = i
    if s[i] == UInt8(ascii: "%") {
      coded += 1
      while Bytes.has("25", s, coded, to) { coded += 2 }
    }
    if s[i] == UInt8(ascii: "%"), Bytes.has("20", s, coded, to) {
      i = coded + 2
    } else {
      i = Bytes.skipBlanks(s, i + (s[i] == 32 ? 0 : 1), to)
    }
    // `Bearer '…'`
    if i < to, s[i] == UInt8(ascii: "'") || s[i] == UInt8(ascii: "\"") || s[i] == UInt8(ascii: "[")
    {
      i += 1
    }
    var end = i
    var digits = 0
    var capitals = 0
    while end < to, Redaction.isTokenByte(s[end]) || isPaddingByte(s[end]) {
      if Bytes.isDigit(s[end]) { digits += 1 }
      if s[end] >= 65, s[end] <= 90 { capitals += 1 }
      end += 1
    }
    if end < to, s[end] == UInt8(ascii: "\""), end > i, s[end - 1] == UInt8(ascii: "=") {
      return nil
    }
    let length = end - i
    let looksMade = digits > 0 || capitals > 1 || length > 512
    guard isBasic ? length >= 6 && looksMade : length >= 16 && looksMade || length >= 32 else {
      return nil
    }
    return i..<end
  }

  private static func isPaddingByte(_ c: UInt8) -> Bool {
    c == UInt8(ascii: "=") || c == UInt8(ascii: "+") || c == UInt8(ascii: "/")
      || c == UInt8(ascii: ".") || c == UInt8(ascii: "~")
  }
}
