internal import Evidence

/// A token for another authenticator.
enum WrongParty: WeighedCause {
  static let page = CausePage(
    cause: .tokenWrongParty,
    title: "A token for another authenticator",
    summary:
      """
      A good OIDC token reaches an authenticator that wants its own kind of credential: an API \
      token, a session key, a token of its own make.
      """,
    decides: [
      """
      The authenticator complains about the form in its own words (`found 1 parts of token`, two \
      parts expected) although an OIDC check accepted the same token.
      """,
      "The OIDC login or check of the same request succeeded one hop before.",
    ],
    supports: [
      """
      Two products share the header `Authorization`: a gateway that adds the OIDC token, and an \
      application with tokens of its own.
      """,
      "It starts when a forward-auth or token-passing option was switched on.",
    ],
    against: [
      "The OIDC check refuses the token as well."
    ],
    lookAlikes: [
      (
        .tokenMalformed,
        "whether an OIDC check accepted the same text: yes here, no for a broken header"
      ),
      (
        .foreignBasicAuth,
        "what the service asks for: a challenge `Basic` is a password, not another token"
      ),
      (
        .ingressAuthHeaderStripped,
        """
        which value arrives: the OIDC token replaced the application's own credential here, \
        nothing arrives there
        """
      ),
    ],
    needs: [
      "the log of the authenticator that refuses",
      "a capture behind the last hop, or the gateway's log",
    ],
    fix: [
      """
      Send each party its own credential: keep the OIDC token in a header of its own \
      (ingress-nginx: `nginx.ingress.kubernetes.io/auth-response-headers: \
      X-Auth-Request-Access-Token`) and leave `Authorization` to the application.
      """,
      """
      Switch off the passing of the OIDC token. oauth2-proxy: `--set-authorization-header=false \
      --pass-authorization-header=false`; Traefik: take `Authorization` out of \
      `forwardAuth.authResponseHeaders`.
      """,
      "Or teach the application OIDC, with this realm as issuer.",
    ],
    verify: [
      """
      `curl -i -H "Authorization: Bearer $APP_TOKEN" https://HOST/PATH` answers 2xx through the \
      edge
      """,
      "`kubectl -n NS logs deploy/APP --since=10m | grep -ci 'parts of token'` counts 0",
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard group.answer.statement == .tokenWrongParty else {
      return otherScheme(group, profile, scene) ?? knownUser(group, profile, scene)
    }
    var w = Weight()
    w.add(
      .wrongPartySaid, "the authenticator wants another kind of credential", group.answer.citations)
    return w
  }

  /// Tokens that other services accept, or that this one did, are refused with the challenge of another scheme.
  private static func otherScheme(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard isOpen(group), profile.gotToken || group.circumstances.credentials == .present,
      let first = group.rows.first
    else { return nil }
    let isElsewhere = profile.sameServedElsewhere > 0
    let before = isElsewhere ? nil : servedBefore(first, scene)
    guard isElsewhere || before != nil else { return nil }
    let challenge = scene.text(scene.exchange(first).request.challenge)
    let scheme = challenge.prefix { $0.isLetter || $0 == "-" }
    // `service="…"` names a registry's own token service (Distribution: token authentication).
    guard !scheme.isEmpty,
      !schemes.contains(scheme.lowercased()) || challenge.contains("service=\"")
    else { return nil }
    var w = Weight(.wrongPartyPrior)
    let asks = "the service asks for “\(Signals.shorten(String(scheme)))”"
    w.add(
      .wrongPartyOtherScheme,
      isElsewhere
        ? asks + ", and another service serves the same client"
        : asks + ", and served the same client before",
      Signals.rows(group, scene),
      beside: before.map { [$0] }
        ?? OtherSide.servedElsewhere(group, profile, scene, bySameService: false),
      alone: asks)
    return w
  }

  /// A good answer of the service to the same client before, whatever the length of its request.
  private static func servedBefore(_ i: Int, _ scene: Scene) -> Citation? {
    let b = scene.briefs[i]
    let own = scene.byActor[Int(b.actor)]
    return own[..<scene.lowerBound(own, b.start)].suffix(2000).last {
      scene.briefs[$0].isSuccess && scene.briefs[$0].party == b.party && !scene.isProbe($0)
    }.map { scene.exchange($0).request.citation }
  }

  /// Schemes of tokens, of passwords and of the network (IANA's registry of HTTP authentication schemes).
  private static let schemes: Set<String> = [
    "bearer", "dpop", "oauth", "gnap", "basic", "digest", "negotiate", "ntlm", "kerberos", "mutual",
    "hoba",
  ]

  /// The edge has checked the token, and names its user, yet what stands behind it refuses.
  private static func knownUser(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard isOpen(group), profile.gotToken, profile.sameServedElsewhere > 0 else { return nil }
    let rows = group.rows.prefix(200)
    let users = Set(rows.map { scene.exchange($0).request.remoteUser })
    guard users.count <= 8, !users.contains(.none) else { return nil }
    let served = users.compactMap { user in
      scene.byActor[Int(scene.briefs[rows[rows.startIndex]].actor)].lazy.map {
        scene.exchange($0)
      }.first { $0.isSuccess && $0.request.remoteUser == user && $0.party != group.party }
    }
    guard let one = served.min(by: { $0.request.citation < $1.request.citation }) else {
      return nil
    }
    var w = Weight(.wrongPartyPrior)
    w.add(
      .wrongPartyKnownUser,
      "the edge knows the user from the token, as on a route that serves it, and the service behind refuses",
      Signals.rows(group, scene), beside: [one.request.citation],
      alone: "the edge knows the user from the token, and the service behind refuses")
    return w
  }

  private static func isOpen(_ group: Group) -> Bool {
    Signals.isApplication(group) && Signals.isMute(group) && group.status == 401
      && !group.circumstances.isProbe && group.circumstances.backError.isNone
  }
}
