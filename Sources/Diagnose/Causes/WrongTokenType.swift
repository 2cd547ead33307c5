internal import Evidence

/// ID or refresh token sent as access token.
enum WrongTokenType: WeighedCause {
  static let page = CausePage(
    cause: .tokenWrongType,
    title: "ID or refresh token sent as access token",
    summary:
      """
      The client sends the ID token or the refresh token where the access token belongs. \
      Keycloak returns all three in one answer, and they look alike.
      """,
    decides: [
      "The claim `typ` of the presented token is `ID`, `Refresh` or `Offline`.",
      """
      The refusal names the type or an HMAC signature: `invalid_token_type`, `Token type is \
      incorrect. Expected …`, `Algorithm of 'HS512' is not allowed` with typ Refresh.
      """,
    ],
    supports: [
      """
      The token's audience is the client's own id (an ID token), or an issuer URL (a refresh \
      token).
      """,
      """
      Refresh tokens are signed with HS256 or HS512 and a key id that the JWKS never publishes, \
      so the refusal may speak of an unknown key.
      """,
    ],
    against: [
      "The same client's tokens of typ `Bearer` are refused as well."
    ],
    lookAlikes: [
      (
        .tokenAudienceMismatch,
        """
        the claim `typ`: ID with the client itself as audience, or Bearer with an audience that \
        lacks this service
        """
      ),
      (
        .tokenAlgorithm,
        """
        the claim `typ`: an HS-signed token of typ Refresh was picked from the wrong field; one \
        of typ Bearer was really signed that way
        """
      ),
      (
        .keysRotated,
        """
        an unknown key of a refresh token comes from one client only; a key change hits fresh \
        access tokens of all clients
        """
      ),
    ],
    needs: [
      "a capture at the first hop, or one presented token for `why401 token`",
      "the application's log (the library's words)",
    ],
    fix: [
      """
      In the client, take the field `access_token` of the token answer, not `id_token` and not \
      `refresh_token`.
      """,
      """
      In oauth2-proxy, pass the access token on: `--pass-access-token --set-xauthrequest` and \
      read `X-Auth-Request-Access-Token`; `--set-authorization-header` passes the ID token.
      """,
      """
      Let the service check `typ` and say so in its answer: Keycloak's access tokens carry `typ` \
      Bearer (DPoP when bound to a key).
      """,
    ],
    verify: [
      "`printf %s \"$TOKEN\" | why401 token` shows `typ` Bearer and an RS, PS or ES algorithm",
      "`curl -i -H \"Authorization: Bearer $TOKEN\" https://HOST/PATH` answers 2xx",
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    var w = Weight(.wrongTypePrior)
    let isOther = { (token: BearerToken) in
      ["ID", "Refresh", "Offline"].contains(scene.text(token.type))
    }
    if WireTokens.share(group, scene, isOther) > 0.5 {
      w.add(
        .wrongTypeTypOnWire, "the captured token is no access token (typ)",
        WireTokens.citations(group, scene, isOther))
      return w
    }
    let error = Signals.backError(group, scene)
    if error == "invalid_token_type" {
      w.add(
        .wrongTypeSaidByKeycloak, "Keycloak says: invalid_token_type", Signals.events(group, scene))
      return w
    }
    if let s = group.answer.statement, s == .tokenAlgorithm {
      let hmac = group.answer.words.contains("HS512") || group.answer.words.contains("HS256")
      w.add(
        hmac ? .wrongTypeHmac : .wrongTypeAlgorithm,
        hmac
          ? "the token is signed with HMAC, as Keycloak signs refresh tokens"
          : "the algorithm of the token is refused", group.answer.citations)
      return w
    }
    if Signals.words(
      [.tokenType], group, scene, &w, odds: .wrongTypeSaid, isLast: false,
      "the refusal names the token's type")
    {
      if profile.acceptedBefore {
        w.note(.wrongTypeAcceptedBefore, "the service accepted the same tokens before")
      }
      return w
    }
    if Signals.isMute(group), profile.isNarrow,
      Signals.length([.tokenAlgorithm], group, scene, &w)
    {
      if RefusedAlgorithm.newKeys(group, scene) != nil {
        w.note(
          .wrongTypeSignedAnew,
          "Keycloak made keys of another algorithm before these tokens were issued")
      } else {
        w.note(
          .wrongTypeAlgorithmBySize,
          "an algorithm is refused only where a token of another kind is sent")
      }
      if scene.tokenCallsTell, profile.isStranger {
        w.note(.wrongTypeNeverGotToken, "these clients never got a token here, of whatever kind")
      }
      return w
    }
    // Keycloak signs refresh tokens with HMAC, by keys whose ids have 36 characters.
    if Signals.isMute(group), profile.isNarrow, profile.gotToken, group.hasUUIDKeyIDLength,
      !Logins.areOfClients(group, scene), Signals.length([.tokenUnknownKey], group, scene, &w)
    {
      w.note(
        .wrongTypeHmacKeyBySize, "the key id has the length of those of Keycloak's keys for HMAC")
      return w
    }
    return nil
  }
}
