internal import Evidence

/// Role missing.
enum RoleMissing: WeighedCause {
  static let page = CausePage(
    cause: .userRoleMissing,
    title: "Role missing",
    summary:
      """
      The user or client is authenticated, but lacks the role or scope for this route. Some \
      applications answer 401 where 403 is meant.
      """,
    decides: [
      """
      A valid token (right issuer and audience, not expired, accepted elsewhere) is refused on \
      some routes only.
      """,
      "The words are about rights: `insufficient_scope`, `RBAC: access denied`, a role's name.",
    ],
    supports: [
      "The same user gets 2xx elsewhere in the same minute with the same token.",
      "It began when a role mapping, a group or a policy was changed.",
    ],
    against: [
      "The same token is refused on all routes of the service."
    ],
    lookAlikes: [
      (
        .tokenAudienceMismatch,
        """
        Envoy's response details: `rbac_access_denied` or `Audiences_in_Jwt_are_not_allowed`; \
        else whether `aud` fits
        """
      ),
      (
        .tokenClaimRejected,
        """
        whether other routes of the same service accept the token: yes for a role, no for a \
        missing claim
        """
      ),
      (
        .clientScopeMissing,
        """
        who refuses: the application for a role, Keycloak (userinfo, token endpoint) for the \
        scope
        """
      ),
      (
        .tokenExpired,
        "the age at use, and whether the same token is served elsewhere in the same minute"
      ),
    ],
    needs: [
      "the application's or gateway's log (its own words)",
      "one refused token for `why401 token` (roles, scope)",
    ],
    fix: [
      """
      See what the user has: `kcadm.sh get-roles -r REALM --uusername USER --effective` and for \
      a client's roles `kcadm.sh get-roles -r REALM --uusername USER --cclientid SERVICE \
      --effective`
      """,
      """
      Give the role: `kcadm.sh add-roles -r REALM --uusername USER --cclientid SERVICE \
      --rolename ROLE` (a service account is the user `service-account-CLIENT`)
      """,
      """
      If the role is there but not in the token, add the scope `roles` to the client or switch \
      full scope on: `kcadm.sh update clients/ID -r REALM -s fullScopeAllowed=true`
      """,
      """
      In Istio, look at the policy that matched: `kubectl -n NS get authorizationpolicy -o \
      yaml`; let the application answer 403, so that clients do not log in again for nothing.
      """,
    ],
    verify: [
      """
      `printf %s "$TOKEN" | why401 token` shows the role (fetch a new token: old ones keep old \
      roles)
      """,
      "`curl -i -H \"Authorization: Bearer $TOKEN\" https://HOST/PATH` answers 2xx",
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    if group.endpoint == .admin { return administration(group, scene) }
    guard Signals.isApplication(group) else { return nil }
    var w = Weight(.rolePrior)
    if Signals.words(
      [.roleMissing, .accessForbidden, .scopeMissing], group, scene, &w, odds: .roleSaid,
      "the answer says the right is missing"), !Signals.isMute(group)
    {
      if profile.isPartyWide, Signals.isRefusedSinceReload(group, profile, scene) {
        w.note(.roleSinceReload, "everybody is refused since the edge's configuration was reloaded")
      }
      return w
    }
    guard Signals.isMute(group), !group.circumstances.isProbe else { return nil }
    if group.status == 403, group.circumstances.answerer != .edge, !group.circumstances.isCallback {
      w.add(
        .roleForbidden, "the answer is 403, which means authenticated but not allowed, as a rule",
        Signals.rows(group, scene))
      if profile.othersServed > 0 { w.note(.roleOthersServed, "others are served meanwhile") }
      if profile.isPartyWide { w.note(.roleEveryClient, "every client is refused") }
      if isForbiddenWithoutToken(group, scene) {
        w.note(
          .roleWithoutToken,
          "requests without a token get the same answer, so that roles are not the reason")
      }
      if profile.servedBefore + profile.sameServed + profile.othersServed + profile.servedAfter == 0
      {
        w.note(
          .roleNobodyServed, "no line shows anybody served, which one missing role does not explain"
        )
      }
      return w
    }
    guard group.status == 401, profile.isNarrow, group.circumstances.credentials != .absent,
      group.circumstances.backError.isNone
    else { return nil }
    // Services may answer a missing right as they answer no token.
    let isLikeEmpty = isOfRouteLikeEmpty(group, scene)
    let isOfRoute =
      isLikeEmpty
      || Contrast.isOfRouteOnly(group, scene) && !isOfStrangers(group, profile, scene)
    guard
      group.circumstances.credentials == .present || isOfRoute || profile.isForbiddenElsewhere
    else { return nil }
    if isOfRoute {
      w.add(
        .roleOfRoute, times: isLikeEmpty ? 0.5 : 1,
        "the same client is served on another route of the service meanwhile, hardly ever on this one",
        Signals.rows(group, scene),
        beside: OtherSide.servedElsewhere(group, profile, scene, bySameService: true),
        alone: "the clients are refused on this route")
    } else if group.circumstances.credentials == .present {
      let sent = Sent.of(group, scene)
      w.add(.roleWithToken, sent.text, sent.lines, beside: sent.others, alone: sent.alone)
    }
    if scene.isEmptySize(group) == true, !isLikeEmpty {
      w.note(
        .roleEmptySize, times: scene.emptySizeTrust(group.party),
        "the answer is that to no token although one was sent, as when a right is missing"
      )
    }
    if group.circumstances.afterFailedRenewal {
      w.note(.triedToRenew, "the clients' calls for a token had failed")
    }
    if profile.sameServedElsewhere > 0 {
      w.note(.roleServedElsewhere, "the same client is served elsewhere")
    }
    if profile.isForbiddenElsewhere {
      w.add(
        .roleForbiddenElsewhere, "the same client gets 403 at another service",
        Signals.rows(group, scene), beside: OtherSide.forbiddenElsewhere(group, scene),
        alone: "the client is refused at this service")
    }
    return w
  }

  /// Most of these clients never ask for a token, as others do: what they are served may be open to all.
  static func isOfStrangers(_ group: Group, _ profile: Profile, _ scene: Scene) -> Bool {
    guard scene.tokenCallsTell || scene.showsTokenCalls,
      group.circumstances.credentials != .present
    else { return false }
    let actors = Set(group.rows.prefix(2000).map { scene.briefs[$0].actor })
    let known = actors.count { actor in
      scene.tokenCallsOfActor[Int(actor)].contains { scene.briefs[$0].isSuccess }
    }
    return actors.count >= 5 && known * 5 <= actors.count
  }

  /// No line tells whether a token was sent, and these clients are refused on one route alone.
  static func isOfRouteLikeEmpty(_ group: Group, _ scene: Scene) -> Bool {
    scene.isEmptySize(group) == true && group.circumstances.credentials == .unknown
      && Signals.isMute(group) && group.status == 401
      && Contrast.isOfRouteOnly(group, scene, mayBeEmpty: true)
  }

  /// Requests without credentials are answered like the group's: the service says 403 where others say 401.
  private static func isForbiddenWithoutToken(_ group: Group, _ scene: Scene) -> Bool {
    scene.kinships.rows[Int(group.kin)].prefix(500).lazy.filter {
      scene.isScanner($0) || scene.credentials[$0] == .absent
    }.prefix(3).count >= 3
  }

  /// Keycloak's own interface answers 403 to a good token without a role of `realm-management`.
  private static func administration(_ group: Group, _ scene: Scene) -> Weight? {
    guard group.status == 403, group.circumstances.answerer != .edge else { return nil }
    var w = Weight(.roleAdminPrior)
    w.add(
      .roleAdminForbidden,
      "403 of Keycloak's Admin REST interface: the token is good, the role is missing",
      Signals.rows(group, scene))
    return w
  }
}
