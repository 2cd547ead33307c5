internal import Evidence

/// A setting of the checking party is wrong.
enum WrongSettings: WeighedCause {
  static let page = CausePage(
    cause: .resourceServerSettingsWrong,
    title: "A setting of the checking party is wrong",
    summary:
      """
      A setting of the party that checks tokens is missing or wrong: expected issuer, audience \
      list, client id, claim names, or flags of an API server.
      """,
    decides: [
      """
      Its own words point at its settings: `audience claims [] do not exist`, `unknown issuer`, \
      an option error at its start.
      """,
      """
      Every token is refused by this service since a deploy, while the same tokens pass \
      elsewhere.
      """,
    ],
    supports: [
      "Its configuration dump or start-up lines show the wrong value.",
      "A roll-back ends it.",
    ],
    against: [
      "Some clients' tokens pass at this service."
    ],
    lookAlikes: [
      (
        .tokenAudienceMismatch,
        "who is refused: everybody since a deploy of the service, or the tokens of one client"
      ),
      (
        .tokenIssuerMismatch,
        """
        whose side changed: the expected issuer in the settings, or the `iss` that Keycloak \
        writes
        """
      ),
      (
        .resourceServerURLWrong,
        "whether it gets keys and answers from Keycloak at all"
      ),
      (
        .resourceServerKeysUnavailable,
        "a fetch error in its log means keys, a refusal with reason means settings"
      ),
    ],
    needs: [
      "the application's or gateway's log from its start on",
      "one refused token for `why401 token`",
    ],
    fix: [
      """
      Compare the settings before and after: `kubectl -n NS rollout history deploy/APP` and \
      `kubectl -n NS rollout history deploy/APP --revision=N`
      """,
      "Roll back while you look: `kubectl -n NS rollout undo deploy/APP`",
      """
      Set issuer, audience and client id to what a token carries (`printf %s "$TOKEN" | why401 \
      token`). Istio: `istioctl analyze -n NS` and `kubectl -n NS get requestauthentication -o \
      yaml`; kube-apiserver: `--oidc-issuer-url`, `--oidc-client-id`, `--oidc-username-claim`
      """,
    ],
    verify: [
      "`curl -i -H \"Authorization: Bearer $TOKEN\" https://HOST/PATH` answers 2xx",
      """
      `kubectl -n NS logs deploy/APP --since=10m | grep -ciE 'issuer|audience'` counts no new \
      refusals
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    if isTurnedAwayByService(group, scene) {
      var w = Weight(.settingsPrior)
      w.add(
        .settingsTurnsAway, "the service itself sends clients that have a token to its login",
        Signals.rows(group, scene), beside: Contrast.successes(group, scene),
        alone: "the service itself sends these clients to its login")
      return w
    }
    guard group.answer.statement == .settingsWrong else {
      return refusesAll(group, profile, scene)
    }
    var w = Weight()
    w.add(.settingsSaid, "the service says its settings are wrong", group.answer.citations)
    return w
  }

  /// The redirect to the login is the service's own, not the edge's or that of a proxy before the service.
  static func isTurnedAwayByService(_ group: Group, _ scene: Scene) -> Bool {
    guard let first = group.rows.first, scene.exchange(first).isTurnedAway else { return false }
    let r = scene.exchange(first).request
    return r.answeredBy == .upstream && r.format != .caddyAccess && !scene.isAuthProxy(group.party)
  }

  /// A service that refuses everybody for what all tokens hold, or since an instance of it was replaced.
  private static func refusesAll(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group), group.status == 401 || group.status == 403,
      group.circumstances.backError.isNone, profile.isPartyWide, group.stretch.clients >= 3,
      profile.sufferers.isEmpty || profile.sameServedElsewhere >= 3 || !Signals.isMute(group)
        || scene.deployments.change(of: group.party, near: group.stretch.last) != nil
    else { return nil }
    var asked: Set<Statement> =
      profile.areOnlyNewTokensRefused
      ? [] : [.tokenAudience, .tokenClaim, .tokenAlgorithm, .tokenType]
    // A key that is not known any more: another algorithm, or the keys of another realm.
    if profile.acceptedBefore, Keys.changes(scene, before: profile.first).isEmpty {
      asked.insert(.tokenUnknownKey)
    }
    // Nobody's roles change with the gateway's configuration.
    if Signals.isRefusedSinceReload(group, profile, scene) { asked.insert(.roleMissing) }
    var w = Weight(.settingsPrior)
    let isSaid = Signals.words(
      asked, group, scene, &w, odds: .settingsAskOfAll,
      "every client of the service is refused for what its tokens do not hold")
    let isOfInstance = isOfInstance(group, profile, scene, &w)
    if !isOfInstance, let good = GoodIntrospections.of(group, scene) {
      w.add(
        .settingsIntrospectedWell,
        "Keycloak says that the tokens are good, and the service refuses them all the same",
        good.prefix(3).map(\.citation) + Signals.rows(group, scene))
    } else if !isOfInstance, !isSaid {
      guard isOfGateway(group, profile, scene) else { return nil }
      w.add(
        .settingsOfGateway,
        "the gateway itself refuses everybody on this route with tokens that it accepted before, and asks nobody about them",
        Signals.everyone(group, profile, scene),
        beside: OtherSide.servedElsewhere(group, profile, scene, bySameService: false),
        alone: "the gateway itself refuses everybody on this route")
    }
    if group.circumstances.answerer == .gatewayFilter,
      let reload = scene.reload(near: profile.first)
    {
      w.add(
        .settingsSinceReload, "the gateway's configuration was reloaded at the onset", [reload])
    }
    if profile.acceptedBefore {
      w.note(.settingsAcceptedBefore, "the service accepted the same tokens before")
    } else if profile.sameServedElsewhere >= 3 {
      w.note(.settingsAcceptedElsewhere, "other services accept the tokens of these clients")
    }
    return w
  }

  /// Kong checks tokens with keys that it was given, and has one rule for each route: it asks nobody, so that nothing
  /// but its rule can come and go.
  ///
  /// <https://developer.konghq.com/plugins/jwt/>
  private static func isOfGateway(_ group: Group, _ profile: Profile, _ scene: Scene) -> Bool {
    guard Signals.isMute(group), profile.acceptedBefore || profile.isPassing,
      profile.median >= 0, profile.median < 10_000,
      profile.inTrouble == 0, !profile.isSlow, !scene.isSurelyEmpty(group),
      Keys.changes(scene, before: profile.first).isEmpty, profile.sufferers.isEmpty
    else { return false }
    return group.rows.prefix(50).allSatisfy {
      let r = scene.exchange($0).request
      // Another plug-in asks for another kind of credential.
      let challenge = scene.text(r.challenge).lowercased()
      return r.answeredBy == .edge && r.format == .kongJSON
        && (challenge.isEmpty || challenge.hasPrefix("bearer"))
    }
  }

  /// The refusals are of one instance of the service: they begin with it, or end with it.
  private static func isOfInstance(
    _ group: Group, _ profile: Profile, _ scene: Scene, _ weight: inout Weight
  ) -> Bool {
    guard Signals.isMute(group), profile.inTrouble == 0, profile.median < 60_000,
      group.circumstances.credentials == .present || !scene.isSurelyEmpty(group)
    else { return false }
    let begin = scene.deployments.change(of: group.party, near: group.stretch.first)
    let end = scene.deployments.change(of: group.party, near: group.stretch.last)
    if let begin {
      weight.add(
        .settingsSinceDeployed,
        "every client is refused since another instance of the service answers",
        [begin.citation], beside: Array(Signals.everyone(group, profile, scene).prefix(2)),
        alone: "another instance of the service answers since then")
    }
    if let end {
      weight.add(
        begin == nil ? .settingsEndDeployed : .settingsUntilDeployed,
        "another instance of the service answers when the clients are served again", [end.citation])
    }
    return begin != nil || end != nil
  }
}
