internal import Evidence

/// The name server fails for Keycloak’s name.
enum NameServerFails: WeighedCause {
  static let page = CausePage(
    cause: .dnsSERVFAIL,
    title: "The name server fails for Keycloak’s name",
    summary:
      "The name server fails for Keycloak’s name.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) || group.endpoint.isKeycloak else { return nil }
    var w = Weight(-0.5)
    if group.endpoint.isKeycloak {
      guard let t = profile.trouble, t.kind == .name else { return nil }
      w.add(2.5, "the edge cannot resolve Keycloak's name", t.proof)
      return w
    }
    let said = Signals.words(
      [.callNameTemporary, .upstreamNameFailed], group, scene, &w, odds: 4,
      "the name could not be resolved")
    let dns = Resolver.failures(group, profile, scene, code: 2)
    if !dns.isEmpty { w.add(1.6, "the name server's own log or answers show it", dns) }
    guard Signals.isMute(group) else { return said ? w : nil }
    guard Resolver.looksLikeLostName(profile) else { return said || !dns.isEmpty ? w : nil }
    w.add(
      2.2,
      "several services lose Keycloak at once with quick refusals while the edge still reaches it",
      Signals.rows(group, scene))
    if profile.servedAfter > 0 { w.note(0.4, "and find it again") }
    if said { w.note(0.5, "the size fits") }
    if !Resolver.kin(group, scene, [.callNameTemporary, .upstreamNameFailed]).isEmpty {
      w.add(
        2.2, "other services of the same window say so",
        Resolver.kin(group, scene, [.callNameTemporary, .upstreamNameFailed]))
    }
    return w
  }
}
