internal import ByteScan
package import Evidence

/// Turns what is added to a sink into records for `why401 records`: JSON objects under
/// OpenTelemetry's names, at least one for each line. The citation is left to the caller, who knows
/// the number of the line.
///
/// Names: <https://opentelemetry.io/docs/specs/semconv/http/http-spans/>
package struct Recorder: Sendable {
  package enum Kind: String, Sendable {
    case request, message, network, lifecycle, continuation, unparsed
    case tokenEvent = "token_event"
    case adminEvent = "admin_event"
  }

  /// One record: which line (or packet) it is of, and where its text ends in `bytes`.
  package struct Mark: Sendable, BitwiseCopyable {
    package var number: Int
    package var end: Int
  }

  /// Members of the objects, from `"format"` to the closing brace, one after the other.
  package private(set) var bytes: [UInt8] = []
  package private(set) var marks: [Mark] = []

  /// Who sent the request over the connection, where the client is known to be another; set for the
  /// next request.
  var peer = Symbol.none

  package init() {}

  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    marks.removeAll(keepingCapacity: true)
  }

  /// Ends a line: it gets a record of `kind` if nothing was recorded of it.
  mutating func endLine(
    _ kind: Kind, _ format: Format, _ time: Instant, _ context: LineContext, _ length: Int,
    _ observations: Observations
  ) {
    // The texts of one line follow one another, and only the first one ends it.
    guard marks.last?.number != context.citation.number else { return }
    open(kind, format, time)
    if kind == .unparsed { member("length", length) }
    member("writer", context.writer, observations)
    close(context.citation)
  }

  // MARK: Observations

  package mutating func request(_ r: Request, _ o: Observations) {
    open(.request, r.format, r.format.stampsStart ? r.start : r.end)
    member("client.address", r.client, o)
    if r.clientPort > 0 { member("client.port", Int(r.clientPort)) }
    if peer != r.client { member("network.peer.address", peer, o) }
    peer = .none
    member("http.request.method", r.method, o)
    member("server.address", r.host, o)
    member("url.path", r.path, o)
    if r.status > 0 { member("http.response.status_code", Int(r.status)) }
    member("user_agent.original", r.userAgent, o)
    if r.requestBytes >= 0 { member("http.request.size", Int(r.requestBytes)) }
    if r.responseBytes >= 0 { member("http.response.size", Int(r.responseBytes)) }
    if r.duration >= 0 {
      key("duration")
      JSONOutput.seconds(r.duration, into: &bytes)
    }
    member("request_id", r.requestID, o)
    member("trace_id", r.traceID, o)
    if r.upstreamStatus > 0 { member("upstream.status_code", Int(r.upstreamStatus)) }
    member("upstream.address", r.upstreamAddress, o)
    member("upstream.name", r.service, o)
    member("detail", r.detail, o)
    member("flags", r.flags, o)
    member("reason", r.reason, o)
    member("challenge", r.challenge, o)
    switch r.authorization {
    case .present: member("authorization", text: "present")
    case .absent: member("authorization", text: "absent")
    case .unknown: break
    }
    member("headers", r.headers, o)
    token(r.token, o)
    member("writer", r.writer, o)
    close(r.citation)
  }

  /// What was captured of a credential: its form and claims, never itself.
  private mutating func token(_ index: Int32, _ o: Observations) {
    guard index >= 0, Int(index) < o.tokens.count else { return }
    let t = o.tokens[Int(index)]
    let form =
      switch t.form {
      case .jwt: "jwt"
      case .opaque: "opaque"
      case .malformed: "malformed"
      case .basic: "basic"
      case .otherScheme: "other"
      }
    member("token.form", text: form)
    member("token.problem", t.problem, o)
    member("token.type", t.type, o)
    member("token.issuer", t.issuer, o)
    member("token.audience", t.audience, o)
    member("token.authorized_party", t.authorizedParty, o)
    member("token.algorithm", t.algorithm, o)
    member("token.key_id", t.keyID, o)
    if t.issuedAt > 0 { member("token.issued_at", Int(t.issuedAt)) }
    if t.expires > 0 { member("token.expires", Int(t.expires)) }
  }

  package mutating func tokenEvent(_ e: TokenEvent, _ o: Observations) {
    open(.tokenEvent, .keycloakText, e.time)
    member("keycloak.type", e.type, o)
    member("keycloak.realm", e.realm, o)
    member("keycloak.client_id", e.client, o)
    member("keycloak.user_id", e.user, o)
    member("keycloak.username", e.username, o)
    member("keycloak.session_id", e.session, o)
    member("client.address", e.address, o)
    member("keycloak.error", e.error, o)
    member("keycloak.reason", e.reason, o)
    member("keycloak.grant_type", e.grantType, o)
    member("keycloak.token_id", e.tokenID, o)
    member("keycloak.refresh_token_id", e.refreshTokenID, o)
    member("keycloak.redirect_uri", e.redirectURI, o)
    member("keycloak.auth_method", e.authMethod, o)
    member("keycloak.client_auth_method", e.clientAuthMethod, o)
    member("trace_id", e.traceID, o)
    member("writer", e.writer, o)
    close(e.citation)
  }

  package mutating func adminEvent(_ e: AdminEvent, _ o: Observations) {
    open(.adminEvent, .keycloakText, e.time)
    member("keycloak.operation", e.operation, o)
    member("keycloak.resource_type", e.resourceType, o)
    member("keycloak.resource_path", e.resourcePath, o)
    member("keycloak.realm", e.realm, o)
    member("client.address", e.address, o)
    member("keycloak.error", e.error, o)
    close(e.citation)
  }

  package mutating func message(_ m: Message, _ o: Observations) {
    open(Recorder.lifecycle.contains(m.statement) ? .lifecycle : .message, m.format, m.time)
    if m.level != .unknown { member("severity", text: "\(m.level)") }
    if m.statement != .other { member("statement", text: m.statement.rawValue) }
    member("logger", m.logger, o)
    member("body", m.text, o)
    member("subject", m.subject, o)
    member("peer", m.peer, o)
    member("client.address", m.client, o)
    member("http.request.method", m.method, o)
    member("server.address", m.host, o)
    member("url.path", m.path, o)
    member("request_id", m.requestID, o)
    member("trace_id", m.traceID, o)
    member("writer", m.writer, o)
    close(m.citation)
  }

  package mutating func network(_ n: NetworkEvent, _ o: Observations) {
    open(.network, .capture, n.time)
    member("event", text: "\(n.kind)")
    member("client.address", n.source, o)
    if n.sourcePort > 0 { member("client.port", Int(n.sourcePort)) }
    member("server.address", n.destination, o)
    if n.destinationPort > 0 { member("server.port", Int(n.destinationPort)) }
    if n.code > 0 { member("code", Int(n.code)) }
    if n.count > 1 { member("count", Int(n.count)) }
    member("name", n.name, o)
    member("detail", n.detail, o)
    close(n.citation)
  }

  private static let lifecycle: Set<Statement> = [
    .keycloakStarting, .keycloakStarted, .keycloakStopping, .keycloakStopped, .keycloakStartFailed,
    .edgeStarted, .edgeStopped, .configurationReloaded, .databaseStarted, .databaseStopped,
    .directoryStarted, .directoryStopped, .applicationStarted, .applicationStopped,
  ]

  // MARK: Members

  private mutating func open(_ kind: Kind, _ format: Format, _ time: Instant) {
    // The first member comes without a comma: it stands behind the citation, which ends in one.
    append("\"format\":\"")
    append(format.rawValue)
    append("\",\"kind\":\"")
    append(kind.rawValue)
    bytes.append(UInt8(ascii: "\""))
    if time.isDated { member("time", text: time.rfc3339) }
  }

  private mutating func close(_ citation: Citation) {
    append("}\n")
    marks.append(Mark(number: citation.number, end: bytes.count))
  }

  private mutating func key(_ name: StaticString) {
    append(",\"")
    for i in 0..<name.utf8CodeUnitCount { unsafe bytes.append(name.utf8Start[i]) }
    append("\":")
  }
  private mutating func member(_ name: StaticString, _ symbol: Symbol, _ o: Observations) {
    guard !symbol.isNone else { return }
    key(name)
    let text = o.symbols.bytes(of: symbol)
    // Most texts were masked when they were read; names, hosts and user agents were not.
    guard Redaction.mayHoldSecret(text.span, 0, text.count) else {
      JSONOutput.quote(text, into: &bytes)
      return
    }
    var masked: [UInt8] = []
    Redaction.mask(text.span, 0, text.count, into: &masked)
    JSONOutput.quote(masked[...], into: &bytes)
  }
  private mutating func member(_ name: StaticString, _ value: Int) {
    key(name)
    JSONOutput.number(value, into: &bytes)
  }
  /// `text` is ours: plain ASCII.
  private mutating func member(_ name: StaticString, text: String) {
    key(name)
    bytes.append(UInt8(ascii: "\""))
    append(text)
    bytes.append(UInt8(ascii: "\""))
  }
  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}
