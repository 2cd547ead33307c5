internal import Evidence

/// Keycloak’s replicas or caches do not answer one another.
enum CacheTimeout: WeighedCause {
  static let page = CausePage(
    cause: .keycloakCacheTimeout,
    title: "Keycloak’s replicas or caches do not answer one another",
    summary:
      "Replicas or the remote cache time out.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    let lines = Signals.messages(
      [.cacheTimeout, .clusterNodeLeft, .clusterSplit], profile.first, profile.last, margin: 5,
      scene)
    guard let line = lines.first, group.endpoint.isKeycloak, group.status >= 500 else { return nil }
    var w = Weight(-0.2)
    w.add(
      3.2, "Keycloak's log: “\(Signals.shorten(scene.text(line.text)))”",
      lines.prefix(3).map(\.citation))
    return w
  }
}
