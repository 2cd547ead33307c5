internal import Evidence

/// Request headers too large.
enum HeaderTooLarge: WeighedCause {
  static let page = CausePage(
    cause: .ingressHeaderTooLarge,
    title: "Request headers too large",
    summary:
      "Token or cookies exceed a header limit of the edge or of the service.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight()
    if group.answer.statement == .requestHeaderTooLarge {
      w.add(4, "the log says the header is too large", group.answer.citations)
      return w
    }
    guard Signals.isApplication(group) else { return nil }
    let r = scene.exchange(group.rows[0]).request
    if group.status == 431 || group.status == 494 {
      w.add(4.5, "\(group.status) says so itself", Signals.rows(group, scene))
      if r.requestBytes > 7000 { w.note(0.5, "the requests have \(r.requestBytes) bytes") }
      return w
    }
    if group.status == 400, r.requestBytes < 0, r.answeredBy != .upstream, group.count >= 8,
      profile.othersServed + profile.sameServed > 5, profile.sizes <= 2,
      ["GET", "HEAD"].contains(scene.text(r.method))
    {
      w.add(
        1.6,
        "plain reads are answered 400 with one size, as servers refuse headers over their limit; the same routes are served otherwise",
        Signals.rows(group, scene))
      return w
    }
    if group.status == 400, r.requestBytes > 7000 {
      w.add(3.5, "400 for requests of \(r.requestBytes) bytes", Signals.rows(group, scene))
      return w
    }
    return nil
  }
}
