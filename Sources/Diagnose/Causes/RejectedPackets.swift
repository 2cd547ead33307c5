internal import Evidence

/// Connections rejected by policy or routing.
enum RejectedPackets: WeighedCause {
  static let page = CausePage(
    cause: .netpolReject,
    title: "Connections rejected by policy or routing",
    summary:
      "A policy, firewall or routing fault refuses the connection (no route to host, admin-prohibited).",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight(-0.6)
    let icmp = Wire.rejected(group, scene)
    if !icmp.isEmpty { w.add(5, "ICMP unreachable on the wire", icmp) }
    if let t = profile.trouble, group.endpoint.isKeycloak {
      guard t.kind == .unreachable else { return icmp.isEmpty ? nil : w }
      w.add(4, "the edge has no route to Keycloak", t.proof)
      return w
    }
    guard Signals.isApplication(group) else { return nil }
    let unreachable = Contrast.kinWords(group, scene, [.callUnreachable])
    if group.answer.statement == .callUnreachable {
      w.add(
        4.4, "no route to host: “\(Signals.shorten(group.answer.words))”", group.answer.citations)
      return w
    }
    if !unreachable.isEmpty {
      w.add(
        3.6,
        "some calls of the same window end with “no route to host”: kernels rate-limit that answer",
        unreachable)
      return w
    }
    guard Signals.isMute(group) || group.answer.statement == .callTimedOut else { return nil }
    if profile.hasQuickOnes, profile.timeout != nil || profile.median > 900_000 {
      w.add(
        2.6, "some fail in milliseconds, most after a timeout: rejection with rate-limited ICMP",
        Signals.rows(group, scene))
      if Health.keycloakServed(profile, scene) {
        w.note(0.8, "the edge's own calls to Keycloak were served meanwhile")
      }
      return w
    }
    return icmp.isEmpty ? nil : w
  }
}
