internal import Evidence

/// Findings from log lines alone, where no request was given or next to none: pasted fragments, an
/// application's log, Keycloak's events without an edge. Where the inputs hold traffic, what the
/// traffic shows is the better witness: only events of calls that it does not show are told beside it.
enum WordsAlone {
  /// From how many failures or requests on the traffic speaks for itself.
  static let mostFailures = 5
  static let mostRequests = 30

  static func findings(_ scene: Scene) -> [Finding] {
    guard isAlmostMute(scene) else { return WordsBeside.findings(scene) }
    let hints = HintReader.hints(scene)
    if !hints.isEmpty { return WordFindings.build(hints, scene) }
    return scene.file.exchanges.contains { $0.isFailure } ? [] : undecided(scene)
  }

  /// Something was refused, and no line says why: said aloud, because silence would look like health.
  private static func undecided(_ scene: Scene) -> [Finding] {
    let refused = scene.file.observations.messages.filter { $0.statement == .tokenRefused }
    let events = scene.file.observations.tokenEvents.filter { !$0.error.isNone }
    let claim = CitedClaim(
      "a refusal that names no reason", (refused.map(\.citation) + events.map(\.citation)).sorted())
    guard let claim else { return [] }
    var f = Finding(cause: .undecided, title: "Undecided", confidence: 0, proof: claim)
    f.missing = WordsMissing.of(.undecided, 0, scene)
    return [f]
  }

  static func isAlmostMute(_ scene: Scene) -> Bool {
    guard scene.file.exchanges.count <= mostRequests else { return false }
    return scene.file.exchanges.count { $0.isFailure } <= mostFailures
  }
}
