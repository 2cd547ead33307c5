internal import Evidence

/// Realm keys changed.
enum RotatedKeys: WeighedCause {
  static let page = CausePage(
    cause: .keysRotated,
    title: "Realm keys changed",
    summary:
      """
      The realm's signing keys changed. Either a verifier still holds the old key set and \
      refuses new tokens, or tokens signed with a disabled key are refused everywhere.
      """,
    decides: [
      """
      An admin event on a `COMPONENT` of the key providers at the onset, or a new key id in \
      tokens from then on.
      """,
      """
      401s of fresh tokens begin at that moment in one service (stale cache), or tokens with the \
      old key id die everywhere (old key disabled).
      """,
      """
      The refusal names a key: `Jwks doesn't have key to match kid or alg from Jwt`, `Unable to \
      find a signing key that matches`, `no matching key(s) found`, `Key not found`.
      """,
    ],
    supports: [
      "Fresh tokens fail while the same client's older token still passes.",
      """
      It ends service by service, at a restart or the next fetch of the JWKS; introspecting \
      services stay healthy.
      """,
      "The JWKS answer grew (a key was added).",
    ],
    against: [
      "Network errors stand just before the unknown-key message: then the fetch is the problem."
    ],
    lookAlikes: [
      (
        .tokenOtherRealm,
        "the claim `iss`: this realm with a new key id, or another realm"
      ),
      (
        .resourceServerKeysUnavailable,
        "whether the key set could be fetched: a stale set after a key change, or no set at all"
      ),
      (
        .keycloakDown,
        """
        an error of the JWKS fetch (connection refused, 502, 503) just before the unknown-key \
        message
        """
      ),
      (
        .tokenBadSignature,
        "whether the key id is published, and whether one client or all are refused"
      ),
    ],
    needs: [
      "one refused token for `why401 token` (its kid)",
      """
      Keycloak's log at `--log-level=info,org.keycloak.events:debug` (admin events) and its HTTP \
      access log (JWKS fetches)
      """,
      "the application's or gateway's log",
    ],
    fix: [
      """
      Publish the old key again for as long as its tokens live, as passive: `kcadm.sh get \
      components -r REALM -q type=org.keycloak.keys.KeyProvider --fields id,name,config` then \
      `kcadm.sh update components/ID -r REALM -s 'config.enabled=["true"]' -s \
      'config.active=["false"]'`
      """,
      "Make the stale verifier fetch the keys: `kubectl -n NS rollout restart deploy/APP`",
      """
      Shorten the caches. Envoy: `remote_jwks: {cache_duration: 300s}`; Istio: \
      `PILOT_JWT_PUB_KEY_REFRESH_INTERVAL` of istiod (20m by default); in libraries, fetch again \
      on an unknown kid.
      """,
      """
      Next time: add the new key with lower priority, wait one cache time, then raise its \
      priority, and disable the old key one token lifetime later.
      """,
    ],
    verify: [
      """
      `kcadm.sh get keys -r REALM --fields 'active,keys(kid,status,algorithm,use)'` shows the \
      new key ACTIVE and the old one PASSIVE
      """,
      """
      `curl -s https://KEYCLOAK_HOST/realms/REALM/protocol/openid-connect/certs | jq -r \
      '.keys[].kid'` contains the kid that `printf %s "$TOKEN" | why401 token` shows
      """,
      """
      `curl -i -H "Authorization: Bearer $TOKEN" https://HOST/PATH` answers 2xx with a token of \
      the new key
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    var w = Weight(.rotatedPrior)
    // Kong's plug-in has one key for a realm and does not look which one signed.
    let isPinned = group.rows.first.map { KongLengths.isOwn(scene.exchange($0).request) } ?? false
    let said = Signals.words(
      isPinned ? [.tokenUnknownKey, .tokenSignature] : [.tokenUnknownKey], group, scene, &w,
      odds: .rotatedSaid,
      isPinned
        ? "the refusal says the signature does not fit the key"
        : "the refusal says the key is unknown")
    if isPinned, said, profile.acceptedBefore || profile.isPassing {
      w.note(
        .rotatedPinnedAccepted,
        "tokens that were accepted before are refused: the gateway changed, not the realm's key")
    }
    let changes = Keys.changes(scene, before: profile.first)
    // Groups are of single clients; a moment that all share is seen from farther away.
    let isCutover = scene.cutovers.of(group) != nil
    if !said || Signals.isMute(group) {
      if Restarts.isRestartOf(group, profile, scene, statement: .tokenUnknownKey) {
        w.add(
          .rotatedRestart,
          "these answers stand among refusals for an unknown key, as when the service is restarted",
          Signals.rows(group, scene),
          beside: OtherSide.said(.tokenUnknownKey, before: group, within: 15, scene),
          alone: "the service is away for a moment, as when it is restarted")
        return w
      }
      // A size alone hints at a key only when little else has that size.
      let hinted =
        said
        && (isPinned || (group.byLength[.tokenUnknownKey] ?? 0) >= 0.35)
      let spread =
        !profile.sufferers.isEmpty && profile.isPartyWide && profile.servedBefore > 3
        && profile.median < 60_000 && profile.inTrouble == 0
        && !scene.isSurelyEmpty(group)
      let survivor = spread ? Contrast.introspectorServed(group, profile, scene) : nil
      guard Signals.isMute(group),
        !changes.isEmpty || spread || isCutover
          || hinted && profile.clientsFailing >= 2 && profile.servedBefore > 3
      else { return nil }
      if let survivor {
        w.add(
          .rotatedIntrospectorServed,
          "several services refuse everybody at once, while one that asks Keycloak about tokens goes on serving",
          Array(Signals.rows(group, scene).prefix(2))
            + OtherSide.sufferers(profile, scene).prefix(1),
          beside: [survivor], alone: "several services refuse everybody at once")
      } else if spread, changes.isEmpty {
        let several = OtherSide.severalFail(group, profile, scene)
        w.add(
          .rotatedServicesAtOnce,
          "several services refuse everybody at once and quickly, "
            + (several.isKeycloakReached ? "while the edge reaches Keycloak, " : "")
            + "as with keys that they do not know yet",
          several.lines, beside: several.others,
          alone: "the service refuses everybody at once and quickly")
      }
    }
    if changes.isEmpty, profile.isPartyWide,
      profile.sufferers.isEmpty || profile.sameServedElsewhere >= 3,
      profile.acceptedBefore
    {
      w.note(.rotatedAcceptedBefore, "the service accepted the same tokens before")
    } else if changes.isEmpty, profile.isPartyWide, profile.areOldTokensRefused {
      w.note(.rotatedOldTokensToo, "tokens from before are refused like new ones")
      if Contrast.isServedByCheckers(group, profile, scene) {
        w.note(
          .rotatedOthersTakeThem,
          "other services that do not ask Keycloak serve several of these clients meanwhile")
      }
    }
    if changes.isEmpty, !said || Signals.isMute(group),
      scene.file.observations.adminEvents.contains(where: { $0.time <= profile.first })
    {
      w.note(
        .rotatedAdminEventsLogged, "Keycloak logs what administrators do, and nobody touched keys")
    }
    if scene.tokenCallsTell, !profile.mayHaveToken || profile.isStranger {
      w.note(.rotatedNeverGotToken, "these clients never got a token here")
    }
    if !changes.isEmpty {
      w.add(.rotatedKeyChange, Keys.change(scene, before: profile.first), changes)
    }
    if Signals.isMute(group), !group.byLength.isEmpty, group.byLength[.tokenUnknownKey] == nil,
      !(isPinned && said)
    {
      w.note(.rotatedOtherSize, "the size of the answer fits no complaint about a key")
    }
    if group.hasForeignKeyIDLength {
      w.note(.rotatedForeignKeyID, "the key id does not have the length of Keycloak's key ids")
    }
    if changes.isEmpty, scene.deployments.change(of: group.party, near: group.stretch.first) != nil
    {
      w.note(
        .rotatedSinceDeployed,
        "another instance of the service answers since then, which fetched its keys anew")
    }
    if changes.isEmpty, group.circumstances.answerer == .gatewayFilter, profile.isPartyWide,
      let reload = scene.reload(near: profile.first)
    {
      w.add(
        .rotatedSinceReload, "the gateway's configuration was reloaded at the onset", [reload])
    }
    if profile.servedBefore > 3 {
      w.note(.rotatedWorkedBefore, "the service served clients before")
    }
    if Signals.isMute(group) || !said, Contrast.recoversWithOthers(group, profile, scene) {
      w.note(
        .rotatedRecoversWithOthers,
        "several services recover at the same moment, as when what all of them need comes back")
    }
    if Signals.isMute(group), profile.isNarrow, profile.othersServed >= 10, !isCutover {
      w.note(
        .rotatedOthersServed, "\(profile.othersServed) requests of others were served meanwhile")
    }
    if profile.clientsFailing >= 2, profile.servedBefore > 0 {
      w.note(.rotatedSeveralClients, "\(profile.clientsFailing) clients are refused alike")
    }
    if profile.clientsFailing <= 1, !isCutover, changes.isEmpty || Signals.isMute(group) {
      w.note(.rotatedOneClient, "only one client is refused")
    }
    let realms = Realms.tokenRealms(group, scene)
    if realms.isForeignToParty {
      w.note(.rotatedOtherRealm, "the client gets its tokens from realm \(realms.name)")
    }
    if changes.isEmpty, profile.servedBefore == 0 {
      w.note(.rotatedNeverWorked, "no line shows the service serve a client before")
    }
    return w
  }
}
