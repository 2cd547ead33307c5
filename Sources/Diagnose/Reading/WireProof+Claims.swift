internal import Evidence

/// What time, issuer, audience and key of the refused tokens prove or rule out.
extension WireProof {
  // MARK: Time

  mutating func age(_ profile: Profile) {
    let over = share { token, view in
      token.expires > 0 && Double(token.expires) < view.seconds - 1
    }
    let good = share { token, view in
      token.expires == 0 || Double(token.expires) > view.seconds + 1
    }
    if good > 0.8 {
      add(
        [.tokenExpired], .wireNotExpired, "the captured tokens had not expired when they were used",
        lines())
    } else if over > 0.8 {
      let newest = tokens.map { $0.view.seconds - Double($0.token.issuedAt) }.min() ?? 0
      let told = tokens.filter {
        $0.token.expires > 0 && Double($0.token.expires) < $0.view.seconds - 1
      }.prefix(2)
      let lines = told.map(\.view.citation)
      let least = told.map { $0.view.seconds - Double($0.token.expires) }.min() ?? 0
      let text =
        "the captured tokens had expired when they were used: `exp` was "
        + "\(WireProof.tenths(least)) s or more before"
      let skewed = scene.file.clocks.contains { $0.isKeycloak && abs($0.seconds) >= 20 }
      if skewed {
        add([.tokenExpired], .wireKeycloakClockOff, "Keycloak's own clock is off", lines)
      } else if newest > 5 {
        add([.tokenExpired], Signals.isMute(group) ? .wireExpired : .wireExpiredSaid, text, lines)
        add(
          [.tokenBadSignature, .tokenIssuerMismatch, .tokenAudienceMismatch, .keysRotated],
          .wireExpiredNotOther,
          text,
          lines)
        add([.benignNoToken, .tokenMissing], .wireExpiredNotMissing, text, lines)
      }
    }
    let clock = Clocks.offset(group, scene)
    if clock == nil, scene.clockOfParty(group.party) {
      add(
        [.tokenClockSkew], .wireServiceClockRight,
        "the service's answers carry the capture's time (Date)", lines())
    }
  }

  private static func tenths(_ seconds: Double) -> String {
    let tenths = Int((seconds * 10).rounded(.down))
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  // MARK: Issuer

  mutating func issuer(_ profile: Profile) {
    let issuers = Set(tokens.map(\.token.issuer))
    guard issuers.count == 1, let symbol = issuers.first, !symbol.isNone else { return }
    let text = scene.text(symbol)
    let isRealm = text.contains("/realms/")
    if isRealm {
      add(
        [.foreignOtherIDP], .wireKeycloakIssuer, "the captured tokens' issuer is a Keycloak realm",
        lines())
    }
    let here = accepted?.issuers ?? [:]
    let anywhere = scene.wire.everywhere.issuers
    if here[symbol] != nil {
      let proof = lines() + [here[symbol]?.citation].compactMap { $0 }
      add(
        [.tokenOtherRealm, .foreignOtherIDP], .wireSameIssuer,
        "the service accepts tokens of the same issuer", proof)
      add(
        [.tokenIssuerMismatch, .proxyForwardedHeadersMissing], .wireSameIssuerNotMismatch,
        "the service accepts tokens of the same issuer", proof)
      return
    }
    let others = (here.isEmpty ? anywhere : here).max {
      ($0.value.count, scene.text($1.key)) < ($1.value.count, scene.text($0.key))
    }
    if anywhere[symbol] != nil {
      add(
        [.tokenOtherRealm, .foreignOtherIDP, .proxyForwardedHeadersMissing], .wireIssuerElsewhere,
        "other services accept tokens of the same issuer", lines())
    }
    guard let known = others,
      known.value.count >= 2 || scene.wire.discovered[scene.text(known.key)] != nil
    else { return }
    let expected = scene.text(known.key)
    let proof = lines() + [known.value.citation]
    guard isRealm else { return }
    let realm = Realms.realm(text)
    if realm != Realms.realm(expected) {
      add(
        [.tokenOtherRealm], here.isEmpty ? .wireOtherRealmElsewhere : .wireOtherRealm,
        "the refused tokens come from \(text), those accepted from \(expected)", proof)
      add(
        [.keysRotated, .tokenBadSignature, .tokenIssuerMismatch], .wireOtherRealmNotKey,
        "the refused tokens come from another realm than an accepted one", proof)
    } else if text != expected {
      add(
        [.tokenIssuerMismatch], here.isEmpty ? .wireOtherIssuerElsewhere : .wireOtherIssuer,
        "the refused tokens name the issuer \(text), those accepted \(expected)", proof)
      let scheme = text.hasPrefix("http://") && expected.hasPrefix("https://")
      if scheme {
        add(
          [.proxyForwardedHeadersMissing], .wirePlainIssuer,
          "the refused tokens' issuer has http:// where the accepted have https://", proof)
      }
    }
  }

  // MARK: Audience

  mutating func audience() {
    guard let accepted, let common = accepted.audience, accepted.credentials.count >= 3,
      !common.isEmpty
    else { return }
    let lacking = share { token, _ in
      !Set(scene.text(token.audience).split(separator: " ")).isSuperset(of: common)
    }
    let names = common.sorted().prefix(3).joined(separator: ", ")
    if lacking > 0.8 {
      let proof = lines() + accepted.citations.prefix(1)
      add(
        [.tokenAudienceMismatch], lacking > 0.95 ? .wireNoAudience : .wireSeldomAudience,
        "all accepted tokens are meant for \(names); the refused are not (aud)", proof)
    } else if lacking < 0.1 {
      add(
        [.tokenAudienceMismatch], .wireSameAudience,
        "the refused tokens have the audience of accepted ones",
        lines())
    }
  }

  // MARK: Key

  mutating func key() {
    let keys = Set(tokens.map(\.token.keyID))
    guard keys.count == 1, let symbol = keys.first, !symbol.isNone else { return }
    guard let accepted, !accepted.keys.isEmpty else { return }
    let first = tokens.first?.view.time ?? .unknown
    if let same = accepted.keys[symbol] {
      let proof = lines() + [same.citation]
      let isBefore = same.first < first
      add(
        [.tokenOtherRealm, .foreignOtherIDP], .wireSameKey,
        "tokens of the same key are accepted here", proof)
      add(
        [.keysRotated], isBefore ? .wireSameKeyBefore : .wireSameKeyLater,
        isBefore
          ? "tokens of the same key are accepted here, before and meanwhile"
          : "tokens of the same key are accepted here later", proof)
    } else if accepted.issuers[tokens[0].token.issuer] != nil {
      let proof = lines() + (accepted.keys.values.map(\.citation).min().map { [$0] } ?? [])
      let typed = share { token, _ in
        scene.text(token.type) == "Bearer" && !scene.text(token.algorithm).hasPrefix("HS")
      }
      if typed > 0.8 {
        add(
          [.keysRotated], .wireOtherKey,
          "the refused tokens are signed with another key than all accepted ones of this issuer",
          proof)
      }
    }
  }
}
