internal import Evidence

/// Keycloak itself failed on the request.
enum KeycloakError: WeighedCause {
  static let page = CausePage(
    cause: .keycloakError,
    title: "Keycloak itself failed on the request",
    summary:
      """
      Keycloak itself failed on the request with an unexpected error, and no known cause stands \
      in its stack trace.
      """,
    decides: [
      """
      `Uncaught server error: …` or `KC-SERVICES0015 Unexpected error when authenticating \
      client` at the moment of the failure.
      """,
      """
      500 with 94 bytes (`unknown_error`, "For more on this error consult the server log."), and \
      the stack names no database, directory or starved process.
      """,
    ],
    supports: [
      "It began at an upgrade, a new extension or a changed setting.",
      "One realm, client or kind of request only.",
    ],
    against: [
      "The stack names the database, a directory or the connection pool."
    ],
    lookAlikes: [
      (
        .keycloakDatabaseDown,
        "whether the stack names JDBC, Agroal or the database"
      ),
      (
        .keycloakFederationDown,
        "whether the stack names LDAP or an identity provider"
      ),
      (
        .keycloakOverloaded,
        "whether time-outs and blocked threads surround it"
      ),
      (
        .clientBadSecret,
        """
        an ERROR `KC-SERVICES0015` beside `invalid_client_credentials` means the crash, not the \
        secret
        """
      ),
    ],
    needs: [
      "Keycloak's log with whole stack traces"
    ],
    fix: [
      """
      Read the last `Caused by:` of the trace: `kubectl -n KEYCLOAK_NS logs POD --since=1h | \
      grep -A60 'Uncaught server error' | grep -E 'Uncaught|Caused by'`
      """,
      """
      Take back what changed: `kubectl -n KEYCLOAK_NS rollout undo sts/KEYCLOAK`; check \
      extensions for the server's version (`ls /opt/keycloak/providers` in the pod).
      """,
      """
      Search the project's issues for the exception's first line, and upgrade to the latest \
      patch of your version.
      """,
    ],
    verify: [
      """
      `kubectl -n KEYCLOAK_NS logs POD --since=1h | grep -cE 'Uncaught server \
      error|KC-SERVICES0015'` counts 0
      """,
      """
      The same request answers 200: `curl -i -u CLIENT:$CLIENT_SECRET -d \
      grant_type=client_credentials \
      https://KEYCLOAK_HOST/realms/REALM/protocol/openid-connect/token`
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard group.endpoint.isKeycloak else { return nil }
    var w = Weight(.keycloakErrorPrior)
    let crashed = Signals.messages(
      [.keycloakClientAuthCrashed], profile.first, profile.last, margin: 2, scene)
    if let line = crashed.first, Signals.eventError(group, scene) == "invalid_client_credentials" {
      w.add(
        .keycloakErrorCrashed, "Keycloak crashed while authenticating the client", [line.citation])
      return w
    }
    let logins = Crashes.lines([.keycloakLoginCrashed], of: group, profile, scene)
    if let line = logins.first, Signals.eventError(group, scene) == "invalid_user_credentials" {
      w.add(
        .keycloakErrorLoginCrashed,
        "Keycloak crashed in the login: “\(Signals.shorten(scene.text(line.text)))”",
        logins.prefix(3).map(\.citation))
      return w
    }
    guard group.status == 500, let t = profile.trouble, t.kind == .internalError else { return nil }
    let lines = Signals.messages([.keycloakUncaught], profile.first, profile.last, margin: 3, scene)
    w.add(
      .keycloakErrorInternalError, "Keycloak answers 500",
      lines.prefix(2).map(\.citation) + Signals.rows(group, scene))
    return w
  }
}
