import Foundation
import Testing

/// Several pods of Keycloak in one log (`kubectl logs -l … --prefix`).
@Suite struct ReplicaTests {
  @Test func `replicas that share no sessions wrote at the same time`() throws {
    #expect(try Self.confidence(isTogether: true) >= 0.8)
    // A pod that took the place of another one: its sessions may be anywhere else.
    #expect(try Self.confidence(isTogether: false) < 0.5)
  }

  /// Codes that one pod gave are refused by another. The first one's events stand an hour before, unless both were
  /// there together.
  private static func confidence(isTogether: Bool) throws -> Double {
    let folder = CauseSampleTests.folder.appending(path: "keycloak.sessions_not_shared/positive")
    var log = ""
    for pod in ["keycloak-0", "keycloak-1"] {
      let text = try String(contentsOf: folder.appending(path: "\(pod).log"), encoding: .utf8)
      for line in text.split(separator: "\n") where line.contains("org.keycloak.events") {
        let hour = pod == "keycloak-0" && !isTogether ? "09" : "10"
        let shown = String(line).replacing("2026-05-12 10:", with: "2026-05-12 \(hour):")
        log += "[pod/\(pod)/keycloak] \(shown)\n"
      }
    }
    let report = try Tool.report([
      Scratch.file(log, name: "keycloak-\(isTogether).log").path,
      folder.appending(path: "ingress.log").path,
    ])
    let findings = report["findings"] as? [[String: Any]] ?? []
    let found = findings.first { $0["cause"] as? String == "keycloak.sessions_not_shared" }
    return found?["confidence"] as? Double ?? 0
  }
}
