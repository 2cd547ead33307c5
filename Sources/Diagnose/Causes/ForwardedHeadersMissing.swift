internal import Evidence

/// Keycloak does not see the public scheme, host or port.
enum ForwardedHeadersMissing: WeighedCause {
  static let page = CausePage(
    cause: .proxyForwardedHeadersMissing,
    title: "Keycloak does not see the public scheme, host or port",
    summary:
      "Issuer or redirects carry http:// or an internal port because X-Forwarded-* does not arrive or is not trusted.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight(-0.9)
    if Signals.keycloakSays(["invalid_redirect_uri"], group, scene) {
      guard Forwarding.redirectDiffersInScheme(group, scene) else { return nil }
      w.add(
        3.6, "the refused redirect URI differs from the public one in scheme or port only",
        Signals.events(group, scene))
      return w
    }
    guard Signals.isApplication(group) else { return nil }
    let said = Signals.words(
      [.tokenIssuer], group, scene, &w, odds: 2.2, "the refusal says the issuer is wrong")
    guard said || Signals.isMute(group) && profile.isPartyWide else { return nil }
    let hints = scene.forwarding
    if profile.isNarrow { w.note(-1.5, "only some clients are refused") }
    if let wire = WireTokens.plainIssuer(group, scene, hints) {
      w.add(4, "the token's issuer has http:// where the public scheme is https", [wire])
    }
    if hints.addressesAreProxy {
      w.add(1.4, "Keycloak logs the proxy's address for every client", hints.citations)
    }
    if let line = hints.unset {
      w.add(
        1.9, "Keycloak says that it is behind a proxy whose headers it was not told to use", [line])
    }
    if hints.isPublicHTTPS, hints.nonSecure != nil {
      w.add(
        0.8, "Keycloak takes the connection for plain http (Non-secure context)",
        hints.nonSecure.map { [$0] } ?? [])
    }
    if hints.unset == nil, hints.nonSecure == nil, !hints.addressesAreProxy {
      w.note(-1.2, "nothing shows that forwarded headers are missing")
    }
    if profile.sufferers.isEmpty {
      w.note(-0.8, "one service only")
    } else {
      w.note(1.7, "several services refuse every client")
    }
    return w
  }
}
