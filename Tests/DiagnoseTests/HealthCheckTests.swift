import Evidence
import Testing

@testable import Diagnose

/// What Keycloak's report of its health says, by the checks that are down.
@Suite struct HealthCheckTests {
  private static func meaning(database: String, initialized: String) -> Meaning? {
    HealthChecks.meaning(
      """
      srhck01001: reporting health down status: {"status":"down","checks":[{"name":"graceful shutdown","status":"up"},\
      {"name":"keycloak database connections async health check","status":"\(database)"},\
      {"name":"keycloak initialized","status":"\(initialized)"}]}
      """)
  }

  @Test func `a start says nothing of the database, which is up`() {
    #expect(Self.meaning(database: "up", initialized: "down") == nil)
  }

  @Test func `a database check that is down is the database's`() {
    let meaning = Self.meaning(database: "down", initialized: "up")
    #expect(meaning?.proposals.first?.cause == .keycloakDatabaseDown)
  }

  @Test func `any other check that is down is Keycloak's`() {
    let shut = HealthChecks.meaning(
      #"{"status":"down","checks":[{"name":"graceful shutdown","status":"down"}]}"#)
    #expect(shut?.proposals.first?.cause == .keycloakDown)
    #expect(
      HealthChecks.meaning("reporting health down status")?.proposals.first?.cause == .keycloakDown)
  }
}
