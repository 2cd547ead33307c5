internal import ByteScan
internal import Evidence

/// What a hop may change on the way: forwarded addresses, credentials, cookies; and the clock of who
/// answered.
extension Collector {
  /// The first address of `X-Forwarded-For`, else of `Forwarded` (RFC 7239 §5.2), without port.
  mutating func forwardedFor(_ s: Span<UInt8>, _ head: Head) -> Symbol {
    var field = head.forwardedFor
    if !field.isPresent, head.forwarded.isPresent {
      let at = Bytes.find("for=", s, head.forwarded.start, head.forwarded.end)
      guard at >= 0 else { return .none }
      field = Field(start: at + 4, end: head.forwarded.end)
    }
    guard field.isPresent else { return .none }
    var start = field.start
    while start < field.end, s[start] == UInt8(ascii: "\"") || s[start] == UInt8(ascii: "[") {
      start += 1
    }
    var end = start
    var colons = 0
    var firstColon = -1
    while end < field.end {
      let c = s[end]
      if c == UInt8(ascii: ":") {
        colons += 1
        if firstColon < 0 { firstColon = end }
      } else if !Self.isAddressByte(c) {
        break
      }
      end += 1
    }
    // `10.0.0.1:5000` has a port; an IPv6 address has more colons.
    if colons == 1 { end = firstColon }
    guard end - start >= 2, end - start <= 45 else { return .none }
    return observations.symbols.intern(s, start, end)
  }

  private static func isAddressByte(_ c: UInt8) -> Bool {
    c >= 48 && c <= 57 || c >= 97 && c <= 102 || c >= 65 && c <= 70 || c == UInt8(ascii: ".")
  }

  /// `Date` (RFC 9110 §5.6.7, the fixed form) minus the capture's time.
  static func dateOffset(_ s: Span<UInt8>, _ field: Field, _ time: Int64) -> Int32 {
    // Sun, 06 Nov 1994 08:49:37 GMT
    guard field.count == 29, let date = TimeStamp.httpDate(s, field.start) else {
      return Request.noDate
    }
    let seconds = date &- (time >= 0 ? time / 1_000_000_000 : 0)
    return abs(seconds) < 1_000_000_000 ? Int32(truncatingIfNeeded: seconds) : Request.noDate
  }

  /// The headers that hops set, drop or rewrite, as one short text; few different ones per capture.
  mutating func changeable(_ s: Span<UInt8>, _ head: Head, _ token: Int32) -> Symbol {
    var form: BearerToken.Form?
    if token >= 0, Int(token) < observations.tokens.count {
      form = observations.tokens[Int(token)].form
    }
    let scheme = Self.scheme(s, head.authorization)
    let isFixed =
      !head.cookie.isPresent && !head.forwardedProto.isPresent && !head.forwardedHost.isPresent
      && !head.forwardedPort.isPresent
    let key = Self.key(head, scheme, form)
    if isFixed {
      if key == lastHeaders.key, !lastHeaders.text.isNone { return lastHeaders.text }
      if let known = headerTexts[key] {
        lastHeaders = (key, known)
        return known
      }
    }
    var text = takeScratch()
    Self.authorization(head, scheme, form, into: &text)
    if head.cookie.isPresent { Self.cookies(s, head.cookie, into: &text) }
    Self.add("; X-Forwarded-Proto: ", s, head.forwardedProto, into: &text)
    Self.add("; X-Forwarded-Host: ", s, head.forwardedHost, into: &text)
    Self.add("; X-Forwarded-Port: ", s, head.forwardedPort, into: &text)
    if head.forwardedFor.isPresent { text.append(contentsOf: "; X-Forwarded-For: present".utf8) }
    if head.forwarded.isPresent { text.append(contentsOf: "; Forwarded: present".utf8) }
    if head.traceparent.isPresent { text.append(contentsOf: "; traceparent: present".utf8) }
    if head.b3.isPresent { text.append(contentsOf: "; b3: present".utf8) }
    if head.requestID.isPresent { text.append(contentsOf: "; X-Request-ID: present".utf8) }
    let symbol = internAndReturn(text)
    if isFixed { headerTexts[key] = symbol }
    return symbol
  }

  /// What the text is made of when no value goes into it: 14 bits.
  private static func key(_ head: Head, _ scheme: Int, _ form: BearerToken.Form?) -> UInt16 {
    var key = UInt16(truncatingIfNeeded: scheme) << 3 | UInt16(form.map { $0.rawValue + 1 } ?? 0)
    func add(_ flag: Bool) { key = key << 1 | (flag ? 1 : 0) }
    add(head.authorizations > 1)
    add(head.isWhole)
    add(head.forwardedFor.isPresent)
    add(head.forwarded.isPresent)
    add(head.traceparent.isPresent)
    add(head.b3.isPresent)
    add(head.requestID.isPresent)
    return key
  }

  private static func authorization(
    _ head: Head, _ scheme: Int, _ form: BearerToken.Form?, into text: inout [UInt8]
  ) {
    guard head.authorization.isPresent else {
      if head.isWhole { text.append(contentsOf: "Authorization: none".utf8) }
      return
    }
    text.append(contentsOf: "Authorization: ".utf8)
    text.append(contentsOf: shownSchemes[scheme].utf8)
    switch form {
    case .jwt: text.append(contentsOf: " (JWT)".utf8)
    case .malformed: text.append(contentsOf: " (malformed)".utf8)
    case .opaque: text.append(contentsOf: " (opaque)".utf8)
    case .basic, .otherScheme, nil: break
    }
    if head.authorizations > 1 { text.append(contentsOf: " (several)".utf8) }
  }

  private static let knownSchemes: [StaticString] = [
    "bearer", "basic", "dpop", "digest", "negotiate", "ntlm",
  ]
  private static let shownSchemes = [
    "", "empty", "no known scheme", "Bearer", "Basic", "DPoP", "Digest", "Negotiate", "NTLM",
  ]

  /// Index into `shownSchemes`: a scheme that is known by name, else its kind: an unknown word may be
  /// the secret itself.
  private static func scheme(_ s: Span<UInt8>, _ field: Field) -> Int {
    guard field.isPresent else { return 0 }
    var end = field.start
    while end < field.end, s[end] != 32, s[end] != 9 { end += 1 }
    for i in knownSchemes.indices where Head.matches(knownSchemes[i], s, field.start, end) {
      return i + 3
    }
    return field.count == 0 ? 1 : 2
  }

  /// Names of cookies, eight at most.
  private static func cookies(_ s: Span<UInt8>, _ field: Field, into text: inout [UInt8]) {
    text.append(contentsOf: "; Cookie: ".utf8)
    var at = field.start
    var count = 0
    while at < field.end, count < 8 {
      at = Bytes.skipBlanks(s, at, field.end)
      var end = Bytes.find(UInt8(ascii: ";"), s, at, field.end)
      if end < 0 { end = field.end }
      let equals = Bytes.find(UInt8(ascii: "="), s, at, end)
      if equals > at, equals - at <= 64 {
        if count > 0 { text.append(contentsOf: ", ".utf8) }
        for i in at..<equals { text.append(s[i]) }
        count += 1
      }
      at = end + 1
    }
  }

  private static func add(
    _ name: String, _ s: Span<UInt8>, _ field: Field, into text: inout [UInt8]
  ) {
    guard field.isPresent else { return }
    text.append(contentsOf: name.utf8)
    for i in field.start..<min(field.end, field.start + 100) { text.append(s[i]) }
  }
}
