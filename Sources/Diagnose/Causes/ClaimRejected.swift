internal import Evidence

/// A required claim is missing or false.
enum ClaimRejected: WeighedCause {
  static let page = CausePage(
    cause: .tokenClaimRejected,
    title: "A required claim is missing or false",
    summary:
      """
      The verifier asks for a claim other than issuer, audience or time (email_verified, groups, \
      azp, acr, sub), and the token does not have it or has another value.
      """,
    decides: [
      """
      The refusal names the claim: `email not verified`, `Missing claim`, `Token is missing the \
      "x" claim`, `Subject missing in token`.
      """,
      "Tokens that pass have the claim and those refused have not.",
    ],
    supports: [
      "One group of users, or the tokens of one client only.",
      """
      It starts at an upgrade (25 moved `sub` and `auth_time` into the scope `basic`) or when \
      lightweight access tokens were switched on.
      """,
    ],
    against: [
      "The service refuses every token, whatever its claims."
    ],
    lookAlikes: [
      (
        .tokenAudienceMismatch,
        "the claim that the refusal names: `aud`, or another one"
      ),
      (
        .userRoleMissing,
        """
        status and words: 403 or a role's name means authorisation, a missing claim is refused \
        at authentication
        """
      ),
      (
        .resourceServerSettingsWrong,
        """
        who is refused: users or clients without the claim, or everybody since a deploy of the \
        service
        """
      ),
      (
        .clientScopeMissing,
        "whether Keycloak itself refuses (invalid_scope, userinfo 403) or the service does"
      ),
    ],
    needs: [
      "one refused and one accepted token for `why401 token`",
      "the application's or gateway's log (which claim it wants)",
    ],
    fix: [
      """
      See what the mappers give for that user, before issuing anything: `kcadm.sh get \
      clients/ID/evaluate-scopes/generate-example-access-token -r REALM -q scope=openid -q \
      userId=USER_ID`
      """,
      """
      Add the missing mapper or default client scope (from 25 on `basic` carries `sub`), or \
      switch lightweight tokens off for the client: `kcadm.sh update clients/ID -r REALM -s \
      'attributes."client.use.lightweight.access.token.enabled"=false'`
      """,
      """
      For an unverified address: `kcadm.sh update users/USER_ID -r REALM -s emailVerified=true` \
      once it is checked, or in oauth2-proxy `--insecure-oidc-allow-unverified-email`
      """,
    ],
    verify: [
      "`printf %s \"$TOKEN\" | why401 token` shows the claim (fetch a new token first)",
      "`curl -i -H \"Authorization: Bearer $TOKEN\" https://HOST/PATH` answers 2xx",
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    var w = Weight(.claimPrior)
    if Signals.words([.tokenClaim], group, scene, &w, odds: .claimSaid, "the refusal names a claim")
    {
      if profile.isPartyWide {
        w.note(.claimEveryClient, "every client is refused")
        if profile.acceptedBefore {
          w.note(.claimAcceptedBefore, "the service accepted the same tokens before")
        }
      }
      if Signals.isMute(group),
        let client = AudienceMismatch.onlyRefusedClient(group, profile, scene)
      {
        w.add(
          .claimOneIssuedTo,
          "tokens issued to \(client.name) are refused, those of another client pass",
          [client.issued, client.refused], beside: client.others,
          alone: "tokens issued to \(client.name) are refused")
      }
      mapperChanged(group, profile, scene, &w)
      return w
    }
    if let told = introspectedWell(group, profile, scene) { return told }
    mapperChanged(group, profile, scene, &w)
    guard Signals.isMute(group), group.status == 401,
      let client = AudienceMismatch.onlyRefusedClient(group, profile, scene)
    else { return w.supports.isEmpty ? nil : w }
    w.add(
      .claimOneIssuedTo,
      "tokens issued to \(client.name) are refused, those of another client pass: a claim may be what they lack",
      [client.issued, client.refused], beside: client.others,
      alone: "tokens issued to \(client.name) are refused: a claim may be what they lack")
    return w
  }

  /// One client's tokens are refused that it got after somebody changed what tokens hold.
  private static func mapperChanged(
    _ group: Group, _ profile: Profile, _ scene: Scene, _ weight: inout Weight
  ) {
    guard Signals.isMute(group), group.status == 401, profile.isNarrow, profile.gotToken,
      group.circumstances.credentials != .absent, !scene.isSurelyEmpty(group),
      let change = AdminChanges.cause(of: group, in: scene.adminChanges.mappers, scene)
    else { return }
    weight.add(
      .claimMapperChanged,
      "a mapper or scope was changed, and a token that was got since then is refused",
      [change.citation], beside: OtherSide.token(of: group, since: change.time, scene),
      alone: "a mapper or scope was changed before")
  }

  /// Keycloak says that the tokens are good, and the service refuses them all the same.
  private static func introspectedWell(
    _ group: Group, _ profile: Profile, _ scene: Scene
  ) -> Weight? {
    guard profile.isNarrow, let good = GoodIntrospections.of(group, scene) else { return nil }
    // That the same user is introspected each time is no chance.
    let users = Dictionary(grouping: good) { scene.text($0.user) }.mapValues(\.count)
    guard let user = users.first(where: { $0.value * 10 >= good.count * 8 }) else { return nil }
    var w = Weight(.claimPrior)
    w.add(
      .claimIntrospectedWell,
      "Keycloak says that these tokens are good, and the service refuses them all the same",
      good.prefix(3).map(\.citation) + Signals.rows(group, scene))
    let changes = Signals.adminEvents(scene, before: profile.first, within: 60) {
      scene.text($0.resourcePath) == "users/" + user.key
    }
    if !changes.isEmpty {
      w.add(.claimUserChanged, "the user was changed before", changes.map(\.citation))
    }
    return w
  }
}
