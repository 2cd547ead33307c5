internal import Evidence

/// TLS handshake or trust fails.
enum TLSFailure: WeighedCause {
  static let page = CausePage(
    cause: .proxyTLS,
    title: "TLS handshake or trust fails",
    summary:
      "One leg cannot agree on TLS: untrusted authority, wrong name, TLS to a plain port.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight(-0.4)
    if group.endpoint.isKeycloak {
      guard let t = profile.trouble, t.kind == .tls || Wire.tlsTroubleNear(t, scene) != nil else {
        return nil
      }
      w.add(
        4, "the edge's TLS to Keycloak fails",
        t.proof + (Wire.tlsTroubleNear(t, scene).map { [$0] } ?? []))
      return w
    }
    if Signals.words(
      [.callUntrustedCertificate, .callTLS, .upstreamTLSFailed, .upstreamTLSVerify], group, scene,
      &w, odds: 4.4, "the TLS connection failed"), !Signals.isMute(group)
    {
      return w
    }
    guard Signals.isMute(group) || group.answer.statement == .keysUnavailable else { return nil }
    if let alert = Wire.tlsAlert(profile, scene), profile.isPartyWide {
      w.add(3, "a TLS alert on the wire", [alert])
    }
    if profile.isPartyWide, profile.median > 7000, profile.median < 400_000, profile.timeout == nil,
      profile.inTrouble == 0,
      !scene.introspecting.contains(group.party), group.circumstances.backError.isNone
    {
      w.add(
        1.6,
        "every request is refused after some milliseconds of work (median \(Signals.seconds(profile.median))): a failing fetch of the keys each time",
        Signals.rows(group, scene))
      if profile.servedBefore > 3 { w.note(-1.2, "it worked before") }
      if let line = Keys.fetched(by: group.party, scene) {
        w.add(-2.5, "the service did fetch the keys", [line])
      }
      return w
    }
    return w.supports.isEmpty ? nil : w
  }
}
