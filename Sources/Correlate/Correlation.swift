package import Evidence

/// Links observations into exchanges: who asked whom, which lines tell of the same request, and
/// which events of Keycloak belong to it. Reads nothing, judges nothing.
package enum Correlation {
  package static func link(
    _ observations: consuming Observations, _ sources: Sources, _ wishes: Wishes = Wishes(),
    crew: Crew = .alone
  ) -> CaseFile {
    var file = CaseFile(observations: consume observations, sources: sources)
    let order = LineOrder(file.observations)
    order.refine(&file.observations.requests)
    file.observations.sort()
    file.isSampled =
      !file.observations.successes.isComplete || !file.observations.captured.isComplete
    ExchangeBuilder.build(&file, order, wishes, crew)
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
