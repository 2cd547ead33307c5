internal import Evidence

/// Audience lacks the resource server.
enum AudienceMismatch: WeighedCause {
  static let page = CausePage(
    cause: .tokenAudienceMismatch,
    title: "Audience lacks the resource server",
    summary:
      """
      The token is good but not meant for this service: its `aud` does not name the service. \
      Keycloak only puts an audience in when a mapper or a client role asks for it.
      """,
    decides: [
      """
      The refusal names the audience: `Audiences in Jwt are not allowed`, `Invalid audience`, \
      `The aud claim is not valid`, `Audience doesn't match`, `audience from claim aud … does \
      not match`.
      """,
      "`aud` of the refused token lacks the service's name, while tokens that pass have it.",
      """
      Keycloak's introspection event: `Client 'CLIENT' is not in the token audience` (from \
      26.4.12, 26.6.2 and 26.7 on).
      """,
    ],
    supports: [
      """
      Only tokens issued to one client (`azp`) fail; those of other clients pass on the same \
      route.
      """,
      "It starts at a change of client scopes or mappers, or at an upgrade of Keycloak.",
    ],
    against: [
      "Tokens of the same client passed at the same service before, with the same scopes."
    ],
    lookAlikes: [
      (
        .tokenClaimRejected,
        "the claim the refusal names: `aud`, or another one"
      ),
      (
        .tokenWrongType,
        "the claim `typ`: an ID token has the client itself as audience"
      ),
      (
        .resourceServerSettingsWrong,
        """
        whose `aud` fits: if every client's token is refused since a deploy, the service's \
        audience list is wrong
        """
      ),
      (
        .userRoleMissing,
        """
        Envoy answers a wrong audience with 403 too: its response details say \
        `Audiences_in_Jwt_are_not_allowed` or `rbac_access_denied`
        """
      ),
    ],
    needs: [
      "one refused and one accepted token for `why401 token`",
      "the application's or gateway's log, or Keycloak's log for introspecting services",
    ],
    fix: [
      """
      Add an audience mapper to the client that fetches the token: `kcadm.sh create \
      clients/ID/protocol-mappers/models -r REALM -s name=aud-SERVICE -s protocol=openid-connect \
      -s protocolMapper=oidc-audience-mapper -s 'config."included.client.audience"=SERVICE' -s \
      'config."access.token.claim"=true'`
      """,
      """
      For many clients, put the same mapper into a client scope and add that scope to the \
      clients as a default scope.
      """,
      """
      Or name the audience that is there in the checking party. Istio: `jwtRules: [{issuer: \
      ISSUER, audiences: [AUDIENCE]}]`; Envoy: `audiences: [AUDIENCE]` of the jwt_authn \
      provider; Spring: `spring.security.oauth2.resourceserver.jwt.audiences=AUDIENCE`; \
      oauth2-proxy: `--oidc-extra-audience=AUDIENCE`
      """,
    ],
    verify: [
      """
      `printf %s "$TOKEN" | why401 token` shows the service in `aud` (fetch a new token first)
      """,
      "`curl -i -H \"Authorization: Bearer $TOKEN\" https://HOST/PATH` answers 2xx",
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    var w = Weight(.audiencePrior)
    let said = Signals.words(
      [.tokenAudience], group, scene, &w, odds: .audienceSaid,
      "the refusal says the audience is wrong")
    let isTold = Signals.backReason(group, scene).contains(Signals.notInAudience)
    if Signals.isMute(group) {
      if isTold {
        w.add(
          .audienceSaidByKeycloak, "Keycloak says the client is not in the token's audience",
          Signals.events(group, scene))
      } else if let client = onlyRefusedClient(group, profile, scene) {
        w.add(
          .audienceOneIssuedTo,
          "tokens issued to \(client.name) are refused, those of another client pass",
          [client.issued, client.refused], beside: client.others,
          alone: "tokens issued to \(client.name) are refused")
        if group.status == 403 { w.note(.audienceForbidden, "the answer is 403 rather than 401") }
      } else if profile.isNarrow, profile.gotToken,
        Contrast.refusalSizes(group, profile, scene) <= 1,
        profile.sameServedElsewhere > 0, group.circumstances.credentials != .absent,
        group.count >= 8,
        group.circumstances.backError.isNone, !scene.isSurelyEmpty(group),
        !group.circumstances.isProbe
      {
        w.add(
          Contrast.isSpread(group, profile, scene)
            ? .audienceOneClientElsewhereToo
            : group.circumstances.credentials == .present
              ? .audienceOneClientWithToken : .audienceOneClient,
          "one client is refused here that other services serve meanwhile",
          Signals.rows(group, scene),
          beside: OtherSide.servedElsewhere(group, profile, scene, bySameService: false),
          alone: "one client is refused here")
      } else if profile.isNarrow, profile.gotToken,
        Contrast.refusalSizes(group, profile, scene) <= 1,
        Contrast.kinClients(group, scene) >= 2,
        ![.edge, .authService].contains(group.circumstances.answerer),
        group.circumstances.credentials != .absent,
        group.circumstances.backError.isNone, !scene.isSurelyEmpty(group),
        !group.circumstances.isProbe, group.status == 401,
        Contrast.servedBeforeSameActor(group, scene) == 0
      {
        w.add(
          Contrast.isSpread(group, profile, scene)
            ? .audienceSeveralClientsElsewhereToo : .audienceSeveralClients,
          "several clients that got tokens are refused alike at this service, while others are accepted",
          Signals.everyone(group, profile, scene),
          beside: OtherSide.lines(OtherSide.othersServed(group, profile, scene), scene),
          alone: "several clients that got tokens are refused alike at this service")
      } else if !said {
        return nil
      }
    }
    if Signals.isMute(group), profile.isNarrow,
      let change = AdminChanges.cause(of: group, in: scene.adminChanges.mappers, scene)
    {
      w.add(
        .audienceMapperChanged,
        "a mapper or scope was changed, and a token that was got since then is refused",
        [change.citation], beside: OtherSide.token(of: group, since: change.time, scene),
        alone: "a mapper or scope was changed before")
    }
    if !said, scene.firstCalls.areOthersServed(group, profile, scene) {
      w.note(
        .audienceSameClientServed,
        "tokens of the same client id are accepted from others meanwhile")
    }
    if profile.isPartyWide, !isTold {
      w.note(.audienceEveryClient, "every client is refused")
      if profile.acceptedBefore {
        w.note(.audienceAcceptedBefore, "the service accepted the same tokens before")
      }
    }
    return w
  }

  /// The client whose tokens alone are refused here, always alike.
  static func onlyRefusedClient(
    _ group: Group, _ profile: Profile, _ scene: Scene
  ) -> FirstCalls.Exclusive? {
    guard profile.isNarrow, profile.gotToken, profile.sizes <= 1 else { return nil }
    return scene.firstCalls.exclusiveClient(group, scene)
  }
}
