internal import Evidence

/// What became of the same tokens and sessions at other times and places.
extension WireProof {
  // MARK: The same token before

  mutating func history(_ profile: Profile) {
    let mine = accepted?.credentials ?? [:]
    let here = tokens.filter { mine[$0.token.hash].map { s in s.count > 0 } ?? false }
    let before = here.filter { pair in
      (mine[pair.token.hash]?.first).map { $0 < pair.view.time } ?? false
    }
    let elsewhere = tokens.filter {
      scene.wire.everywhere.credentials[$0.token.hash] != nil && mine[$0.token.hash] == nil
    }
    let altered = tokens.filter { pair in
      let known = scene.wire.everywhere.claims[pair.token.claimsHash]
      return known != nil && known?.hash != pair.token.hash
        && scene.wire.everywhere.credentials[pair.token.hash] == nil
    }
    if altered.count * 10 >= tokens.count * 6 {
      let cut = altered.count { pair in
        scene.wire.everywhere.claims[pair.token.claimsHash]?.length != pair.token.length
      }
      let proof = Array(altered.prefix(2).map(\.view.citation))
      if cut * 2 > altered.count {
        add(
          [.tokenMalformed], .wireCut,
          "the same claims are known in a token of another length: these are cut",
          proof, beside: known(altered), alone: "these tokens are cut")
      } else {
        add(
          [.tokenBadSignature], .wireAlteredSignature,
          "a token with the same claims and another signature is known", proof,
          beside: known(altered), alone: "the signature of these tokens was changed")
      }
    }
    let known = before.count + elsewhere.count
    if known * 10 >= tokens.count * 6 {
      let lines = (before + elsewhere).prefix(2).map(\.view.citation)
      let usesBefore = before.prefix(2).compactMap { mine[$0.token.hash]?.citation }
      let uses =
        usesBefore
        + elsewhere.prefix(2).compactMap {
          scene.wire.everywhere.credentials[$0.token.hash]?.citation
        }
      add(
        [.tokenBadSignature, .tokenAlgorithm, .tokenWrongType], .wireSameTokenServed,
        "the very same token is accepted at another time or service", Array(lines),
        beside: uses, alone: "the tokens are well-formed")
      if before.count * 2 > tokens.count {
        add(
          [.tokenOtherRealm, .tokenIssuerMismatch, .tokenAudienceMismatch],
          .wireSameTokenServedHere,
          "the service accepted the very same token before", Array(lines),
          beside: usesBefore, alone: "the tokens are well-formed")
      }
    }
    sessions(known: known, profile)
  }

  mutating func sessions(known: Int, _ profile: Profile) {
    let ended = tokens.filter { pair in
      guard !pair.token.session.isNone, let end = scene.wire.ended[pair.token.session] else {
        return false
      }
      return end.first < pair.view.time
    }
    if ended.count * 2 > tokens.count, let first = ended.first,
      let end = scene.wire.ended[first.token.session]
    {
      add(
        [.sessionLoggedOut], .wireSessionEnded,
        "the tokens' sessions were ended before (a captured logout)",
        [end.citation, first.view.citation])
      return
    }
    guard group.status == 401, Signals.isMute(group), !profile.isPartyWide,
      profile.timeout == nil, profile.median < 900_000, isFaultless()
    else { return }
    let admin = scene.wire.administered.first { $0.first <= tokens[0].view.time }
    let isKnown = known * 10 >= tokens.count * 6
    // RFC 6750 §3.1: `invalid_token` is no matter of scope or role.
    guard isKnown || group.answer.words.contains("invalid_token") else { return }
    let faultless =
      "nothing is wrong with the refused tokens themselves (exp, iss, aud, kid), so that their sessions may be over or their signatures wrong"
    let text =
      isKnown
      ? "unexpired tokens are refused here that are accepted elsewhere, as when their sessions are over"
      : faultless
    let seen = scene.wire.everywhere.credentials
    let uses = tokens.prefix(20).compactMap { seen[$0.token.hash]?.citation }.prefix(1).map { $0 }
    func tell(_ causes: [CauseID], _ odds: Odds, _ more: [Citation] = []) {
      if isKnown {
        add(causes, odds, text, more + lines(), beside: uses, alone: faultless)
      } else {
        add(causes, odds, text, more + lines())
      }
    }
    tell(
      [.sessionRevoked],
      admin == nil ? (isKnown ? .wireSessionOverElsewhere : .wireSessionOver) : .wireRevokedByAdmin,
      admin.map { [$0.citation] } ?? [])
    tell([.sessionLoggedOut], isKnown ? .wireLoggedOutElsewhere : .wireLoggedOut)
    if !isKnown { tell([.tokenBadSignature], .wireSignatureLeft) }
    tell([.userRoleMissing, .tokenClaimRejected], .wireNoRoleNorClaim)
  }

  /// Unexpired, of an issuer and a key that the service accepts, with the audience of accepted ones.
  func isFaultless() -> Bool {
    let issuers = (accepted ?? scene.wire.everywhere).issuers
    let keys = (accepted ?? scene.wire.everywhere).keys
    let audience = (accepted?.credentials.count ?? 0) >= 3 ? accepted?.audience ?? [] : []
    return share { token, view in
      (token.expires == 0 || Double(token.expires) > view.seconds + 1)
        && issuers[token.issuer] != nil && keys[token.keyID] != nil
        && Set(scene.text(token.audience).split(separator: " ")).isSuperset(of: audience)
    } > 0.8
  }

  /// Where the claims of altered tokens stand in others.
  private func known(_ altered: [(token: BearerToken, view: WireView)]) -> [Citation] {
    altered.prefix(2).compactMap { scene.wire.everywhere.claims[$0.token.claimsHash]?.citation }
  }

  // MARK: What the service asked Keycloak

  /// Keycloak called the tokens not active: for whom they were meant, and whether it called others
  /// active for the same caller.
  mutating func introspection() {
    var refused: [(leg: Request, token: BearerToken)] = []
    for i in group.rows.prefix(2000) {
      let back = scene.exchange(i).wireBack
      guard back >= 0 else { continue }
      let leg = scene.file.legs[Int(back)]
      guard scene.text(leg.reason) == "active: false", leg.presented >= 0,
        Int(leg.presented) < scene.file.observations.tokens.count
      else { continue }
      refused.append((leg, scene.file.observations.tokens[Int(leg.presented)]))
    }
    guard refused.count >= 2 else { return }
    let proof = refused.prefix(3).map(\.leg.citation)
    add(
      [.ingressAuthHeaderStripped, .tokenMissing, .benignNoToken, .benignFirstCallBeforeLogin],
      .wirePassedOn,
      "the service passed a token on to Keycloak, which called it not active", proof)
    let lacking = refused.count { leg, token in
      guard let good = scene.wire.introspected[leg.oauthClient], good.tokens >= 2,
        !good.audience.isEmpty
      else { return false }
      return !Set(scene.text(token.audience).split(separator: " ")).isSuperset(of: good.audience)
    }
    if lacking * 10 >= refused.count * 8 {
      add(
        [.tokenAudienceMismatch], .wireAudienceInactive,
        "Keycloak calls tokens active that are meant for this service (aud), and these are not",
        proof)
    }
  }
}
