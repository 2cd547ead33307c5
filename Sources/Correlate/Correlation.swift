package import Evidence

/// Links observations into exchanges: who asked whom, which lines tell of the same request, and
/// which events of Keycloak belong to it. Reads nothing, judges nothing.
package enum Correlation {
  package static func link(_ observations: Observations, _ sources: Sources) -> CaseFile {
    var file = CaseFile(observations: observations, sources: sources)
    file.observations.sort()
    let plain = file.observations.successes.finish()
    file.isSampled = !file.observations.successes.isComplete

    var roles = HopRoles(file.observations, plain)
    roles.settle(file.observations.symbols)
    ExchangeBuilder.build(&file, plain, roles)
    ClockComparison.measure(&file)
    EventJoin.join(&file)
    LegJoin.join(&file)
    MessageJoin.join(&file)
    return file
  }
}
