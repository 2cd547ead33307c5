internal import Evidence

/// What the captured tokens of a group prove or rule out: each claim is arithmetic on claims of the
/// tokens themselves, the capture's clock, and tokens that the same service accepted. Says nothing
/// where nothing was captured.
struct WireProof {
  struct Claim {
    var odds: Double
    var text: String
    var citations: [Citation]
  }
  private(set) var claims: [CauseID: [Claim]] = [:]

  let scene: Scene
  let group: Group
  /// Claims about the group's like (same service, status and size) weigh less than its own.
  private var scale = 1.0
  private var views: [WireView] = []
  private var tokens: [(token: BearerToken, view: WireView)] = []
  private var accepted: WireContrast.Accepted?

  init(_ group: Group, _ profile: Profile, _ scene: Scene) {
    self.scene = scene
    self.group = group
    guard !scene.wire.isEmpty || !scene.file.observations.network.isEmpty else { return }
    network()
    introspection()
    guard !group.endpoint.isKeycloak else { return }
    views = WireView.all(group.rows, scene)
    if views.isEmpty, group.kin >= 0 {
      views = WireView.all(Array(scene.kinships.rows[Int(group.kin)]), scene)
      scale = 0.5
    }
    guard !views.isEmpty else { return }
    accepted = scene.wire.byParty[group.party]
    for view in views {
      if let token = view.token, token.form == .jwt { tokens.append((token, view)) }
    }
    presence()
    let basic = views.filter { $0.token?.form == .basic }
    if basic.count * 10 >= views.count * 7 {
      add(
        [.foreignBasicAuth], 4, "the captured requests carry a user name and password (Basic)",
        basic.prefix(2).map(\.citation))
    }
    let broken = views.filter { $0.token?.form == .malformed }
    if broken.count * 10 >= views.count * 7 {
      let lines = broken.prefix(2).map(\.citation)
      // Of its own rows the cause itself says so.
      if scale < 1 {
        add([.tokenMalformed], 4.4, "captured headers of the same answer are no tokens", lines)
      }
      add(
        [
          .tokenExpired, .tokenBadSignature, .userRoleMissing, .foreignOtherIDP,
          .tokenIssuerMismatch,
        ],
        -3, "what was sent is no token", lines)
      return
    }
    guard tokens.count * 10 >= views.count * 7, !tokens.isEmpty else { return }
    guard isAccessToken() else { return }
    age(profile)
    issuer(profile)
    audience()
    key()
    history(profile)
    if isFaultless() {
      add(
        [.tokenClaimRejected, .tokenWrongParty], -3,
        "issuer, audience and key of the refused tokens are those of accepted ones", lines())
    }
  }

  mutating func add(
    _ causes: [CauseID], _ odds: Double, _ text: String, _ citations: [Citation]
  ) {
    for cause in causes {
      claims[cause, default: []].append(
        Claim(odds: odds * scale, text: text, citations: citations))
    }
  }

  private func share(_ matches: (BearerToken, WireView) -> Bool) -> Double {
    Double(tokens.count { matches($0.token, $0.view) }) / Double(max(1, tokens.count))
  }
  private func lines() -> [Citation] { tokens.prefix(2).map(\.view.citation) }

  /// Causes that presume a token of this or that kind.
  private static let blameToken: [CauseID] = [
    .tokenExpired, .tokenMalformed, .tokenWrongType, .tokenBadSignature, .tokenOtherRealm,
    .tokenIssuerMismatch, .tokenAudienceMismatch, .tokenClaimRejected, .tokenAlgorithm,
    .tokenWrongParty, .tokenClockSkew, .keysRotated, .sessionRevoked, .sessionLoggedOut,
    .sessionExpired, .foreignOtherIDP, .userRoleMissing, .proxyForwardedHeadersMissing,
  ]

  // MARK: Was there a token at all?

