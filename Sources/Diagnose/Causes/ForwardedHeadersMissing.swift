internal import Evidence

/// Keycloak does not see the public scheme, host or port.
enum ForwardedHeadersMissing: WeighedCause {
  static let page = CausePage(
    cause: .proxyForwardedHeadersMissing,
    title: "Keycloak does not see the public scheme, host or port",
    summary:
      """
      Keycloak does not see the public scheme, host or port, because X-Forwarded headers do not \
      arrive or are not trusted. Issuer, redirects and cookies come out wrong.
      """,
    decides: [
      """
      `iss`, a redirect or the discovery document has `http://` or an internal port where the \
      public address is https.
      """,
      """
      X-Forwarded-Proto or -Host is absent on the leg to Keycloak, or `--proxy-headers` is not \
      set (from 26 on, `KC_PROXY` is ignored).
      """,
    ],
    supports: [
      "`ipAddress` of all Keycloak's events is the proxy's address.",
      "LOGIN_ERROR `cookie_not_found` or `invalid_redirect_uri` in numbers, from a deploy on.",
    ],
    against: [
      """
      Only the warning `Non-secure context detected`: it is normal where plain http is used on \
      purpose.
      """
    ],
    lookAlikes: [
      (
        .tokenIssuerMismatch,
        "what differs in `iss`: scheme or port alone here, another host name there"
      ),
      (
        .proxyHTTPSRequired,
        """
        whether Keycloak refuses: "HTTPS required" (403) is the realm's rule; here requests pass \
        with wrong addresses
        """
      ),
      (
        .clientRedirectURIInvalid,
        "the refused redirect_uri differs from a registered one in scheme or port only"
      ),
      (
        .sessionLoginStateLost,
        "who is hit: everybody from a deploy on, or single browsers"
      ),
    ],
    needs: [
      "Keycloak's log (start-up lines on hostname and proxy, ipAddress in events)",
      "a capture on the leg to Keycloak",
      "one token for `why401 token` (its issuer)",
    ],
    fix: [
      """
      Let Keycloak trust the headers its proxy sends: `kc.sh start --proxy-headers=xforwarded \
      --http-enabled=true --hostname=https://KEYCLOAK_HOST` (a full URL fixes scheme, host and \
      port)
      """,
      """
      Let the proxy send them. ingress-nginx does; behind another load balancer also set in its \
      ConfigMap `use-forwarded-headers: "true"`. HAProxy: `option forwardfor` and `http-request \
      set-header X-Forwarded-Proto https if { ssl_fc }`; Apache: `RequestHeader set \
      X-Forwarded-Proto "https"` and `ProxyPreserveHost On`
      """,
      """
      Traefik and Caddy only keep headers of proxies they trust: \
      `entryPoints.websecure.forwardedHeaders.trustedIPs` and `servers { trusted_proxies static \
      private_ranges }`
      """,
      "Limit who may send them: `--proxy-trusted-addresses=PROXY_CIDR`",
    ],
    verify: [
      """
      `curl -s https://KEYCLOAK_HOST/realms/REALM/.well-known/openid-configuration | jq -r \
      '.issuer,.token_endpoint'` shows https and the public host, without a port
      """,
      "`printf %s \"$TOKEN\" | why401 token` shows that issuer in a new token",
    ])

