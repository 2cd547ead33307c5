internal import Evidence

/// Keycloak’s answer exceeds the proxy buffer.
enum UpstreamHeaderTooBig: WeighedCause {
  static let page = CausePage(
    cause: .ingressUpstreamHeaderTooBig,
    title: "Keycloak’s answer exceeds the proxy buffer",
    summary:
      "The answer’s headers (cookies, redirect) are larger than the edge’s buffer.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight()
    if group.answer.statement == .upstreamHeaderTooBig {
      w.add(5, "the edge says: upstream sent too big header", group.answer.citations)
      return w
    }
    guard group.status == 502, group.endpoint.isKeycloak || group.endpoint == .authService,
      let t = profile.trouble, t.kind == .headerTooBig
    else { return nil }
    w.add(3, "the edge says of such calls: upstream sent too big header", t.proof)
    return w
  }
}
