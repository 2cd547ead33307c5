internal import Evidence

/// What the answer to one exchange says, and which line says so.
struct Answer {
  enum Voice: Int, Comparable {
    case none, length, inherited, event, message, challenge, edge, wire
    static func < (a: Voice, b: Voice) -> Bool { a.rawValue < b.rawValue }
  }
  var statement: Statement?
  var voice: Voice = .none
  var citations: [Citation] = []
  /// The words themselves, for the report.
  var words = ""

  /// Says nothing.
  var isEmpty: Bool { statement == nil && voice == .none && citations.isEmpty && words.isEmpty }
}

/// Reads the reason of a refusal from wherever it was written: the edge's response details, a
/// challenge, the wire, the application's log. Lengths come later (`LengthFit`).
enum AnswerReading {
  /// `false`: nothing of what `read` looks for is there.
  static func mayTell(_ index: Int, _ file: CaseFile) -> Bool {
    let links = file.exchanges.links[index]
    let r = file.exchanges.requests[index]
    return !r.detail.isNone || !r.challenge.isNone || !r.reason.isNone || links.inner >= 0
      || links.wire >= 0 || links.wireInner >= 0 || file.messages[index] != nil
      || EnvoyLengths.text(r) != nil
  }

  static func read(_ index: Int, _ file: CaseFile) -> Answer {
    let e = file.exchanges[index]
    let r = e.request
    if let answer = details(r, file) { return answer }
    // Where the service was seen to get a token, a challenge without an error does not say that it
    // got none.
    let arrived = sawToken(e, file)
    if let answer = challenge(r, file, .challenge), !arrived || answer.statement != .tokenMissing {
      return answer
    }
    for leg in [e.wire, e.wireInner] where leg >= 0 {
      if let answer = challenge(file.legs[Int(leg)], file, .wire),
        !arrived || answer.statement != .tokenMissing
      {
        return answer
      }
    }
    if e.inner >= 0, let answer = challenge(file.legs[Int(e.inner)], file, .challenge),
      !arrived || answer.statement != .tokenMissing
    {
      return answer
    }
    if let answer = message(index, file) { return answer }
    return Answer()
  }

  /// A captured leg behind the proxy carries credentials.
  private static func sawToken(_ e: Exchange, _ file: CaseFile) -> Bool {
    if e.wireInner >= 0 { return file.legs[Int(e.wireInner)].authorization == .present }
    return e.request.hop == .wire && !e.request.forwardedFor.isNone
      && e.request.authorization == .present
  }

  /// Envoy's response code details, ALB error reasons.
  private static func details(_ r: Request, _ file: CaseFile) -> Answer? {
    if let text = EnvoyLengths.text(r) {
      return Answer(
        statement: text.hasPrefix("RBAC") ? .roleMissing : RefusalTexts.statement(of: text),
        voice: .edge, citations: [r.answerCitation], words: "\(r.responseBytes) bytes, as \(text)")
    }
    guard !r.detail.isNone else { return nil }
    let text = file.text(r.detail)
    guard
      text.hasPrefix("jwt_authn") || text.hasPrefix("rbac") || text.hasPrefix("JWT")
        || text.contains("_for_basic_auth")
    else { return nil }
    var answer = Answer(statement: nil, voice: .edge, citations: [r.answerCitation], words: text)
    if text.contains("_for_basic_auth") {
      answer.statement = .basicMissing
    } else if text.hasPrefix("rbac") {
      // `rbac_access_denied_matched_policy[…require-email-verified…]`: policies are named after what they ask for.
      let isOfClaim = ["email", "claim"].contains { text.firstRange(of: $0) != nil }
      answer.statement = isOfClaim ? .tokenClaim : .roleMissing
    } else {
      answer.statement =
        RefusalTexts.statement(of: String(text.map { $0 == "_" ? " " : $0 })) ?? .tokenRefused
    }
    return answer
  }

