import Evidence

/// `SRHCK01001: Reporting health down status: {"status":"DOWN","checks":[{"name":"…","status":"UP"},…]}` of Keycloak:
/// one of the checks is down, the others are named all the same.
///
/// <https://github.com/smallrye/smallrye-health> (`SmallRyeHealthReporter`), Keycloak's checks: "Keycloak database
/// connections async health check", "Keycloak Initialized", "Graceful Shutdown".
enum HealthChecks {
  /// `text`: the message in lower case. While Keycloak starts, only that it is initialised is down, and means nothing.
  static func meaning(_ text: String) -> Meaning? {
    let checks = text.split(separator: "\"name\"").dropFirst()
    guard !checks.isEmpty else { return .general(.keycloakDown, 0.5) }
    let down = checks.filter(isDown)
    if down.contains(where: { $0.contains("database") }) {
      return .general(.keycloakDatabaseDown, 0.65)
    }
    return down.allSatisfy { $0.contains("initialized") } ? nil : .general(.keycloakDown, 0.5)
  }

  /// A check's own status, before what it has of data.
  private static func isDown(_ check: Substring) -> Bool {
    let parts = check.split(separator: "\"status\"", maxSplits: 1)
    guard parts.count == 2 else { return false }
    return parts[1].drop { $0 == ":" || $0 == " " }.hasPrefix("\"down\"")
  }
}
