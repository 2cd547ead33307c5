internal import Evidence

/// Keycloak’s database is unreachable.
enum DatabaseDown: WeighedCause {
  static let page = CausePage(
    cause: .keycloakDatabaseDown,
    title: "Keycloak’s database is unreachable",
    summary:
      """
      Keycloak runs but cannot reach its database. Token requests fail with 500 or 503, and some \
      of its events mislead.
      """,
    decides: [
      """
      Keycloak's log: `Datasource '<default>': Connection to … refused`, `Unable to acquire JDBC \
      Connection`, `Database operation failed`, `Failed to obtain JDBC connection`.
      """,
      """
      The token endpoint answers 500 (94 bytes) or 503 in milliseconds or after the acquisition \
      time-out.
      """,
    ],
    supports: [
      """
      The readiness check turns to DOWN a while later; JWKS and discovery may still answer from \
      memory.
      """,
      """
      Events of the same moment lie: `invalid_client_credentials` with ERROR `KC-SERVICES0015`, \
      `invalid_user_credentials` with `KC-SERVICES0013`.
      """,
    ],
    against: [
      "The database serves other clients and only Keycloak's pool is used up."
    ],
    lookAlikes: [
      (
        .keycloakDatabasePoolExhausted,
        """
        the words: refused or unreachable here; only `Acquisition timeout` while the database \
        answers others there
        """
      ),
      (
        .clientBadSecret,
        "database errors or `KC-SERVICES0015` at the same moment"
      ),
      (
        .keycloakError,
        "whether the stack names the database"
      ),
      (
        .keycloakDown,
        "whether Keycloak answers at all"
      ),
    ],
    needs: [
      "Keycloak's log with stack traces",
      "the database's log",
    ],
    fix: [
      """
      Is it there? `kubectl -n DB_NS get pods,endpointslices` and `kubectl -n DB_NS logs POD \
      --since=1h`
      """,
      """
      Can Keycloak reach it? `kubectl -n KEYCLOAK_NS debug -it POD --image=postgres:17 \
      --target=keycloak -- pg_isready -h DB_HOST -p 5432`; if not, look at NetworkPolicies, DNS \
      and credentials (`kubectl -n KEYCLOAK_NS get sts/KEYCLOAK -o yaml | grep -E \
      'KC_DB_(URL|USERNAME)'`)
      """,
      """
      After a failover, drop stale connections: `kubectl -n KEYCLOAK_NS rollout restart \
      sts/KEYCLOAK`
      """,
    ],
    verify: [
      """
      `kubectl -n KEYCLOAK_NS port-forward POD 9000 & sleep 2; curl -s \
      localhost:9000/health/ready` says `UP` for "Keycloak database connections async health \
      check"
      """,
      """
      `curl -i -u CLIENT:$CLIENT_SECRET -d grant_type=client_credentials \
      https://KEYCLOAK_HOST/realms/REALM/protocol/openid-connect/token` answers 200
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight(.databaseDownPrior)
    let lines = Database.goneLines(profile, scene)
    guard let line = lines.first else { return nil }
    if group.endpoint.isKeycloak {
      guard group.status >= 500 || Signals.eventError(group, scene) == "invalid_client_credentials"
      else { return nil }
      w.add(
        .databaseDownGone,
        "\(Distress.log(of: line)) shows the database gone: “\(Signals.shorten(scene.text(line.text)))”",
        [line.citation] + lines.dropFirst().prefix(2).map(\.citation) + Signals.rows(group, scene))
      return w
    }
    w.add(.keycloakLog, "\(Distress.log(of: line)) shows the database gone", [line.citation])
    return Inherited.weigh(
      group, profile, scene, [.internalError, .slow, .timedOut, .shedding], &w)
  }
}