  /// A challenge with an error, or an error body; a bare `Bearer` says nothing was accepted, which
  /// may mean that nothing was sent.
  static func challenge(_ r: Request, _ file: CaseFile, _ voice: Answer.Voice) -> Answer? {
    for symbol in [r.reason, r.challenge] where !symbol.isNone {
      let text = file.text(symbol)
      if let statement = RefusalTexts.statement(of: text) {
        return Answer(
          statement: statement, voice: voice, citations: [r.answerCitation], words: text)
      }
      let lower = text.lowercased()
      if lower.hasPrefix("basic") {
        return Answer(
          statement: .basicMissing, voice: voice, citations: [r.answerCitation], words: text)
      }
    }
    let known = [r.reason, r.challenge].compactMap { symbol in
      file.observations.said[symbol].map { (symbol: symbol, statement: $0) }
    }
    if let said = known.max(by: { telling($0.statement) < telling($1.statement) }) {
      return Answer(
        statement: said.statement, voice: voice, citations: [r.answerCitation],
        words: file.text(said.symbol))
    }
    if !r.challenge.isNone {
      let text = file.text(r.challenge)
      if text.lowercased().hasPrefix("bearer"), !text.contains("error=") {
        return Answer(
          statement: .tokenMissing, voice: voice, citations: [r.answerCitation], words: text)
      }
      if text.contains("\"invalid_token\"") {
        return Answer(
          statement: .tokenRefused, voice: voice, citations: [r.answerCitation], words: text)
      }
    }
    return nil
  }

  /// The application's or the edge's own message about this exchange: the most telling one.
  private static func message(_ index: Int, _ file: CaseFile) -> Answer? {
    var best: Answer?
    var rank = -1
    for m in file.messages[index] ?? [] {
      let message = file.observations.messages[m]
      guard message.statement != .other, message.statement != .tokenRefused || best == nil,
        !isOfLogin(message.statement) || file.exchanges[index].request.isLoginCallback
      else { continue }
      let value = telling(message.statement)
      // A signature is not checked without keys.
      let isWhy = message.statement == .keysUnavailable && isOfKeys(best?.statement)
      let isEffect = best?.statement == .keysUnavailable && isOfKeys(message.statement)
      // The edge says what became of its question, and in another line why.
      let isReason =
        isOfAuthRequest(best?.statement) && !isOfAuthRequest(message.statement) && value == rank
      if isWhy || isReason || value > rank && !isEffect {
        rank = value
        best = Answer(
          statement: message.statement, voice: .message, citations: [message.citation],
          words: file.text(message.text))
      }
    }
    return rank > 0 ? best : nil
  }

  private static func isOfKeys(_ s: Statement?) -> Bool {
    s == .tokenSignature || s == .tokenUnknownKey
  }

  private static func isOfAuthRequest(_ s: Statement?) -> Bool {
    s == .authRequestUnexpectedStatus || s == .authServiceCallFailed
  }

  /// What is said of the answers that browsers bring back, and of no other request.
  private static func isOfLogin(_ s: Statement) -> Bool {
    s == .loginStateLost || s == .codeNotValid || s == .codeReused
  }

  /// Reasons of a failed call tell more than the refusal that follows from it.
  static func telling(_ s: Statement) -> Int {
    switch s {
    case .callTimedOut, .callRefused, .callUnreachable, .callReset, .callNameNotFound,
      .callNameTemporary, .callUntrustedCertificate, .callTLS, .callHTTPError, .callWrongURL,
      .callIssuerDiffers, .callClientRefused:
      5
    case .authServiceCallFailed, .authRequestUnexpectedStatus, .upstreamHeaderTooBig,
      .upstreamRefused, .upstreamConnectTimedOut, .upstreamUnreachable, .upstreamTLSFailed,
      .upstreamTLSVerify, .upstreamNameNotFound, .upstreamNameFailed, .upstreamTimedOut,
      .upstreamReset, .upstreamClosed, .noLiveUpstream, .noEndpoints, .requestHeaderTooLarge,
      .basicUserNotFound, .basicPasswordMismatch, .basicMissing:
      4
    case .tokenExpired, .tokenNotYetValid, .tokenMalformed, .tokenSignature, .tokenUnknownKey,
      .tokenAlgorithm, .tokenIssuer, .tokenAudience, .tokenClaim, .tokenType, .tokenWrongParty,
      .unsupportedScheme, .roleMissing, .scopeMissing, .sessionNotFound, .loginStateLost,
      .codeNotValid, .codeReused, .settingsWrong:
      3
    case .keysUnavailable, .callFailed: 2
    case .tokenMissing, .tokenInactive, .tokenRefused: 1
    default: 0
    }
  }
}
