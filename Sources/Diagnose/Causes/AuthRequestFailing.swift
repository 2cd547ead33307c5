internal import Evidence

/// The edge’s auth service itself fails.
enum AuthRequestFailing: WeighedCause {
  static let page = CausePage(
    cause: .ingressAuthRequestFailing,
    title: "The edge’s auth service itself fails",
    summary:
      "The service that the edge asks about each request is gone, hangs or answers with an error.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group), group.status >= 500 || group.status == 403 else {
      return nil
    }
    var w = Weight(-0.3)
    if let s = group.answer.statement,
      s == .authRequestUnexpectedStatus || s == .authServiceCallFailed
    {
      w.add(
        3.6, "the edge says so: “\(Signals.shorten(group.answer.words))”", group.answer.citations)
    } else if scene.text(scene.exchange(group.rows[0]).request.detail).hasPrefix("ext_authz_error")
    {
      w.add(3.6, "ext_authz_error: the auth service could not be asked", Signals.rows(group, scene))
    } else {
      let near = Signals.messages(
        [.authServiceCallFailed, .authRequestUnexpectedStatus], profile.first, profile.last,
        margin: 2, scene)
      guard group.status == 500, let line = near.first,
        scene.exchange(group.rows[0]).request.answeredBy != .upstream
      else { return nil }
      w.add(2.8, "the edge complains of its auth service in the same minutes", [line.citation])
    }
    let probes = Contrast.probesFail(group, scene)
    if let hit = probes.failed { w.add(1.0, "requests without a token fail too", [hit]) }
    if let good = probes.answered {
      w.add(
        -1.6, "requests without a token still get their honest 401: the auth service lives", [good])
    }
    if profile.timeout != nil, probes.failed == nil {
      w.note(-0.8, "it answers after a timeout: look behind it")
    }
    return w
  }
}
