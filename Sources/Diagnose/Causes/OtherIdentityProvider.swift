internal import Evidence

/// Tokens of another identity provider.
enum OtherIdentityProvider: WeighedCause {
  static let page = CausePage(
    cause: .foreignOtherIDP,
    title: "Tokens of another identity provider",
    summary:
      """
      The tokens come from an identity provider that is not this Keycloak (a cloud platform, a \
      cluster's service accounts, another vendor), and the service does not trust it.
      """,
    decides: [
      "`iss` of the refused token belongs to another vendor.",
      """
      The key id has a form that Keycloak's never have (Keycloak's have 43 characters), from a \
      client that never got a token here.
      """,
    ],
    supports: [
      "A misdirected integration, a cloud load balancer or a Kubernetes service account token.",
      "The client succeeds at services of the other provider.",
    ],
    against: [
      "The client has token events in this Keycloak just before."
    ],
    lookAlikes: [
      (
        .tokenOtherRealm,
        "whether `iss` is a realm of one of your Keycloaks (`…/realms/NAME`)"
      ),
      (
        .keysRotated,
        "the form of the unknown kid and whether the client gets its tokens here"
      ),
      (
        .tokenIssuerMismatch,
        "whether `iss` is this realm under another address"
      ),
    ],
    needs: [
      "one refused token for `why401 token`",
      "Keycloak's log with success events (does the client ever get a token here?)",
    ],
    fix: [
      """
      Let the client fetch its token here: `curl -s -u CLIENT:$CLIENT_SECRET -d \
      grant_type=client_credentials \
      https://KEYCLOAK_HOST/realms/REALM/protocol/openid-connect/token`
      """,
      """
      Or let the service trust both. Istio: a second entry in `jwtRules` with `issuer: \
      OTHER_ISSUER` and its `jwksUri`; oauth2-proxy: \
      `--extra-jwt-issuers=OTHER_ISSUER=AUDIENCE`; Envoy: a second provider and `requires_any`
      """,
      """
      Or exchange the tokens at Keycloak, with the other provider configured as identity \
      provider of the realm (token exchange).
      """,
    ],
    verify: [
      "`printf %s \"$TOKEN\" | why401 token` shows `iss` = `https://KEYCLOAK_HOST/realms/REALM`",
      "`curl -i -H \"Authorization: Bearer $TOKEN\" https://HOST/PATH` answers 2xx",
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    var w = Weight(.otherIDPPrior)
    let isOther = { (issuer: String) in !issuer.isEmpty && !issuer.contains("/realms/") }
    if WireTokens.share(group, scene, issuer: isOther) > 0.5 {
      w.add(
        .otherIDPIssuerOnWire, "the captured token's issuer is no Keycloak realm",
        WireTokens.citations(group, scene) { isOther(scene.text($0.issuer)) })
      return w
    }
    let neverGot = scene.tokenCallsTell && (!profile.mayHaveToken || profile.isStranger)
    let said = Signals.words(
      [.tokenUnknownKey], group, scene, &w, odds: .otherIDPSaidUnknownKey,
      "the refusal says the key is unknown")
    guard
      said
        || Signals.isMute(group) && group.circumstances.credentials == .present
          && !profile.mayHaveToken
    else { return nil }
    if Signals.isMute(group), group.circumstances.credentials == .absent { return nil }
    if Signals.isMute(group), group.circumstances.credentials == .present, neverGot {
      let sent = Sent.of(group, scene)
      w.add(
        .otherIDPTokenFromElsewhere,
        "no line shows that the client got a token here, and " + sent.text,
        sent.lines, beside: sent.others,
        alone: "no line shows that the client got a token here, and " + sent.alone)
    }
    if KeyIDs.isForeign(group) || group.hasForeignKeyIDLength {
      w.add(
        Signals.isMute(group) ? .otherIDPForeignKeyIDBySize : .otherIDPForeignKeyID,
        Signals.isMute(group)
          ? "the size of the answer fits a key id without the 43 characters of Keycloak's key ids"
          : "the key id does not have the 43 characters of Keycloak's key ids",
        group.answer.citations + Signals.rows(group, scene))
    }
    if neverGot {
      w.note(.otherIDPNeverGotToken, "the client never got a token here")
    } else if !said {
      return nil
    } else if profile.mayHaveToken {
      w.note(
        Signals.isMute(group) ? .otherIDPGetsTokensBySize : .otherIDPGetsTokens,
        "the client gets tokens here")
    }
    if profile.isPartyWide { w.note(.otherIDPEveryClient, "every client is refused") }
    return w
  }
}
