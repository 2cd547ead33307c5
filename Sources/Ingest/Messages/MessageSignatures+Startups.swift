internal import Evidence

/// A Keycloak that does not come up: its schema cannot be made or changed (Liquibase), an option is missing or
/// unknown. Texts of the WildFly and the Quarkus distribution.
extension MessageSignatures {
  static let startups: [MessageSignature] = [
    .init(.keycloakStartFailed, "Error during startup: java.lang.", voice: .keycloakAlone),
    .init(.keycloakStartFailed, "Failed to start quarkus"),
    .init(
      .keycloakStartFailed, "Port(s) already bound: ", voice: .keycloak,
      like: "ERROR: Port(s) already bound: 8080: Address already in use"),
    .init(
      .keycloakStartFailed, "[org.keycloak.services]", "Error during startup: ",
      like: "FATAL [org.keycloak.services] (main) Error during startup: x"),
    .init(
      .keycloakStartFailed, "java.lang.RuntimeException: Failed to update database",
      voice: .keycloakAlone),
    .init(
      .keycloakStartFailed, "java.lang.RuntimeException: Failed to update database",
      "org.keycloak.",
      like:
        "java.lang.RuntimeException: Failed to update database at org.keycloak.connections.jpa.updater.liquibase.LiquibaseJpaUpdaterProvider.update"
    ),
    .init(
      .keycloakStartFailed, "liquibase.exception.MigrationFailedException", voice: .keycloakAlone),
    .init(
      .keycloakStartFailed, "liquibase.exception.MigrationFailedException", "jpa-changelog-",
      like:
        "liquibase.exception.MigrationFailedException: Migration failed for change set META-INF/jpa-changelog-1.9.1.xml::1.9.1::a@b.org"
    ),
    .init(
      .keycloakStartFailed, "META-INF/jpa-changelog-", "encountered an exception",
      like: "ChangeSet META-INF/jpa-changelog-1.3.0.xml::1.3.0::a@b.org encountered an exception."),
    .init(.keycloakStartFailed, "The '--optimized' flag was used for first ever server start"),
    .init(
      .keycloakStartFailed, "You can not 'start' the server in development mode",
      like:
        "You can not 'start' the server in development mode. Please re-build the server first, using 'kc.sh build'"
    ),
  ]
}
