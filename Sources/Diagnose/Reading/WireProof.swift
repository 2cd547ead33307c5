internal import Evidence

/// What the captured tokens of a group prove or rule out: each claim is arithmetic on claims of the
/// tokens themselves, the capture's clock, and tokens that the same service accepted. Says nothing
/// where nothing was captured.
struct WireProof {
  struct Claim {
    var odds: Odds
    /// Claims about the group's like (same service, status and size) weigh less than its own.
    var times = 1.0
    var text: String
    var citations: [Citation]

    var logOdds: Double { odds.logOdds * times }
  }
  private(set) var claims: [CauseID: [Claim]] = [:]

  let scene: Scene
  let group: Group
  private var scale = 1.0
  private(set) var views: [WireView] = []
  private(set) var tokens: [(token: BearerToken, view: WireView)] = []
  private(set) var accepted: WireContrast.Accepted?

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
        [.foreignBasicAuth], .wireBasic,
        "\(captured) carry a user name and password (Basic)",
        basic.prefix(2).map(\.citation))
    }
    let broken = views.filter { $0.token?.form == .malformed }
    if broken.count * 10 >= views.count * 7 {
      let lines = broken.prefix(2).map(\.citation)
      // Of its own rows the cause itself says so.
      if scale < 1 {
        add(
          [.tokenMalformed], .wireMalformedKin,
          "\(captured) carry no tokens in their Authorization header",
          lines)
      }
      add(
        [
          .tokenExpired, .tokenBadSignature, .userRoleMissing, .foreignOtherIDP,
          .tokenIssuerMismatch,
        ],
        .wireNoTokenSent, "what was sent is no token", lines)
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
        [.tokenClaimRejected, .tokenWrongParty], .wireFaultless,
        "issuer, audience and key of the refused tokens are those of accepted ones", lines())
    }
  }

  mutating func add(
    _ causes: [CauseID], _ odds: Odds, _ text: String, _ citations: [Citation]
  ) {
    claims.add(Claim(odds: odds, times: scale, text: text, citations: citations), to: causes)
  }

  /// Of a claim that compares; see `Weight.add`.
  mutating func add(
    _ causes: [CauseID], _ odds: Odds, _ text: String, _ citations: [Citation],
    beside others: [Citation], alone: String
  ) {
    let told = Weight.compared(text, citations, beside: others, alone: alone)
    add(causes, odds, told.text, told.citations)
  }

  func share(_ matches: (BearerToken, WireView) -> Bool) -> Double {
    Double(tokens.count { matches($0.token, $0.view) }) / Double(max(1, tokens.count))
  }
  func lines() -> [Citation] { tokens.prefix(2).map(\.view.citation) }

  /// Causes that presume a token of this or that kind.
  private static let blameToken: [CauseID] = [
    .tokenExpired, .tokenMalformed, .tokenWrongType, .tokenBadSignature, .tokenOtherRealm,
    .tokenIssuerMismatch, .tokenAudienceMismatch, .tokenClaimRejected, .tokenAlgorithm,
    .tokenWrongParty, .tokenClockSkew, .keysRotated, .sessionRevoked, .sessionLoggedOut,
    .sessionExpired, .foreignOtherIDP, .userRoleMissing, .proxyForwardedHeadersMissing,
  ]

  /// Of none of the group's own requests, where those were not captured.
  private var captured: String {
    scale < 1
      ? "captured requests of the same service with the same answer" : "the captured requests"
  }

  // MARK: Was there a token at all?

  private mutating func presence() {
    let absent = views.filter { $0.seen == .absent }
    let present = views.filter { $0.seen == .present }
    if absent.count * 10 >= views.count * 9 {
      add(
        WireProof.blameToken, .wireHeaderAbsent,
        "\(captured) carry no Authorization header",
        absent.prefix(2).map(\.citation))
    } else if present.count * 10 >= views.count * 9 {
      let lines = present.prefix(2).map(\.citation)
      add(
        [.benignNoToken, .tokenMissing, .benignFirstCallBeforeLogin, .ingressRedirectDropsAuth],
        .wireHeaderPresent,
        "\(captured) carry an Authorization header", lines)
      if present.contains(where: \.isInner) {
        add(
          [.ingressAuthHeaderStripped], .wireHeaderOnInnerLeg,
          "the Authorization header is on the leg to the service, too",
          present.lazy.filter(\.isInner).prefix(2).map(\.citation))
      }
    }
  }

  // MARK: Form, type

  /// Tokens of another type are explained by that: what else is wrong with them follows from it.
  private mutating func isAccessToken() -> Bool {
    add([.tokenMalformed], .wireWellFormed, "the captured tokens are well-formed", lines())
    let other = share { token, _ in
      ["ID", "Refresh", "Offline"].contains(scene.text(token.type))
    }
    if other > 0.5 {
      add(
        [
          .tokenAudienceMismatch, .keysRotated, .tokenOtherRealm, .tokenBadSignature,
          .tokenIssuerMismatch, .tokenAlgorithm, .tokenExpired, .foreignOtherIDP,
        ], .wireOtherTyp, "the captured tokens are no access tokens (typ)", lines())
      return false
    }
    if other == 0, share({ token, _ in !token.type.isNone }) > 0.9 {
      add([.tokenWrongType], .wireAccessTyp, "the captured tokens are access tokens (typ)", lines())
    }
    return true
  }
}

extension [CauseID: [WireProof.Claim]] {
  mutating func add(_ claim: WireProof.Claim, to causes: [CauseID]) {
    for cause in causes { self[cause, default: []].append(claim) }
  }
}
