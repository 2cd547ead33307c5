internal import ByteScan
internal import Evidence

/// What can be told of a written exchange whose answer, or whose cause, is only words.
extension WrittenExchange {
  /// What a command asked with; not known where its credentials may be in a form, in a cookie or elsewhere.
  var asked: Statement {
    let s = request.span
    var head = Head()
    guard head.parse(s, 0, s.count, cut: true) > 0, form.isEmpty else { return .commandOther }
    if head.authorization.isPresent { return .commandWithCredential }
    if mayHideCredential { return .commandOther }
    if Bytes.has("OPTIONS ", s, 0, s.count) { return .commandPreflight }
    return head.cookie.isPresent ? .commandOther : .commandWithoutCredential
  }

  /// What oauth2-proxy answers at `/oauth2/auth` to whoever has no session (Go's `http.Error` with the words of the
  /// status), given at an address of the application to a caller without a credential: the edge passes it on.
  var isAuthAnswer: Bool {
    let s = answer.span
    var requestHead = Head()
    let asked = requestHead.parse(request.span, 0, request.count, cut: true) > 0
    guard asked, !hidesCredential, !mayHideCredential, !requestHead.authorization.isPresent,
      !requestHead.cookie.isPresent,
      Bytes.has("GET ", request.span, 0, request.count),
      !Bytes.contains("/oauth2/", request.span, 0, request.count), Transcript.isUnauthorized(s)
    else { return false }
    return Transcript.hasField("content-length", "13", s)
      && Transcript.hasField("content-type", "text/plain", s)
      && Transcript.hasField("x-content-type-options", "nosniff", s)
      && !Transcript.hasField("www-authenticate", "", s)
      && Transcript.isBare(body)
  }
}

extension Transcript {
  static func isUnauthorized(_ s: Span<UInt8>) -> Bool {
    let blank = Bytes.find(32, s, 0, min(s.count, 12))
    return blank > 0 && Bytes.has("401", s, blank + 1, s.count)
  }

  /// Whether a head has the field (its name in small letters), and its value begins so.
  static func hasField(_ name: String, _ value: StaticString, _ s: Span<UInt8>) -> Bool {
    let name = Array(name.utf8)
    var at = 0
    while at < s.count {
      var end = Bytes.find(10, s, at, s.count)
      if end < 0 { end = s.count }
      if at + name.count < end, s[at + name.count] == UInt8(ascii: ":"),
        (0..<name.count).allSatisfy({ s[at + $0] | 0x20 == name[$0] | 0x20 })
      {
        let start = Bytes.skipBlanks(s, at + name.count + 1, end)
        return value.utf8CodeUnitCount == 0 || Bytes.has(value, s, start, end)
      }
      at = end + 1
    }
    return false
  }

  /// `Unauthorized` and nothing else.
  static func isBare(_ body: [UInt8]) -> Bool {
    let words = body.filter { $0 > 32 }
    return words == Array("Unauthorized".utf8)
  }
}
