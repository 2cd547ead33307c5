internal import Evidence

/// Token of another realm.
enum OtherRealmToken: WeighedCause {
  static let page = CausePage(
    cause: .tokenOtherRealm,
    title: "Token of another realm",
    summary:
      """
      A genuine token, but of another realm or another Keycloak: the client logs in at one place \
      and calls a service that trusts another.
      """,
    decides: [
      "The claim `iss` names another realm or another server than the one the service trusts.",
      "The token's key id was never part of this realm's key set.",
      """
      The other realm's log shows the token being issued: same `jti`, or same address and second \
      with another `realmName`.
      """,
    ],
    supports: [
      "Only one client or build is refused, and has been since its configuration was deployed.",
      "The same user or client succeeds at services of the other realm.",
    ],
    against: [
      "The service accepted tokens of this issuer before."
    ],
    lookAlikes: [
      (
        .keysRotated,
        "the claim `iss`: same realm with a new key id is a key change, another realm is not"
      ),
      (
        .tokenIssuerMismatch,
        """
        the realm name at the end of `iss`: the same realm under another host, port or path is \
        an issuer mismatch
        """
      ),
      (
        .foreignOtherIDP,
        """
        whether `iss` is a Keycloak of yours, and the key id's form: Keycloak's have 43 \
        characters
        """
      ),
      (
        .tokenBadSignature,
        "the claim `iss`: another realm here, this realm with a changed content there"
      ),
    ],
    needs: [
      "one refused token for `why401 token`, or a capture at the first hop",
      "Keycloak's log of both realms with success events",
    ],
    fix: [
      """
      Point the client at the realm that the service trusts: issuer or token URL \
      `https://KEYCLOAK_HOST/realms/REALM`, with a client registered there.
      """,
      """
      If both realms are meant to be accepted, add the second issuer. Istio: a second entry in \
      `spec.jwtRules` with `issuer: https://KEYCLOAK_HOST/realms/OTHER_REALM` and its `jwksUri`; \
      oauth2-proxy: `--extra-jwt-issuers=https://KEYCLOAK_HOST/realms/OTHER_REALM=AUDIENCE`; \
      Spring: `JwtIssuerAuthenticationManagerResolver`.
      """,
      """
      Look for test settings in production: `kubectl -n NS get deploy/CLIENT -o yaml | grep -iE \
      'realm|issuer'`
      """,
    ],
    verify: [
      "`printf %s \"$TOKEN\" | why401 token` shows `iss` = `https://KEYCLOAK_HOST/realms/REALM`",
      "`curl -i -H \"Authorization: Bearer $TOKEN\" https://HOST/PATH` answers 2xx",
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    var w = Weight(.otherRealmPrior)
    let said = Signals.words(
      [.tokenUnknownKey], group, scene, &w, odds: .otherRealmSaid,
      "the refusal says the key is unknown")
    let isIssuer =
      !said
      && Signals.words(
        [.tokenIssuer], group, scene, &w, odds: .otherRealmSaid,
        "the refusal says the issuer is wrong")
    guard said || isIssuer || Signals.isMute(group) else { return nil }
    let realms = Realms.tokenRealms(group, scene)
    // Of an issuer there are other reasons.
    if isIssuer, !realms.isForeignToParty || profile.isPartyWide { return nil }
    if realms.isForeignToParty, !profile.isPartyWide {
      w.add(
        said || isIssuer ? .otherRealmIssuedThereSaid : .otherRealmIssuedThere,
        "the client got its token from realm \(realms.name), another that is accepted got it elsewhere",
        realms.citations, beside: realms.others,
        alone: "the client got its token from realm \(realms.name)")
      if profile.sameServed == 0, group.count >= 3 {
        w.note(.otherRealmNeverServed, "no line shows the client served by this service")
      }
    } else if !said || Signals.isMute(group) {
      return nil
    } else {
      w.note(.otherRealmNotSeen, "no token call to another realm was seen")
    }
    if group.hasForeignKeyIDLength {
      w.note(.otherRealmForeignKeyID, "the key id does not have the length of Keycloak's key ids")
    }
    if profile.isPartyWide { w.note(.otherRealmEveryClient, "every client is refused") }
    return w
  }
}
