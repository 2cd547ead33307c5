internal import ByteScan

/// Names and dates of an X.509 certificate (RFC 5280 §4.1): just enough DER to print them.
struct CertificateNames {
  var subject = Field()
  var issuer = Field()
  /// As written: `YYMMDDHHMMSSZ` or `YYYYMMDDHHMMSSZ`.
  var notBefore = Field()
  var notAfter = Field()
  /// First DNS name of the subject's alternative names.
  var alternative = Field()

  /// One DER element: tag, and where its content stands.
  private struct Element {
    var tag: UInt8
    var content: Int
    var end: Int
  }

  private static func element(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Element? {
    guard at + 2 <= to else { return nil }
    var length = Int(s[at + 1])
    var content = at + 2
    if length >= 0x80 {
      let bytes = length & 0x7f
      guard bytes >= 1, bytes <= 3, content + bytes <= to else { return nil }
      length = 0
      for i in 0..<bytes { length = length << 8 | Int(s[content + i]) }
      content += bytes
    }
    guard content + length <= to else { return nil }
    return Element(tag: s[at], content: content, end: content + length)
  }

  init?(_ s: Span<UInt8>) {
    guard let certificate = Self.element(s, 0, s.count), certificate.tag == 0x30,
      let body = Self.element(s, certificate.content, certificate.end), body.tag == 0x30
    else { return nil }
    var at = body.content
    func next() -> Element? {
      guard let found = Self.element(s, at, body.end) else { return nil }
      at = found.end
      return found
    }
    guard var current = next() else { return nil }
    // version [0], then serial number and algorithm.
    if current.tag == 0xa0 {
      guard let serial = next() else { return nil }
      current = serial
    }
    guard next() != nil, let issuing = next(), let validity = next(), let subjectName = next()
    else { return nil }
    issuer = Self.commonName(s, issuing)
    subject = Self.commonName(s, subjectName)
    if let first = Self.element(s, validity.content, validity.end) {
      notBefore = Field(start: first.content, end: first.end)
      if let second = Self.element(s, first.end, validity.end) {
        notAfter = Field(start: second.content, end: second.end)
      }
    }
    // subjectAltName: OID 2.5.29.17; the first [2] (dNSName) behind it.
    var i = at
    while i + 12 < body.end {
      if s[i] == 0x55, s[i + 1] == 0x1d, s[i + 2] == 0x11 {
        var j = i + 3
        while j + 2 < body.end, j < i + 16 {
          if s[j] == 0x82, j + 2 + Int(s[j + 1]) <= body.end, s[j + 1] > 2, s[j + 1] < 0x80 {
            alternative = Field(start: j + 2, end: j + 2 + Int(s[j + 1]))
            return
          }
          j += 1
        }
      }
      i += 1
    }
  }

  /// The common name (2.5.4.3) of a Name, else its last attribute.
  private static func commonName(_ s: Span<UInt8>, _ name: Element) -> Field {
    var last = Field()
    var at = name.content
    while let set = element(s, at, name.end) {
      at = set.end
      guard let pair = element(s, set.content, set.end),
        let key = element(s, pair.content, pair.end),
        let value = element(s, key.end, pair.end)
      else { continue }
      last = Field(start: value.content, end: value.end)
      if key.end - key.content == 3, s[key.content] == 0x55, s[key.content + 1] == 4,
        s[key.content + 2] == 3
      {
        return last
      }
    }
    return last
  }

  /// `2026-11-23` from UTCTime or GeneralizedTime; empty when it is neither.
  static func date(_ s: Span<UInt8>, _ field: Field) -> String {
    guard field.isPresent else { return "" }
    let text = Bytes.text(s, field.start, field.end)
    guard text.utf8.allSatisfy({ Bytes.isDigit($0) || $0 == UInt8(ascii: "Z") }) else { return "" }
    var digits = Array(text.utf8)
    if digits.count == 13 {
      // RFC 5280 §4.1.2.5.1: years from 50 are of the last century.
      digits = Array((digits[0] >= UInt8(ascii: "5") ? "19" : "20").utf8) + digits
    }
    guard digits.count == 15 else { return "" }
    let d = digits.map { String(UnicodeScalar($0)) }
    return d[0..<4].joined() + "-" + d[4..<6].joined() + "-" + d[6..<8].joined() + "T"
      + d[8..<10].joined() + ":" + d[10..<12].joined() + ":" + d[12..<14].joined() + "Z"
  }
}
