internal import Evidence

/// Expired access token in use.
enum ExpiredToken: WeighedCause {
  static let page = CausePage(
    cause: .tokenExpired,
    title: "Expired access token in use",
    summary:
      """
      A client goes on using an access token after its lifetime instead of renewing it. The \
      token was good once; only its `exp` has passed.
      """,
    decides: [
      """
      The refusal says expired (`Jwt is expired`, `Jwt expired at …`, `Token is not active`, \
      `Signature has expired`) and the token was at least one lifespan old when it was used.
      """,
      """
      A token in the capture has `exp` before the time of use, by more than the clock error \
      between the two parties.
      """,
      """
      One `token_id` or session is used on and on, longer than the realm's access token \
      lifespan.
      """,
    ],
    supports: [
      """
      401s of this client begin one lifespan after its last token event and end with its next \
      one.
      """,
      """
      The same client was served with the same token before; other clients are served on the \
      same route meanwhile.
      """,
    ],
    against: [
      "The tokens are refused while younger than their lifespan.",
      """
      The client tried to renew just before and could not (5xx, 504, refused login): then that \
      failure is the cause.
      """,
    ],
    lookAlikes: [
      (
        .tokenClockSkew,
        """
        age at use: an expired token is older than its lifespan when refused; a skewed clock \
        refuses tokens seconds after their issue, for every client of that service
        """
      ),
      (
        .keysRotated,
        """
        an expired token fails for the clients that cling to it; after a key change fresh tokens \
        fail too, and many clients at once
        """
      ),
      (
        .keycloakDown,
        """
        whether the client tried to renew: a failed refresh or login (502, 503, connection \
        refused) right before the 401 makes the outage the cause
        """
      ),
      (
        .tokenRefreshExpired,
        """
        a REFRESH_TOKEN_ERROR of the same session right before means the client did try to renew \
        and its session was over
        """
      ),
    ],
    needs: [
      "Keycloak's log with success events (when the token was issued or renewed)",
      "the ingress's access log (client, route, time)",
      """
      the application's log, or the `WWW-Authenticate` header in the access log (the word \
      "expired")
      """,
    ],
    fix: [
      """
      Let the client renew before the end: refresh when less than 30 s of the token's life are \
      left, and on a 401 get one new token and repeat the call once.
      """,
      """
      See what the realm hands out: `kcadm.sh get realms/REALM --fields \
      accessTokenLifespan,ssoSessionIdleTimeout,ssoSessionMaxLifespan`
      """,
      """
      Only for a client that cannot renew (a long batch job), give its tokens a longer life: \
      `kcadm.sh update clients/ID -r REALM -s 'attributes."access.token.lifespan"=900'`
      """,
    ],
    verify: [
      "`printf %s \"$TOKEN\" | why401 token` shows `exp` in the future",
      """
      `curl -i -H "Authorization: Bearer $TOKEN" https://HOST/PATH` answers 2xx with a token \
      fetched a moment ago
      """,
      "No 401 of the client later than one lifespan after a token event of its own",
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group), !Sessions.isMissed(group, scene) else { return nil }
    // A gateway's filter that finds no token has none to call expired.
    if group.circumstances.answerer == .gatewayFilter, group.answer.statement == .tokenMissing {
      return nil
    }
    var w = Weight(.expiredPrior)
    let said = Signals.words(
      [.tokenExpired], group, scene, &w, odds: .expiredSaid, "the refusal says the token is expired"
    )
    if Signals.isMute(group) {
      let ages = Contrast.ages(group, profile, scene)
      if ages == .aboveServed, !profile.isPartyWide, !scene.isSurelyEmpty(group) {
        let own = OtherSide.agedRow(of: group, scene)
        let oldest = scene.oldestServed(at: group.party)
        w.add(
          .expiredAgeAboveServed,
          "the client got its last token \(own.age) s before it is refused; the oldest token that is accepted here is \(oldest.map { $0.age.wholeSeconds } ?? 0) s old",
          own.lines, beside: OtherSide.lines(oldest?.rows ?? [], scene),
          alone: "the client got its last token \(own.age) s before it is refused")
      }
      if ages == .belowServed {
        w.note(.expiredAgeBelowServed, "tokens as old are served elsewhere")
      }
      let isNew =
        group.circumstances.program == .neverServed
        && (profile.tokenAges.first.map { $0 < 3 } ?? false)
      if scene.tokenCallsTell, !profile.gotToken,
        profile.sameServed + profile.sameServedElsewhere == 0, scene.isEmptySize(group) == false
      {
        w.note(
          .expiredNeverFetched,
          "this client never fetched a token in these logs nor was ever served")
      }
      if isNew {
        w.note(
          .expiredFromFirstCall,
          "the client is refused from its first call on, right after it got a token")
      }
      if let gap = scene.renewalGap(at: group.party), profile.isNarrow, !scene.isSurelyEmpty(group),
        profile.first - scene.first > gap * 0.8
      {
        let oldest = scene.oldestServed(at: group.party)
        w.add(
          .expiredAfterRenewalGap,
          "the oldest token that is accepted here is \((oldest?.age ?? gap).wholeSeconds) s old, and these refusals begin only after such a time",
          Signals.rows(group, scene), beside: OtherSide.lines(oldest?.rows ?? [], scene),
          alone: "these refusals begin only after the time within which clients renew their tokens")
      }
      if ages == .unclear, profile.isNarrow, group.count >= 4, group.circumstances.backError.isNone,
        scene.isEmptySize(group) != true, group.circumstances.credentials != .absent,
        ![.edge, .authService].contains(group.circumstances.answerer),
        Contrast.isLapsed(group, scene)
      {
        w.add(
          .expiredLapsed,
          "the same client was served before; since then it got no token and is refused at every call",
          Signals.rows(group, scene),
          beside: group.rows.first.flatMap { OtherSide.served(before: $0, scene) }.map { [$0] }
            ?? [],
          alone: "the same client got no token and is refused at every call")
      }
      if scene.isWithoutNewTokens(profile.first, profile.last, at: group.party) {
        w.note(
          .expiredNobodyRenews,
          "nobody gets a token meanwhile, and no line shows what became of the calls for one")
      }
      if Signals.isGenericIntrospection(group, scene), profile.isNarrow || profile.othersServed > 0
      {
        w.add(
          .introspectionFailed, "Keycloak, asked about the token, says that it is not valid",
          Signals.events(group, scene))
        if let start = SessionLoss.start(before: group, profile, scene) {
          w.add(
            .expiredSinceStart,
            "these tokens are refused since Keycloak was started, which kept their sessions in memory",
            [start])
        }
        if profile.sizes <= 1 { w.note(.expiredOneAnswer, "the client is refused in one way only") }
        if Contrast.servedBeforeSameActor(group, scene) > 0 {
          w.note(
            .expiredServedThenRefused, "the same client was served before, and is refused since")
        }
      }
    }
    if !said, w.supports.isEmpty { return nil }
    if Signals.isMute(group) {
      let first = Contrast.firstCalls(group, profile, scene)
      if first.refused >= 2, first.refused * 10 >= first.all * (profile.isMixed ? 9 : 6) {
        w.note(
          .expiredFreshFirstCalls,
          "\(first.refused) of the refused calls are the first with a token just issued")
      }
      if profile.servedAgain >= 0.5 {
        w.note(
          .expiredServedAgain, "the same client is served afterwards and fetched no token between")
      }
    } else if profile.isOfOneInstance(group, scene) {
      w.note(
        .expiredYoungServedAgain,
        "the tokens are young, and several clients are served with them afterwards")
    }
    if profile.isNarrow {
      w.note(
        .expiredOthersServed,
        "only some clients are refused; \(Signals.count(profile.othersServed, "request")) of others \(profile.othersServed == 1 ? "was" : "were") served meanwhile"
      )
    }
    if profile.isPartyWide {
      w.note(
        .expiredEveryClient,
        "every client of the service is refused alike, which single expired tokens do not explain")
    }
    if Contrast.freshRefusals(group, scene) >= 3, profile.isPartyWide {
      w.note(.expiredFreshTokens, "tokens are refused within seconds of their issue")
    }
    if group.circumstances.afterFailedRenewal {
      w.note(.triedToRenew, "the clients' calls for a token had failed")
    }
    return w
  }
}
