internal import Evidence

/// The service was given a wrong Keycloak address.
enum WrongKeycloakURL: WeighedCause {
  static let page = CausePage(
    cause: .resourceServerURLWrong,
    title: "The service was given a wrong Keycloak address",
    summary:
      """
      The service or gateway was given an address, realm URL or end-point that is not this \
      Keycloak's, so it gets no keys or answers from it.
      """,
    decides: [
      """
      It asks `localhost`, another port or another path and is refused, or gets 404 or HTML \
      there, while Keycloak answers others.
      """,
      """
      Its log names what came back: `Missing required "keys" member`, `Malformed Jwk set`, \
      `unsupported protocol scheme ""`, or 404 at the introspection URL.
      """,
    ],
    supports: [
      "It has never worked since the deploy of that service.",
      "This service only; others reach Keycloak.",
    ],
    against: [
      "It worked before with the same settings."
    ],
    lookAlikes: [
      (
        .netpolDrop,
        "whether it ever worked: a wrong address never did, a blocked one did until one moment"
      ),
      (
        .keycloakDown,
        "how many callers fail: this service, or every one"
      ),
      (
        .tokenIssuerMismatch,
        "what fails: fetching from the address, or the text of `iss` only, with the keys in hand"
      ),
      (
        .ingressWrongPath,
        """
        how many callers get the 404: one service with its own spelling, or everybody through \
        that edge
        """
      ),
    ],
    needs: [
      "the application's or gateway's log and settings",
      "Keycloak's HTTP access log (which paths were asked)",
    ],
    fix: [
      """
      See what it was given: `kubectl -n NS get deploy/APP -o yaml | grep -iE \
      'issuer|jwks|realm|keycloak|https?://'`
      """,
      """
      Take the addresses from discovery: `curl -s \
      https://KEYCLOAK_HOST/realms/REALM/.well-known/openid-configuration | jq \
      '{issuer,jwks_uri,introspection_endpoint,userinfo_endpoint,token_endpoint}'` (versions \
      before 17 have `/auth` before `/realms`)
      """,
      """
      Correct and restart: `kubectl -n NS set env deploy/APP \
      ISSUER_VARIABLE=https://KEYCLOAK_HOST/realms/REALM` (or its ConfigMap, then `kubectl -n NS \
      rollout restart deploy/APP`)
      """,
    ],
    verify: [
      """
      `kubectl -n NS exec deploy/APP -- curl -sS -m 5 \
      https://KEYCLOAK_HOST/realms/REALM/protocol/openid-connect/certs` prints a JSON with \
      `keys`, at exactly the URL of the settings
      """,
      "`curl -i -H \"Authorization: Bearer $TOKEN\" https://HOST/PATH` answers 2xx",
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    var w = Weight(.keycloakURLPrior)
    let missed = CheckersCalls.missed(group, scene)
    let isOpen =
      Signals.isMute(group) || CheckersCalls.isNotFound(group)
      || group.answer.statement == .keysUnavailable
    if !missed.isEmpty, isOpen, group.circumstances.credentials != .absent,
      !group.circumstances.isProbe, !scene.isSurelyEmpty(group)
    {
      w.add(
        .keycloakURLNothingThere, "Keycloak has nothing at the address that the service asks",
        missed)
    }
    if let other = CheckersCalls.ofAnotherRealm(group, scene) {
      w.add(
        .keycloakURLOtherRealm,
        "the service asks in realm \(other.realm), which does not know it; in another it is known",
        other.lines)
    }
    let strange = CheckersCalls.strange(group, scene)
    if !strange.isEmpty, isOpen, group.circumstances.credentials != .absent {
      w.add(
        .keycloakURLOtherPage,
        "within each refusal the service asks Keycloak for something that no checking party needs",
        strange)
    }
    if isOpen, group.circumstances.credentials != .absent, !scene.isSurelyEmpty(group),
      asksUserinfo(group, scene)
    {
      w.add(
        .keycloakURLUserinfo,
        "with its refusals the service asks Keycloak's userinfo, which finds no token in the request",
        Signals.events(group, scene))
    }
    let own = CheckersCalls.toItself(group, scene)
    switch group.answer.statement {
    case .callWrongURL?:
      w.add(
        .keycloakURLSaid,
        "the address answers, but not as that end-point: “\(Signals.shorten(group.answer.words))”",
        group.answer.citations)
    case .keysUnavailable? where isOtherPage(group, profile):
      w.add(
        .keycloakURLNoKeySet,
        "what the address answers is no key set, and Keycloak serves others: “\(Signals.shorten(group.answer.words))”",
        group.answer.citations)
    case .callHTTPError? where CheckersCalls.isNotFound(group):
      w.add(
        .keycloakURLNotFound,
        "the address that is asked is not found: “\(Signals.shorten(group.answer.words))”",
        group.answer.citations)
    case _ where !own.isEmpty && !Signals.isMute(group):
      w.add(.keycloakURLLoopback, "the service looks for Keycloak at its own loopback address", own)
    case .callRefused? where CheckersCalls.isAloneRefused(group, profile, scene):
      w.add(
        .keycloakURLRefusedAlone, "the connection is refused while Keycloak serves others",
        group.answer.citations)
      if profile.servedBefore > 3 {
        w.note(.keycloakURLWorkedBefore, "the service served clients before")
      }
    default:
      if Signals.isMute(group), profile.isPartyWide, profile.servedBefore == 0,
        profile.inTrouble == 0, !profile.isSlow, Health.keycloakServed(profile, scene),
        Signals.length([.callRefused, .callWrongURL], group, scene, &w)
      {
        w.note(
          .keycloakURLRefusedFromStart,
          "the service refuses at once from the first request on, while Keycloak serves others")
      } else if Signals.isMute(group), profile.isPartyWide, !profile.isSlow,
        profile.inTrouble == 0, (group.byLength[.callWrongURL] ?? 0) >= 0.15
      {
        _ = Signals.length([.callWrongURL], group, scene, &w)
      }
    }
    return w.supports.isEmpty ? nil : w
  }

  /// mod_auth_openidc got an answer that is no JSON where it looks for keys, refuses everybody since then, and Keycloak is in
  /// no trouble: another program answers there (`oidc_metadata_jwks_retrieve_and_cache`).
  private static func isOtherPage(_ group: Group, _ profile: Profile) -> Bool {
    group.answer.words.contains("JSON parsing of JWKs") && profile.inTrouble == 0
      && profile.isPartyWide
  }

  /// Keycloak's events of a service's own calls: userinfo looks for an access token in the header or for `access_token`
  /// in the form (RFC 6750 section 2); an introspection that is sent there has `token` (RFC 7662 section 2.1).
  private static func asksUserinfo(_ group: Group, _ scene: Scene) -> Bool {
    guard Signals.backError(group, scene) == "invalid_token",
      Signals.backReason(group, scene) == "Missing token"
    else { return false }
    let rows = group.rows.prefix(100)
    let asked = rows.count { i in
      scene.event(scene.exchange(i).backEvent).map {
        scene.text($0.type) == "USER_INFO_REQUEST_ERROR"
      } ?? false
    }
    return asked * 2 > rows.count
  }
}
