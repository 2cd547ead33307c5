internal import Evidence

/// No free database connection in Keycloak.
enum DatabasePoolExhausted: WeighedCause {
  static let page = CausePage(
    cause: .keycloakDatabasePoolExhausted,
    title: "No free database connection in Keycloak",
    summary:
      """
      The database is up, but all connections of Keycloak's pool are in use, so requests wait \
      for one and then fail.
      """,
    decides: [
      """
      Keycloak's log: `Acquisition timeout while waiting for new connection`, `Unable to acquire \
      JDBC Connection [Sorry, acquisition timeout!]`.
      """,
      "The database answers others in the same minutes.",
    ],
    supports: [
      "Load, a leak or long transactions (imports, big user listings) just before.",
      "It ends with a restart, and comes back.",
    ],
    against: [
      "The database refuses connections or is gone."
    ],
    lookAlikes: [
      (
        .keycloakDatabaseDown,
        "the database's own state: it answers others here, refuses or is gone there"
      ),
      (
        .keycloakOverloaded,
        "whether `Acquisition timeout` stands in the log"
      ),
      (
        .keycloakError,
        "whether the stack ends in the pool"
      ),
    ],
    needs: [
      "Keycloak's log",
      "the database's view: open connections, long transactions, locks",
    ],
    fix: [
      """
      See who holds them: `psql -h DB_HOST -c "select state, count(*), max(now()-xact_start) \
      from pg_stat_activity where usename='KC_DB_USER' group by state"`
      """,
      """
      Raise the pool, within the database's max_connections over all replicas: `kc.sh start \
      --db-pool-max-size=150` (100 by default; `--db-pool-initial-size` and `--db-pool-min-size` \
      alike)
      """,
      """
      Find what is slow: missing indexes after an upgrade, locks, a busy disk; end a stuck \
      transaction: `select pg_terminate_backend(PID)`
      """,
      "Shed load before the pool does: `--http-max-queued-requests=1000`",
    ],
    verify: [
      "`kubectl -n KEYCLOAK_NS logs POD --since=1h | grep -c 'Acquisition timeout'` counts 0",
      """
      `curl -s localhost:9000/metrics | grep -E 'agroal_(active|awaiting)_count'` \
      (port-forwarded, `--metrics-enabled=true`) shows nobody waiting
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    let lines = Database.waitLines(profile, scene)
    guard let line = lines.first else { return nil }
    var w = Weight(.poolPrior)
    if !group.endpoint.isKeycloak {
      guard Database.goneLines(profile, scene).isEmpty, !DistressEcho.isAtOnce(group, profile)
      else { return nil }
      w.add(
        .keycloakLog, "Keycloak's log shows that it waits in vain for a connection to its database",
        [line.citation]
      )
      return Inherited.weigh(
        group, profile, scene, [.internalError, .slow, .timedOut, .shedding], &w)
    }
    guard group.status >= 500 || Crashes.blame(group, lines, scene) else { return nil }
    w.add(
      .poolWaits,
      "Keycloak waits in vain for a connection to its database: “\(Signals.shorten(scene.text(line.text)))”",
      lines.prefix(3).map(\.citation))
    if !Database.goneLines(profile, scene).isEmpty {
      w.note(.poolDatabaseGone, "the database itself is gone, too")
    } else if Health.tokensIssued(profile, scene) >= 2 {
      w.note(.poolSomeServed, "some calls that need the database were served meanwhile")
    }
    return w
  }
}
