package import Evidence

/// Links observations into exchanges: who asked whom, which lines tell of the same request, and
/// which events of Keycloak belong to it. Reads nothing, judges nothing.
package enum Correlation {
  package static func link(
    _ observations: consuming Observations, _ sources: Sources, _ wishes: Wishes = Wishes()
  ) -> CaseFile {
    var file = CaseFile(observations: observations, sources: sources)
    file.observations.sort()
    file.isSampled =
      !file.observations.successes.isComplete || !file.observations.captured.isComplete
    // From here on requests live in exchanges and legs only.
    let requests = file.observations.takeRequests()
    ExchangeBuilder.build(&file, requests, wishes)
    ClockComparison.measure(&file, wishes)
    EventJoin.join(&file)
    LegJoin.join(&file)
    WireEvents.add(&file)
    MessageJoin.join(&file)
    return file
  }
}
