internal import Evidence

/// Findings from log lines alone, where no request was given: pasted fragments, an application's log,
/// Keycloak's events without an edge.
enum WordsAlone {
  static func findings(_ scene: Scene) -> [Finding] { [] }
}
