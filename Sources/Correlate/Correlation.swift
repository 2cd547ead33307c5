package import Evidence

/// Links observations into exchanges: who asked whom, which lines tell of the same request, and
/// which events of Keycloak belong to it. Reads nothing, judges nothing.
package enum Correlation {
  package static func link(
    _ observations: consuming Observations, _ sources: Sources, _ wishes: Wishes = Wishes(),
    crew: Crew = .alone
  ) -> CaseFile {
    var file = CaseFile(observations: consume observations, sources: sources)
    file.isSampled =
      !file.observations.successes.isComplete || !file.observations.captured.isComplete
    // From here on requests live in exchanges and legs only.
    var requests = KeptRequests(&file.observations, LineOrder(file.observations, crew), crew)
    file.observations.sort()
    ExchangeBuilder.build(&file, &requests, wishes, crew)
    LoginRedirects.mark(&file)
    ClockComparison.measure(&file, wishes)
    QuietIntrospections.add(&file)
    UnseenTokenCalls.add(&file)
    EventJoin.join(&file)
    LegJoin.join(&file)
    WireEvents.add(&file)
    MessageJoin.join(&file)
    return file
  }
}
