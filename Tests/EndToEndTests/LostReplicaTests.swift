import Foundation
import Testing

/// A replica of Keycloak that is taken away, with sessions that it alone kept.
struct LostReplicaTests {
  @Test func `sessions that none of the replicas has since another one was stopped are lost`()
    throws
  {
    #expect(try Self.causes(isStopped: true) == ["session.expired"])
    #expect(try Self.causes(isStopped: false) == ["keycloak.sessions_not_shared"])
  }

  /// A service asks three pods of Keycloak about the tokens of nine clients; from the 60th second on two pods miss the
  /// sessions of three clients.
  private static func causes(isStopped: Bool) throws -> Set<String> {
    var log = EdgeLog()
    var lines = ""
    for client in 0..<9 {
      log.token(0.2 * Double(client), client: client)
      for k in 0..<50 {
        let time = 2 + 2.5 * Double(k) + 0.25 * Double(client)
        let isMissed = client % 3 == 2 && time > 60
        log.call(
          time, client: client, "/parcels/items/\(k % 9)",
          isMissed ? (401, 433) : (200, 300 + k % 7), length: 0, seconds: 0.02)
        let pod = isStopped && time > 55 ? k % 2 : k % 3
        let event =
          isMissed
          ? KeycloakLines.event(
            "INTROSPECT_TOKEN_ERROR", client: "parcels", "userId=\"null\"",
            "ipAddress=\"198.51.100.20\"", "error=\"user_session_not_found\"")
          : KeycloakLines.event(
            "INTROSPECT_TOKEN", client: "parcels", "userId=\"u\(client)\"",
            "ipAddress=\"198.51.100.20\"")
        lines += "[pod/keycloak-\(pod)/keycloak] " + KeycloakLines.at([time - 0.01], event)
      }
    }
    if isStopped {
      lines +=
        "[pod/keycloak-2/keycloak] "
        + KeycloakLines.at([56], "INFO  [io.quarkus] (main) Keycloak stopped in 0.412s")
    }
    let sorted = lines.split(separator: "\n").sorted {
      ($0.split(separator: " ").dropFirst().joined(), $0)
        < ($1.split(separator: " ").dropFirst().joined(), $1)
    }.map { $0 + "\n" }.joined()
    return try log.causes(ofPath: "/parcels", keycloak: sorted)
  }
}