  private mutating func presence() {
    let absent = views.filter { $0.seen == .absent }
    let present = views.filter { $0.seen == .present }
    if absent.count * 10 >= views.count * 9 {
      add(
        WireProof.blameToken, -4, "the captured requests carry no Authorization header",
        absent.prefix(2).map(\.citation))
    } else if present.count * 10 >= views.count * 9 {
      let lines = present.prefix(2).map(\.citation)
      add(
        [.benignNoToken, .tokenMissing, .benignFirstCallBeforeLogin, .ingressRedirectDropsAuth], -5,
        "the captured requests carry an Authorization header", lines)
      if present.contains(where: \.isInner) {
        add(
          [.ingressAuthHeaderStripped], -6,
          "the Authorization header is on the leg to the service, too",
          present.lazy.filter(\.isInner).prefix(2).map(\.citation))
      }
    }
  }

  // MARK: Form, type

  /// Tokens of another type are explained by that: what else is wrong with them follows from it.
  private mutating func isAccessToken() -> Bool {
    add([.tokenMalformed], -4, "the captured tokens are well-formed", lines())
    let other = share { token, _ in
      ["ID", "Refresh", "Offline"].contains(scene.text(token.type))
    }
    if other > 0.5 {
      add(
        [
          .tokenAudienceMismatch, .keysRotated, .tokenOtherRealm, .tokenBadSignature,
          .tokenIssuerMismatch, .tokenAlgorithm, .tokenExpired, .foreignOtherIDP,
        ], -3, "the captured tokens are no access tokens (typ)", lines())
      return false
    }
    if other == 0, share({ token, _ in !token.type.isNone }) > 0.9 {
      add([.tokenWrongType], -5, "the captured tokens are access tokens (typ)", lines())
    }
    return true
  }

  // MARK: Time

  private mutating func age(_ profile: Profile) {
    let over = share { token, view in
      token.expires > 0 && Double(token.expires) < view.seconds - 1
    }
    let good = share { token, view in
      token.expires == 0 || Double(token.expires) > view.seconds + 1
    }
    if good > 0.8 {
      add([.tokenExpired], -6, "the captured tokens had not expired when they were used", lines())
    } else if over > 0.8 {
      let newest = tokens.map { $0.view.seconds - Double($0.token.issuedAt) }.min() ?? 0
      let text =
        "the captured tokens had expired when they were used: `exp` "
        + "\(Int(tokens.map { $0.view.seconds - Double($0.token.expires) }.min() ?? 0)) s or more before"
      let skewed = scene.file.clocks.contains { Clocks.isKeycloak($0) && abs($0.seconds) >= 20 }
      if skewed {
        add([.tokenExpired], -3, "Keycloak's own clock is off", lines())
      } else if newest > 5 {
        add([.tokenExpired], Signals.isMute(group) ? 2.8 : 1.2, text, lines())
        add(
          [.tokenBadSignature, .tokenIssuerMismatch, .tokenAudienceMismatch, .keysRotated], -1,
          text,
          lines())
        add([.benignNoToken, .tokenMissing], -3, text, lines())
      }
    }
    let clock = Clocks.offset(group, scene)
    if clock == nil, scene.clockOfParty(group.party) {
      add([.tokenClockSkew], -3, "the service's answers carry the capture's time (Date)", lines())
    }
  }

  // MARK: Issuer

