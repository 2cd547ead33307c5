internal import Evidence

/// One failing request as captured.
struct WireView {
  var time: Instant
  var seen: Seen
  var token: BearerToken?
  var citation: Citation
  /// Seen on the leg behind the proxy.
  var isInner: Bool

  var seconds: Double { Double(time.nanoseconds) / 1e9 }

  static func all(_ rows: [Int], _ scene: Scene) -> [WireView] {
    var result: [WireView] = []
    for i in rows.prefix(2000) {
      if let view = of(scene.exchange(i), scene) { result.append(view) }
    }
    return result
  }

  /// The leg farthest in that shows whether a token was sent.
  static func of(_ e: Exchange, _ scene: Scene) -> WireView? {
    var best: (request: Request, isInner: Bool)?
    if e.request.hop == .wire, e.request.authorization != .unknown {
      best = (e.request, !e.request.forwardedFor.isNone)
    }
    if e.wire >= 0, scene.file.legs[Int(e.wire)].authorization != .unknown {
      best = (scene.file.legs[Int(e.wire)], false)
    }
    if e.wireInner >= 0, scene.file.legs[Int(e.wireInner)].authorization != .unknown {
      let leg = scene.file.legs[Int(e.wireInner)]
      // What was lost on the way says more of the way than of the token.
      if best == nil || leg.authorization == .present { best = (leg, true) }
    }
    guard let best else { return presented(e, scene) }
    let r = best.request
    var token: BearerToken?
    if r.token >= 0, Int(r.token) < scene.file.observations.tokens.count {
      token = scene.file.observations.tokens[Int(r.token)]
    }
    return WireView(
      time: r.start, seen: r.authorization, token: token, citation: r.citation,
      isInner: best.isInner)
  }

  /// Only the application's call to Keycloak was captured: the token in it is the one it was sent.
  private static func presented(_ e: Exchange, _ scene: Scene) -> WireView? {
    guard e.wireBack >= 0 else { return nil }
    let leg = scene.file.legs[Int(e.wireBack)]
    guard leg.presented >= 0, Int(leg.presented) < scene.file.observations.tokens.count else {
      return nil
    }
    return WireView(
      time: leg.start, seen: .present, token: scene.file.observations.tokens[Int(leg.presented)],
      citation: leg.citation, isInner: true)
  }
}
