import Testing

/// Two replicas of Keycloak, and a session that is no longer found.
struct MissedByMakerTests {
  @Test func `a replica that misses what it began itself shares nothing too little`() throws {
    #expect(!(try Self.causes(isMaker: true)).contains("keycloak.sessions_not_shared"))
    #expect(try Self.causes(isMaker: false) == ["keycloak.sessions_not_shared"])
  }

  /// - Parameter isMaker: the replica that is asked about the session is the one that began it.
  private static func causes(isMaker: Bool) throws -> Set<String> {
    func session(_ client: Int) -> String {
      "userId=\"user-\(client)\", sessionId=\"0b2cdf3a-17a4-4be4-9a3e-3c5d9e1c700\(client)\""
    }
    func pod(_ client: Int, _ lines: String) -> String {
      lines.split(separator: "\n").map { "[pod/keycloak-\(client % 2)/keycloak] \($0)\n" }.joined()
    }
    var log = EdgeLog()
    var keycloak = ""
    let isRefused = { (client: Int, time: Double) in client == 1 && time > 40 }
    _ = log.checked(4, isRefused: isRefused) { call, time in
      let line =
        call.isRefused
        ? KeycloakLines.event(
          "INTROSPECT_TOKEN_ERROR", client: "parcels", session(1),
          "ipAddress=\"198.51.100.20\"", "error=\"user_session_not_found\"")
        : KeycloakLines.event(
          "INTROSPECT_TOKEN", client: "parcels", session(call.client),
          "ipAddress=\"198.51.100.20\"")
      keycloak += pod(
        call.isRefused && !isMaker ? 0 : call.client, KeycloakLines.at([time - 0.01], line))
      return []
    }
    for client in 0..<4 {
      keycloak += pod(
        client,
        KeycloakLines.at(
          [0.2 * Double(client) + 0.002],
          KeycloakLines.event(
            "LOGIN", client: "web", session(client), "ipAddress=\"203.0.113.\(20 + client)\"")))
    }
    // In the order of the stamps behind the names of the pods, which are equally long.
    let lines = keycloak.split(separator: "\n").sorted { $0.dropFirst(26) < $1.dropFirst(26) }
    return try log.causes(ofPath: "/parcels", keycloak: lines.map { $0 + "\n" }.joined())
  }
}