  private mutating func issuer(_ profile: Profile) {
    let issuers = Set(tokens.map(\.token.issuer))
    guard issuers.count == 1, let symbol = issuers.first, !symbol.isNone else { return }
    let text = scene.text(symbol)
    let isRealm = text.contains("/realms/")
    if isRealm {
      add([.foreignOtherIDP], -5, "the captured tokens' issuer is a Keycloak realm", lines())
    }
    let here = accepted?.issuers ?? [:]
    let anywhere = scene.wire.everywhere.issuers
    if here[symbol] != nil {
      let proof = lines() + [here[symbol]?.citation].compactMap { $0 }
      add(
        [.tokenOtherRealm, .foreignOtherIDP], -5,
        "the service accepts tokens of the same issuer", proof)
      add(
        [.tokenIssuerMismatch, .proxyForwardedHeadersMissing], -3.5,
        "the service accepts tokens of the same issuer", proof)
      return
    }
    let others = (here.isEmpty ? anywhere : here).max {
      ($0.value.count, scene.text($1.key)) < ($1.value.count, scene.text($0.key))
    }
    if anywhere[symbol] != nil {
      add(
        [.tokenOtherRealm, .foreignOtherIDP, .proxyForwardedHeadersMissing], -3,
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
        [.tokenOtherRealm], here.isEmpty ? 3 : 5.5,
        "the refused tokens come from \(text), those accepted from \(expected)", proof)
      add(
        [.keysRotated, .tokenBadSignature, .tokenIssuerMismatch], -2.5, "the realm differs", proof)
    } else if text != expected {
      add(
        [.tokenIssuerMismatch], here.isEmpty ? 2 : 4,
        "the refused tokens name the issuer \(text), those accepted \(expected)", proof)
      let scheme = text.hasPrefix("http://") && expected.hasPrefix("https://")
      if scheme {
        add(
          [.proxyForwardedHeadersMissing], 3,
          "the refused tokens' issuer has http:// where the accepted have https://", proof)
      }
    }
  }

  // MARK: Audience

  private mutating func audience() {
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
        [.tokenAudienceMismatch], lacking > 0.95 ? 3.4 : 1.6,
        "all accepted tokens are meant for \(names); the refused are not (aud)", proof)
    } else if lacking < 0.1 {
      add(
        [.tokenAudienceMismatch], -3, "the refused tokens have the audience of accepted ones",
        lines())
    }
  }

  // MARK: Key

  private mutating func key() {
    let keys = Set(tokens.map(\.token.keyID))
    guard keys.count == 1, let symbol = keys.first, !symbol.isNone else { return }
    guard let accepted, !accepted.keys.isEmpty else { return }
    let first = tokens.first?.view.time ?? .unknown
    if let same = accepted.keys[symbol] {
      let proof = lines() + [same.citation]
      let isBefore = same.first < first
      add(
        [.tokenOtherRealm, .foreignOtherIDP], -3, "tokens of the same key are accepted here", proof)
      add(
        [.keysRotated], isBefore ? -3 : 0.8,
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
          [.keysRotated], 3.2,
          "the refused tokens are signed with another key than all accepted ones of this issuer",
          proof)
      }
    }
  }

  // MARK: The same token before

  private mutating func history(_ profile: Profile) {
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
          [.tokenMalformed], 8, "the same tokens are known with another length: these are cut",
          proof)
      } else {
        add(
          [.tokenBadSignature], 5,
          "tokens with the same claims and another signature are accepted", proof)
      }
    }
    let known = before.count + elsewhere.count
    if known * 10 >= tokens.count * 6 {
      let lines = (before + elsewhere).prefix(2).map(\.view.citation)
      add(
        [.tokenBadSignature, .tokenAlgorithm, .tokenWrongType], -3.5,
        "the very same tokens are accepted at other times or services", Array(lines))
      if before.count * 2 > tokens.count {
        add(
          [.tokenOtherRealm, .tokenIssuerMismatch, .tokenAudienceMismatch], -3,
          "the service accepted the very same tokens before", Array(lines))
      }
    }
    sessions(known: known, profile)
  }

  private mutating func sessions(known: Int, _ profile: Profile) {
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
        [.sessionLoggedOut], 5, "the tokens' sessions were ended before (a captured logout)",
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
    let text =
      isKnown
      ? "unexpired tokens that other checks accept are refused by this service: their sessions are over"
      : "nothing is wrong with the refused tokens themselves (exp, iss, aud, kid): their sessions are over, or the signature is"
    add(
      [.sessionRevoked], admin == nil ? (isKnown ? 2.4 : 1.6) : 4, text,
      (admin.map { [$0.citation] } ?? []) + lines())
    add([.sessionLoggedOut], isKnown ? 2.4 : 1.6, text, lines())
    if !isKnown { add([.tokenBadSignature], 0.8, text, lines()) }
    add([.userRoleMissing, .tokenClaimRejected], -3, text, lines())
  }

  /// Unexpired, of an issuer and a key that the service accepts, with the audience of accepted ones.
  private func isFaultless() -> Bool {
    let issuers = (accepted ?? scene.wire.everywhere).issuers
    let keys = (accepted ?? scene.wire.everywhere).keys
    let audience = (accepted?.credentials.count ?? 0) >= 3 ? accepted?.audience ?? [] : []
    return share { token, view in
      (token.expires == 0 || Double(token.expires) > view.seconds + 1)
        && issuers[token.issuer] != nil && keys[token.keyID] != nil
        && Set(scene.text(token.audience).split(separator: " ")).isSuperset(of: audience)
    } > 0.8
  }

  // MARK: What the service asked Keycloak

  /// Keycloak called the tokens not active: for whom they were meant, and whether it called others
  /// active for the same caller.
  private mutating func introspection() {
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
      [.ingressAuthHeaderStripped, .tokenMissing, .benignNoToken, .benignFirstCallBeforeLogin], -5,
      "the service passed a token on to Keycloak, which called it not active", proof)
    let lacking = refused.count { leg, token in
      guard let good = scene.wire.introspected[leg.oauthClient], good.tokens >= 2,
        !good.audience.isEmpty
      else { return false }
      return !Set(scene.text(token.audience).split(separator: " ")).isSuperset(of: good.audience)
    }
    if lacking * 10 >= refused.count * 8 {
      add(
        [.tokenAudienceMismatch], 4,
        "Keycloak calls tokens active that are meant for this service (aud), and these are not",
        proof)
    }
  }
}

