internal import Evidence

/// Introspections that Keycloak's access log shows answered with the size of `{"active":false}`, as the events
/// they stand for where its log gives none: up to 23 an inactive token leaves the event of a good one, and the
/// logger of events may be off. The access line is what is cited.
enum QuietIntrospections {
  /// `{"active":false}`
  static let inactive: Int32 = 16

  /// Errors of the asking client, which versions write that are silent about the token.
  private static let ofClient: Set<String> = [
    "invalid_client_credentials", "client_not_found", "client_disabled", "invalid_client",
    "invalid_request", "unauthorized_client", "not_allowed",
  ]

  static func add(_ file: inout CaseFile) {
    let calls = file.legs.filter {
      $0.hop == .keycloak && $0.format == .keycloakAccess && $0.status == 200
        && $0.responseBytes == inactive && file.text($0.route).hasSuffix("/introspect")
    }
    guard !calls.isEmpty else { return }
    let kinds = EventKinds(file)
    var isOfClient: [Symbol: Bool] = [:]
    // Of these callers' tokens events tell.
    var told: Set<Symbol> = []
    for e in file.observations.tokenEvents
    where kinds.of(e).isError && kinds.of(e).endpoints == [.introspection] {
      let isClients = isOfClient[e.error] ?? ofClient.contains(file.text(e.error))
      isOfClient[e.error] = isClients
      if !isClients { told.insert(e.address) }
    }
    let type = file.observations.symbols.intern("INTROSPECT_TOKEN_ERROR")
    let error = file.observations.symbols.intern("token_introspection_failed")
    var isAdded = false
    for call in calls where !told.contains(call.client) {
      var event = TokenEvent(citation: call.citation)
      event.time = call.end
      event.isOfAnswer = true
      event.type = type
      event.error = error
      event.address = call.client
      event.writer = call.writer
      event.traceID = call.traceID
      file.observations.tokenEvents.append(event)
      isAdded = true
    }
    if isAdded { file.observations.sort() }
  }
}