  private static func isWithToken(_ group: Group, _ scene: Scene) -> Bool {
    group.circumstances.credentials != .absent && !group.circumstances.isProbe
      && scene.isEmptySize(group) != true
  }

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight(.forwardedPrior)
    if Signals.keycloakSays(["invalid_redirect_uri"], group, scene) {
      guard Forwarding.redirectDiffersInScheme(group, scene) else { return nil }
      if Forwarding.redirectLostScheme(group, scene) {
        w.add(
          .forwardedRedirectLostScheme,
          "the refused redirect URI begins with http; Keycloak takes the same with https",
          Signals.events(group, scene))
        return w
      }
      w.add(
        .forwardedRedirectDiffers,
        "the refused redirect URI differs from the public one in scheme or port only",
        Signals.events(group, scene))
      return w
    }
    let isOfPort = scene.forwarding.isOfPort
    if Forwarding.isOfOwnToken(group, scene) {
      w.add(
        .forwardedIssuerLostScheme,
        isOfPort
          ? "Keycloak takes the issuer of its own older tokens for another's, which has no port as the public name has none: it thinks that it is called at another port"
          : "Keycloak takes the issuer of its own older tokens for another's, which begins with https as the public name does: it thinks that it is called by http",
        Signals.events(group, scene))
      return w
    }
    guard Signals.isApplication(group) else { return nil }
    let said = Signals.words(
      [.tokenIssuer], group, scene, &w, odds: .forwardedSaidIssuer,
      "the refusal says the issuer is wrong")
    let onset = Forwarding.onset(profile, scene)
    if said || Signals.isMute(group) && isWithToken(group, scene),
      let change = scene.forwarding.ownTokens.first,
      profile.last >= change.time.advanced(seconds: -120)
    {
      w.add(
        .forwardedIssuerLostScheme,
        isOfPort
          ? "Keycloak refuses its own older tokens since their issuer has no port: those that it makes now name one"
          : "Keycloak refuses its own older tokens since their issuer begins with https: those that it makes now begin with http",
        scene.forwarding.ownTokens.prefix(2).map(\.citation) + Signals.rows(group, scene))
      return w
    }
    guard said || Signals.isMute(group) && (profile.isPartyWide || !onset.isEmpty) else {
      return nil
    }
    let hints = scene.forwarding
    if !HTTPSRequired.events(around: profile, scene).isEmpty {
      w.note(
        .forwardedHTTPSRequired, "Keycloak refuses requests for it meanwhile: it requires HTTPS")
    }
    if !onset.isEmpty {
      w.add(
        .forwardedOnset,
        "Keycloak logs an address for its callers that no client has at the edge, while these are refused and hardly at another time",
        onset, beside: Signals.rows(group, scene),
        alone: "Keycloak logs an address for its callers that no client has at the edge")
    }
    if profile.isNarrow { w.note(.forwardedSomeClients, "only some clients are refused") }
    if Signals.isMute(group), profile.servedBefore > 3, onset.isEmpty {
      w.note(.forwardedWorkedBefore, "the service served clients before")
    }
    if let wire = WireTokens.plainIssuer(group, scene, hints) {
      w.add(
        .forwardedPlainIssuerOnWire,
        "the token's issuer has http:// where the public scheme is https", [wire])
    }
    if hints.addressesAreProxy {
      w.add(
        .forwardedProxyAddresses,
        "Keycloak logs an address for its callers that no client has at the edge",
        hints.citations, beside: OtherSide.callsOfKeycloak(scene),
        alone: "Keycloak logs one address for its callers")
    }
    if let line = hints.unset {
      w.add(
        .forwardedUnsetWarning,
        "Keycloak warns that `proxy-headers` is not set, for the case that it stands behind a proxy",
        [line])
    }
    if let line = hints.unproxied, hints.unset == nil, profile.isPartyWide {
      w.add(
        .forwardedUnproxied,
        "Keycloak takes its own name from each request and was told of no proxy, though clients come through one",
        [line])
    }
    if hints.isPublicHTTPS, hints.nonSecure != nil {
      w.add(
        .forwardedNonSecureContext,
        "Keycloak takes the connection for plain http (Non-secure context)",
        hints.nonSecure.map { [$0] } ?? [])
    }
    if hints.unset == nil, hints.unproxied == nil, hints.nonSecure == nil, !hints.addressesAreProxy,
      onset.isEmpty
    {
      w.note(.forwardedNothingShows, "nothing shows that forwarded headers are missing")
    }
    if profile.sufferers.isEmpty {
      w.note(.forwardedOneService, "only one service refuses its clients")
    } else {
      w.note(.forwardedSeveralServices, "several services refuse every client")
    }
    return w
  }
}