/// One failing request as captured.
struct WireView {
  var time: Instant
  var seen: Seen
  var token: BearerToken?
  var citation: Citation
  /// Seen on the leg behind the proxy.
  var isInner: Bool

  var seconds: Double { Double(time.nanoseconds) / 1e9 }

  static func all(_ rows: [Int], _ scene: Scene) -> [WireView] {
    var result: [WireView] = []
    for i in rows.prefix(2000) {
      if let view = of(scene.exchange(i), scene) { result.append(view) }
    }
    return result
  }

  /// The leg farthest in that shows whether a token was sent.
  static func of(_ e: Exchange, _ scene: Scene) -> WireView? {
    var best: (request: Request, isInner: Bool)?
    if e.request.hop == .wire, e.request.authorization != .unknown {
      best = (e.request, !e.request.forwardedFor.isNone)
    }
    if e.wire >= 0, scene.file.legs[Int(e.wire)].authorization != .unknown {
      best = (scene.file.legs[Int(e.wire)], false)
    }
    if e.wireInner >= 0, scene.file.legs[Int(e.wireInner)].authorization != .unknown {
      let leg = scene.file.legs[Int(e.wireInner)]
      // What was lost on the way says more of the way than of the token.
      if best == nil || leg.authorization == .present { best = (leg, true) }
    }
    guard let best else { return presented(e, scene) }
    let r = best.request
    var token: BearerToken?
    if r.token >= 0, Int(r.token) < scene.file.observations.tokens.count {
      token = scene.file.observations.tokens[Int(r.token)]
    }
    return WireView(
      time: r.start, seen: r.authorization, token: token, citation: r.citation,
      isInner: best.isInner)
  }

  /// Only the application's call to Keycloak was captured: the token in it is the one it was sent.
  private static func presented(_ e: Exchange, _ scene: Scene) -> WireView? {
    guard e.wireBack >= 0 else { return nil }
    let leg = scene.file.legs[Int(e.wireBack)]
    guard leg.presented >= 0, Int(leg.presented) < scene.file.observations.tokens.count else {
      return nil
    }
    return WireView(
      time: leg.start, seen: .present, token: scene.file.observations.tokens[Int(leg.presented)],
      citation: leg.citation, isInner: true)
  }
}
