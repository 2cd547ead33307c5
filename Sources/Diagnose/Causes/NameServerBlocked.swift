internal import Evidence

/// The name server does not answer.
enum NameServerBlocked: WeighedCause {
  static let page = CausePage(
    cause: .dnsBlocked,
    title: "The name server does not answer",
    summary:
      "Queries for Keycloak’s name go unanswered.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    let silent = Resolver.unanswered(group, profile, scene)
    guard !silent.isEmpty, Signals.isApplication(group) else { return nil }
    var w = Weight()
    w.add(3, "DNS queries went unanswered", silent)
    return w
  }
}
