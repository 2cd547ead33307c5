internal import ByteScan
internal import Evidence

/// The fields of an ALB line from the cipher on: trace, server name, actions and error reason.
struct AWSLoadBalancerTail {
  private var group: BlankSeparated.Field
  private var trace: BlankSeparated.Field
  private var domain: BlankSeparated.Field
  private var actions: BlankSeparated.Field
  private var redirect: BlankSeparated.Field
  private var reason: BlankSeparated.Field

  init(_ s: Span<UInt8>, _ fields: inout BlankSeparated) {
    _ = fields.next(s)  // cipher
    _ = fields.next(s)  // protocol
    group = fields.next(s)
    trace = fields.next(s)
    domain = fields.next(s)
    _ = fields.next(s)  // certificate
    _ = fields.next(s)  // rule priority
    _ = fields.next(s)  // creation time
    actions = fields.next(s)
    redirect = fields.next(s)
    reason = fields.next(s)
  }

  func fill(_ request: inout Request, _ s: Span<UInt8>, _ sink: inout Sink) {
    if !Quoted.isAbsent(s, domain.start, domain.end) {
      request.host = sink.intern(s, domain.start, domain.end)
    }
    // `arn:aws:…:targetgroup/name/id` → name
    let slash = Bytes.find(UInt8(ascii: "/"), s, group.start, group.end)
    if slash >= 0 {
      let end = Bytes.find(UInt8(ascii: "/"), s, slash + 1, group.end)
      request.service = sink.intern(s, slash + 1, end < 0 ? group.end : end)
    }
    guard Sink.isKept(request.status) else { return }
    setTrace(&request, s, &sink)
    // `authenticate AuthInvalidCookie`
    var detail: [UInt8] = []
    for field in [actions, reason] where !Quoted.isAbsent(s, field.start, field.end) {
      if !detail.isEmpty { detail.append(32) }
      for i in field.start..<field.end { detail.append(s[i]) }
    }
    request.detail = sink.internMasked(detail.span, 0, detail.count)
    if !Quoted.isAbsent(s, redirect.start, redirect.end) {
      let query = Bytes.find(UInt8(ascii: "?"), s, redirect.start, redirect.end)
      request.location = sink.internMasked(
        s, redirect.start, query < 0 ? redirect.end : query)
    }
    HAProxyState.add(statement(s), request, &sink)
  }

  /// `Root=1-66c5b2a0-1d84f3d73c47ec4e58577259` → the 32 digits of its W3C form.
  private func setTrace(_ request: inout Request, _ s: Span<UInt8>, _ sink: inout Sink) {
    let root = Bytes.find("Root=1-", s, trace.start, trace.end)
    guard root >= 0 else { return }
    var end = Bytes.find(UInt8(ascii: ";"), s, root, trace.end)
    if end < 0 { end = trace.end }
    request.requestID = sink.intern(s, root + 5, end)
    request.traceID = sink.internTrace(s, root + 7, end)
  }

  /// The error reasons of logins. Source: AWS, "Access logs for your Application Load Balancer", error reason codes.
  /// <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html>
  static let loginReasons: [(text: StaticString, statement: Statement)] = [
    ("AuthInvalidCookie", .loginStateLost),
    ("AuthInvalidStateParam", .loginStateLost),
    ("AuthMissingStateParam", .loginStateLost),
    ("AuthInvalidGrantError", .codeNotValid),
    ("AuthMissingCodeParam", .codeNotValid),
    ("AuthInvalidTokenResponse", .callWrongURL),
    ("AuthInvalidUserinfoResponse", .callWrongURL),
    ("AuthTokenEpRequestTimeout", .callTimedOut),
    ("AuthUserinfoEpRequestTimeout", .callTimedOut),
    ("AuthTokenEpRequestFailed", .callFailed),
    ("AuthUserinfoEpRequestFailed", .callFailed),
    ("AuthUserinfoResponseSizeExceeded", .requestHeaderTooLarge),
    ("AuthInvalidIdToken", .tokenRefused),
  ]

  private func statement(_ s: Span<UInt8>) -> Statement {
    func has(_ text: StaticString) -> Bool { Bytes.has(text, s, reason.start, reason.end) }
    if let reason = Self.loginReasons.first(where: { has($0.text) }) { return reason.statement }
    if has("AuthMissingAWSALBAuthNonce") || has("AuthInvalidAWSALBAuthNonce") {
      return .loginStateLost
    }
    if has("JWTHeaderNotPresent") { return .tokenMissing }
    if has("JWTRequestFormatInvalid") { return .tokenMalformed }
    if has("JWTSignatureValidationError") { return .tokenSignature }
    if has("JWTClaim") { return .tokenClaim }
    if has("JWKS") { return .keysUnavailable }
    return .other
  }
}
