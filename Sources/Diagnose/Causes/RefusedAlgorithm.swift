internal import Evidence

/// Signed in a way the verifier does not accept.
enum RefusedAlgorithm: WeighedCause {
  static let page = CausePage(
    cause: .tokenAlgorithm,
    title: "Signed in a way the verifier does not accept",
    summary:
      """
      The token is signed with an algorithm that the verifier was not told to accept, or has no \
      key id where the verifier needs one.
      """,
    decides: [
      """
      The refusal names it: `The specified alg value is not allowed`, `Algorithm of 'X' is not \
      allowed`, `Jwt header [alg] is not supported`.
      """,
      """
      `alg` in the token's header is not in the verifier's list, or is HS-something where RS256 \
      is expected.
      """,
    ],
    supports: [
      "It starts when the client's or realm's signature algorithm was changed.",
      """
      `Another algorithm expected, or no matching key(s) found` together with a key id that is \
      published, under another algorithm.
      """,
    ],
    against: [
      "The key id is unknown as well: then look at the keys first."
    ],
    lookAlikes: [
      (
        .tokenWrongType,
        "an HS512 token of typ Refresh is a refresh token in the wrong place"
      ),
      (
        .keysRotated,
        "whether the key id is in the key set: published with another `alg` here, absent there"
      ),
      (
        .tokenOtherRealm,
        "the claim `iss`, when the words only say that no matching key was found"
      ),
    ],
    needs: [
      "one refused token for `why401 token`",
      "the application's or gateway's log",
    ],
    fix: [
      """
      See which algorithm the client asks for: `kcadm.sh get clients/ID -r REALM | grep \
      signed.response.alg` and the realm: `kcadm.sh get realms/REALM --fields \
      defaultSignatureAlgorithm`
      """,
      """
      Set it to what the verifiers accept: `kcadm.sh update clients/ID -r REALM -s \
      'attributes."access.token.signed.response.alg"=RS256'`
      """,
      """
      Or extend the verifier's list. Spring: \
      `spring.security.oauth2.resourceserver.jwt.jws-algorithms=RS256,ES256`; PyJWT: \
      `algorithms=["RS256","ES256"]`; never allow `none` or HS beside a public key.
      """,
    ],
    verify: [
      "`printf %s \"$TOKEN\" | why401 token` shows the accepted `alg` and a kid",
      """
      `curl -s https://KEYCLOAK_HOST/realms/REALM/protocol/openid-connect/certs | jq -r \
      '.keys[]|[.kid,.alg,.use]|@tsv'` lists that kid with the same `alg`
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    guard group.answer.statement == .tokenAlgorithm else {
      return signedAnew(group, scene) ?? signedByHMAC(group, profile, scene)
        ?? signedElsewhere(group, profile, scene)
    }
    var w = Weight(.algorithmPrior)
    w.add(
      .algorithmSaid, "the refusal names the algorithm: “\(Signals.shorten(group.answer.words))”",
      group.answer.citations)
    if group.answer.words.contains("HS512") {
      w.note(.algorithmHmac, "HS512 is what Keycloak signs refresh tokens with")
    }
    return w
  }

  /// Keycloak's line on keys that it made for an algorithm that had none, if these tokens were issued since then.
  static func newKeys(_ group: Group, _ scene: Scene) -> Message? {
    guard let last = group.rows.last,
      let made = Keys.ofOtherAlgorithms(scene, before: scene.briefs[last].end).first,
      AdminChanges.areIssued(since: made.time, group, scene)
    else { return nil }
    return made
  }

  /// Keycloak made keys for an algorithm that had none, and what it signs since is refused.
  private static func signedAnew(_ group: Group, _ scene: Scene) -> Weight? {
    guard isOpen(group, scene), let made = newKeys(group, scene) else { return nil }
    var w = Weight(.algorithmPrior)
    w.add(
      .algorithmKeysGenerated,
      "Keycloak made keys for \(scene.text(made.subject)), and a token that it issued since then is refused",
      [made.citation], beside: OtherSide.token(of: group, since: made.time, scene),
      alone: "Keycloak made keys for \(scene.text(made.subject))")
    return w
  }

  /// A size alone hints at a key id of 36 characters, that of Keycloak's keys for HMAC, for tokens of a client that was
  /// changed before.
  private static func signedByHMAC(
    _ group: Group, _ profile: Profile, _ scene: Scene
  ) -> Weight? {
    guard isOpen(group, scene), profile.isNarrow, profile.gotToken, group.hasUUIDKeyIDLength
    else { return nil }
    var w = Weight(.algorithmPrior)
    guard Signals.length([.tokenUnknownKey], group, scene, &w) else { return nil }
    if Logins.areOfClients(group, scene) {
      w.note(
        .algorithmNoRefreshToken,
        "clients that log in by themselves get no refresh token that they could send instead")
    }
    guard let change = AdminChanges.cause(of: group, in: scene.adminChanges.clients, scene)
    else { return w }
    w.add(
      .algorithmClientChanged,
      "a client was changed, and a token that was got since then is refused for a key with an id of 36 characters, as Keycloak's for HMAC have",
      [change.citation], beside: OtherSide.token(of: group, since: change.time, scene),
      alone: "a client was changed before")
    return w
  }

  /// A size alone hints at the algorithm, and the tokens are not of this Keycloak.
  private static func signedElsewhere(
    _ group: Group, _ profile: Profile, _ scene: Scene
  ) -> Weight? {
    guard isOpen(group, scene), profile.isNarrow, scene.tokenCallsTell, profile.isStranger
    else { return nil }
    var w = Weight(.algorithmPrior)
    guard Signals.length([.tokenAlgorithm], group, scene, &w) else { return nil }
    w.note(.algorithmForeignSigner, "these clients never got a token here")
    return w
  }

  private static func isOpen(_ group: Group, _ scene: Scene) -> Bool {
    Signals.isMute(group) && group.status == 401 && group.circumstances.credentials != .absent
      && group.circumstances.backError.isNone && !scene.isSurelyEmpty(group)
  }
}
