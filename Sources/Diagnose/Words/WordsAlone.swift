internal import Evidence

/// Findings from log lines alone, where no request was given or next to none: pasted fragments, an
/// application's log, Keycloak's events without an edge. Where the inputs hold traffic, what the
/// traffic shows is the better witness and this says nothing.
enum WordsAlone {
  /// From how many failures or requests on the traffic speaks for itself.
  static let mostFailures = 5
  static let mostRequests = 30

  static func findings(_ scene: Scene) -> [Finding] {
    guard isAlmostMute(scene) else { return [] }
    let hints = HintReader.hints(scene)
    guard !hints.isEmpty else { return [] }
    return WordFindings.build(hints, scene)
  }

  static func isAlmostMute(_ scene: Scene) -> Bool {
    guard scene.file.exchanges.count <= mostRequests else { return false }
    return scene.file.exchanges.count { $0.isFailure } <= mostFailures
  }
}
