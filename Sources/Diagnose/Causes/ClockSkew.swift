internal import Evidence

/// Clocks disagree.
enum ClockSkew: WeighedCause {
  static let page = CausePage(
    cause: .tokenClockSkew,
    title: "Clocks disagree",
    summary:
      """
      The clocks of the party that issues tokens and of the one that checks them differ by more \
      than the allowed leeway, so fresh tokens look expired or not yet valid.
      """,
    decides: [
      """
      The refusal says not yet valid or issued in the future: `Jwt not yet valid`, `The token is \
      not yet valid (iat)`, `Token was issued in the future`; or `Token is not active` right \
      after the issue.
      """,
      """
      The offset measured between two sources (an HTTP `Date` against the capture, one request \
      in two logs, two stamps on one line) is at least the margin by which the tokens fail.
      """,
    ],
    supports: [
      "Tokens fail within seconds of their issue, or die early by a constant amount.",
      """
      One skewed service: its pods only. A skewed Keycloak: every service that checks locally \
      fails, introspecting services pass.
      """,
    ],
    against: [
      """
      The offset is a whole number of quarter-hours and tokens do not fail by it: that is a time \
      zone in a log, not skew.
      """
    ],
    lookAlikes: [
      (
        .tokenExpired,
        "the age at use: younger than the lifespan when refused is skew, older is not"
      ),
      (
        .tokenRefreshExpired,
        """
        time between issue and refresh: a refresh token that is not active at once is skew, \
        after the idle time it is not
        """
      ),
      (
        .keysRotated,
        """
        the words: time (expired, not yet valid) or key (unknown kid); and whether local \
        validators fail for the time
        """
      ),
    ],
    needs: [
      """
      the application's log, wrapped by the container runtime (two clocks on one line), or a \
      capture
      """,
      "Keycloak's log with success events (times of issue)",
    ],
    fix: [
      """
      Compare the clocks: `kubectl -n NS exec deploy/APP -- date -u +%s.%N; kubectl -n \
      KEYCLOAK_NS exec POD -- date -u +%s.%N; date -u +%s.%N`
      """,
      """
      Repair time keeping on the node (containers have no clock of their own): `chronyc \
      tracking` and `systemctl restart chronyd`, or `timedatectl set-ntp true`; resumed virtual \
      machines need a step: `chronyc makestep`
      """,
      """
      Until then allow a leeway of 30 to 60 s in the verifier. Envoy: `clock_skew_seconds: 60` \
      of the jwt_authn provider; PyJWT: `leeway=60`; Spring: `new \
      JwtTimestampValidator(Duration.ofSeconds(60))`
      """,
    ],
    verify: [
      """
      `curl -sI https://KEYCLOAK_HOST/ | grep -i '^date'; date -uR` differ by less than two \
      seconds on every node
      """,
      "`chronyc tracking` on the node shows `Leap status : Normal` and an offset of milliseconds",
      """
      `curl -i -H "Authorization: Bearer $TOKEN" https://HOST/PATH` answers 2xx with a token \
      that is one second old
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    var w = Weight(.clockSkewPrior)
    let said = Signals.words(
      [.tokenNotYetValid], group, scene, &w, odds: .clockSkewSaidNotYetValid, isLast: false,
      "the refusal says the token is not valid yet")
    let expired =
      !said
      && Signals.words(
        [.tokenExpired], group, scene, &w, odds: .clockSkewSaidExpired,
        "the refusal says the token is expired")
    let offset = Clocks.offset(group, scene)
    let instance = scene.instances.fault(of: group, scene)
    let isOfOneInstance =
      profile.isOfOneInstance(group, scene) || instance.map { !$0.refusesAll } == true
    let issuer = scene.issuingReplicas.of(group, scene)
    if Signals.isMute(group) {
      guard profile.isPartyWide || isOfOneInstance || issuer != nil, !scene.isSurelyEmpty(group)
      else { return nil }
    }
    if let issuer { return ofIssuer(issuer.ahead, issuer.calls, group, scene, w) }
    if let offset {
      if offset.isKeycloak, scene.introspecting.contains(group.party) {
        return nil
      }
      w.add(
        .clockSkewOffset,
        "the clock of \(offset.name) is \(Clocks.describe(offset)) (\(Signals.count(offset.pairs, "pair")) of lines)",
        offset.examples)
    }
    if let limit = profile.youngLimit, Signals.isMute(group) {
      w.add(
        .clockSkewYoungOnly,
        "tokens younger than \(Int(limit.rounded(.up))) s are refused now and then, older ones are served: as when the clock of one instance is behind",
        Signals.rows(group, scene))
    }
    if profile.youngLimit == nil, let instance, let limit = instance.youngLimit,
      Signals.isMute(group)
    {
      w.add(
        .clockSkewYoungOnly,
        "one instance refuses tokens younger than \(Int(limit.rounded(.up))) s and serves older ones; others serve both",
        instance.refused + Signals.rows(group, scene), beside: instance.served,
        alone: "one instance refuses young tokens")
    }
    let fresh = Contrast.freshRefusals(group, scene)
    // Where only a size hints at the words, what follows from them counts less.
    let trust = Signals.isMute(group) ? 0.4 : 1.0
    if expired || said, fresh >= 3 {
      w.note(
        .clockSkewFreshTokens, times: trust,
        "\(fresh) tokens are refused within seconds of their issue")
    }
    if isOfOneInstance, said || expired {
      w.note(
        .clockSkewServedAgain, times: trust,
        "young tokens of several clients are refused and served in turn, as when the clock of one instance is off"
      )
    }
    if profile.isPartyWide {
      let isOnTime = expired || said
      w.note(
        isOnTime ? .clockSkewEveryClientOnTime : .clockSkewEveryClient,
        times: isOnTime ? trust : 1,
        "every client of the service is refused alike")
    } else if offset == nil, !isOfOneInstance {
      w.note(.clockSkewOthersServed, "other clients are served by the same service")
    }
    if profile.servedBefore > 5 {
      if let offset, offset.isKeycloak {
        w.note(
          .clockSkewWorkedWithOffset,
          "the service served clients before, with Keycloak's clock as far off")
      } else if offset == nil, !isOfOneInstance {
        w.note(.clockSkewWorkedBefore, "the service served clients before")
      }
    }
    if group.circumstances.afterFailedRenewal {
      w.note(.triedToRenew, "the clients' calls for a token had failed")
    }
    return w
  }

  /// One replica of Keycloak is ahead.
  private static func ofIssuer(
    _ ahead: IssuingReplicas.Ahead, _ calls: [Citation], _ group: Group, _ scene: Scene,
    _ weight: Weight
  ) -> Weight {
    var w = weight
    w.add(
      .clockSkewOfIssuer,
      "one replica of Keycloak issued these tokens, which are refused until they are about \(Int(ahead.limit.rounded(.up))) s old; those of another one are taken at once",
      Array(calls.prefix(1)) + Signals.rows(group, scene).prefix(2),
      beside: [ahead.others, ahead.older],
      alone: "tokens of one replica of Keycloak are refused while they are young")
    let clock = scene.file.clocks.first {
      $0.isKeycloak && !$0.isZone && $0.seconds > 2 && !$0.writer.isNone
        && $0.writer == ahead.writer
    }
    if let clock {
      w.add(
        .clockSkewOffset,
        "the clock of \(clock.name) is \(Clocks.describe(clock)) (\(Signals.count(clock.pairs, "pair")) of lines)",
        clock.examples)
    }
    return w
  }
}
