internal import Evidence

/// Keycloak’s name does not exist in DNS.
enum NameNotFound: WeighedCause {
  static let page = CausePage(
    cause: .dnsNXDOMAIN,
    title: "Keycloak’s name does not exist in DNS",
    summary:
      "Keycloak’s name does not exist in DNS.",
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
      [.callNameNotFound, .upstreamNameNotFound], group, scene, &w, odds: 4,
      "the name could not be resolved")
    let dns = Resolver.failures(group, profile, scene, code: 3)
    if !dns.isEmpty { w.add(1.6, "the name server's own log or answers show it", dns) }
    guard Signals.isMute(group) else { return said ? w : nil }
    guard Resolver.looksLikeLostName(profile) else { return said || !dns.isEmpty ? w : nil }
    w.add(
      2.2,
      "several services lose Keycloak at once with quick refusals while the edge still reaches it",
      Signals.rows(group, scene))
    if profile.servedAfter > 0 { w.note(0.1, "and find it again") }
    if said { w.note(0.5, "the size fits") }
    if !Resolver.kin(group, scene, [.callNameNotFound, .upstreamNameNotFound]).isEmpty {
      w.add(
        2.2, "other services of the same window say so",
        Resolver.kin(group, scene, [.callNameNotFound, .upstreamNameNotFound]))
    }
    return w
  }
}
