internal import Evidence

/// Token changed or signed by someone else.
enum BadSignature: WeighedCause {
  static let page = CausePage(
    cause: .tokenBadSignature,
    title: "Token changed or signed by someone else",
    summary:
      """
      The signature of the token does not fit its content, although the key it names is known: \
      the token was changed on the way, or signed by somebody else.
      """,
    decides: [
      """
      The refusal says so and the key id is in the published key set: `Invalid token signature`, \
      `Jwt verification fails`, `Signature verification failed`, `Signed JWT rejected: Invalid \
      signature`.
      """,
      """
      The claims of the presented token differ from those that Keycloak issued under the same \
      `jti`.
      """,
    ],
    supports: [
      "A token seconds old is refused while the same client's untouched tokens pass.",
      "The service fetches the key set once per refusal and still refuses.",
    ],
    against: [
      "Every client is refused from one moment on: then the keys, not the tokens."
    ],
    lookAlikes: [
      (
        .keysRotated,
        """
        the key id of the refused token: in the published key set for a changed token, new or no \
        longer published after a key change; and one client against all
        """
      ),
      (
        .tokenMalformed,
        "the refusal speaks of the signature (content) or of segments, padding, JSON (form)"
      ),
      (
        .tokenOtherRealm,
        """
        the claim `iss`: this realm for a changed token, another realm or server for a genuine \
        foreign one
        """
      ),
      (
        .tokenExpired,
        """
        the age at use: introspection of 26.x words both alike (`Access token JWT check \
        failed`); a changed token is refused while young
        """
      ),
    ],
    needs: [
      "one refused token for `why401 token`, or a capture at the first hop",
      "the application's log (the library's words)",
      "Keycloak's log at `--log-level=info,org.keycloak.events:debug` (the `jti` as issued)",
    ],
    fix: [
      """
      Find what touches the token between Keycloak and the service: proxies that rewrite \
      headers, code that decodes and encodes it again, stores with a length limit or a character \
      set. Pass it on byte for byte.
      """,
      """
      Compare with the published keys: `curl -s \
      https://KEYCLOAK_HOST/realms/REALM/protocol/openid-connect/certs | jq -r '.keys[].kid'`
      """,
      """
      If nothing on the way changes it, treat it as forgery: end the sessions of that user or \
      client and look where the token came from: `kcadm.sh create users/USER_ID/logout -r REALM \
      -s realm=REALM -s user=USER_ID`
      """,
    ],
    verify: [
      """
      `printf %s "$TOKEN" | why401 token` at the client and at the service shows the same `jti`, \
      kid and length
      """,
      """
      `curl -i -H "Authorization: Bearer $TOKEN" \
      https://KEYCLOAK_HOST/realms/REALM/protocol/openid-connect/userinfo` does not say \
      `invalid_token` (scope openid needed)
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    var w = Weight(.badSignaturePrior)
    let said = Signals.words(
      [.tokenSignature], group, scene, &w, odds: .badSignatureSaid,
      "the refusal says the signature is wrong")
    if Signals.isMute(group), Signals.isGenericIntrospection(group, scene) {
      w.add(
        .introspectionFailed, "Keycloak, asked about the token, says that it is not valid",
        Signals.events(group, scene))
      if Contrast.ages(group, profile, scene) == .belowServed {
        w.note(
          .badSignatureNotTheirAge,
          "tokens as old are served elsewhere, so that their age is not the reason")
      }
      if scene.renewalGap(at: group.party) != nil {
        w.note(.badSignatureShortLivedIntrospected, "tokens are short-lived here")
      }
      if Contrast.servedBeforeSameActor(group, scene) == 0 {
        w.note(.badSignatureNeverServed, "no line shows this client served here before")
      }
    } else if Signals.isMute(group), !said {
      guard profile.isNarrow, profile.gotToken, group.circumstances.backError.isNone,
        group.circumstances.credentials != .absent, !scene.isSurelyEmpty(group),
        group.status == 401,
        !group.circumstances.isProbe, group.circumstances.method.isNone
      else { return nil }
      w.add(
        Contrast.isSpread(group, profile, scene) || group.circumstances.program == .neverServed
          ? .badSignatureOneClientElsewhereToo : .badSignatureOneClient,
        "one client is refused, while another that got a token is accepted: the token may be changed, broken or of another kind",
        Signals.rows(group, scene), beside: OtherSide.othersToken(group, profile, scene),
        alone: "one client is refused: its token may be changed, broken or of another kind")
      if scene.renewalGap(at: group.party) != nil, group.circumstances.program != .neverServed {
        w.note(.badSignatureShortLived, "tokens are short-lived here")
      }
      return w
    }
    if Signals.isMute(group), Contrast.refusalSizes(group, profile, scene) >= 2 {
      w.note(.badSignatureSeveralAnswers, "the client is refused in several ways")
    }
    if profile.isPartyWide {
      w.note(
        .badSignatureEveryClient,
        "every client is refused, which speaks of the keys rather than of one token")
    }
    if profile.isNarrow {
      w.note(.badSignatureOthersPass, "other clients' tokens pass on the same route")
    }
    return w
  }
}
