internal import Evidence

/// What speaks for and against one cause of one group, and how much (log-odds; 0 is even).
struct Weight {
  private(set) var logOdds: Double
  private(set) var supports: [CitedClaim] = []
  private(set) var against: [CitedClaim] = []
  private(set) var remarks: [String] = []
  /// What `logOdds` was made of.
  private(set) var signs: [Weighed.Sign] = []

  /// Even.
  init() { logOdds = 0 }
  init(_ prior: Odds) {
    logOdds = 0
    count(prior)
  }

  /// Adds a claim. A claim without a line becomes a remark: absences and arithmetic count, but
  /// cannot carry a finding alone.
  /// - Parameter times: how far the sign is to be trusted; below 0 where it tells against the cause.
  mutating func add(
    _ odds: Odds, times: Double = 1, _ text: String, _ citations: [Citation]
  ) {
    count(odds, times: times)
    guard let claim = CitedClaim(text, Weight.few(citations)) else {
      remarks.append(Weight.remark(text, odds.logOdds * times))
      return
    }
    if odds.logOdds * times >= 0 { supports.append(claim) } else { against.append(claim) }
  }

  /// Adds a claim that compares: at most three lines of those whom it is about and two of those with whom they are
  /// compared. `alone`: what it says where no line shows the latter.
  mutating func add(
    _ odds: Odds, times: Double = 1, _ text: String, _ citations: [Citation],
    beside others: [Citation], alone: String
  ) {
    let told = Weight.compared(text, citations, beside: others, alone: alone)
    add(odds, times: times, told.text, told.citations)
  }

  /// What such a claim says, and its lines.
  static func compared(
    _ text: String, _ citations: [Citation], beside others: [Citation], alone: String
  ) -> (text: String, citations: [Citation]) {
    let own = Array(citations.prefix(3))
    let new = Array(others.lazy.filter { !own.contains($0) }.prefix(2))
    return citations.isEmpty || new.isEmpty ? (alone, citations) : (text, own + new)
  }

  mutating func note(_ odds: Odds, times: Double = 1, _ text: String) {
    count(odds, times: times)
    remarks.append(Weight.remark(text, odds.logOdds * times))
  }

  /// A remark stands without a line; one against the cause says so.
  private static func remark(_ text: String, _ logOdds: Double) -> String {
    logOdds < 0 ? "against it: " + text : text
  }

  /// Counts what another claim says already.
  mutating func count(_ odds: Odds, times: Double = 1) {
    logOdds += odds.logOdds * times
    signs.append(Weighed.Sign(name: odds.name, odds: odds.logOdds, times: times))
  }

  /// Holds the log-odds down where a sign is missing that the cause leaves behind.
  mutating func limit(to most: Odds, _ text: String) {
    guard logOdds > most.logOdds else { return }
    logOdds = most.logOdds
    signs.append(Weighed.Sign(name: most.name, odds: most.logOdds, times: nil))
    remarks.append(Weight.remark(text, -1))
  }

  /// Nothing tells for the cause but that the size of the answer fits its words.
  var restsOnSize: Bool { restsOn(Weight.ofSize) }

  /// Nothing tells for the cause but its size, and that the refusals begin when the first tokens may have expired, as most
  /// faults do that begin in the middle of a log: no proof for others.
  var restsOnTime: Bool { restsOn(Weight.ofSize + Weight.ofTime) }

  private func restsOn(_ names: [String]) -> Bool {
    signs.allSatisfy { $0.odds * ($0.times ?? 0) <= 0 || names.contains("\($0.name)") }
  }

  private static let ofSize = ["\(Odds.sizeFits.name)", "\(Odds.sizeFitsShare.name)"]
  private static let ofTime = [
    "\(Odds.expiredAfterRenewalGap.name)", "\(Odds.expiredOthersServed.name)",
    "\(Odds.expiredOneAnswer.name)", "\(Odds.expiredServedThenRefused.name)",
  ]

  /// Distinct citations, at most five, in the order given.
  private static func few(_ citations: [Citation]) -> [Citation] {
    var seen: Set<Citation> = []
    var result: [Citation] = []
    for c in citations where seen.insert(c).inserted {
      result.append(c)
      if result.count == 5 { break }
    }
    return result
  }
}

/// One root cause: its page, and how evidence weighs for it. One file each under `Causes/`.
protocol WeighedCause: Sendable {
  static var page: CausePage { get }
  /// `nil` when the cause is impossible for this group or nothing at all points to it.
  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight?
}

/// The verdict on a group.
struct Verdict {
  var cause: CauseID
  var share: Double
  var weight: Weight
  var runnerUp: (cause: CauseID, share: Double)?

  /// How often a verdict of this share is right; the share itself for `undecided`.
  var confidence: Double { cause == .undecided ? share : Calibration.confidence(share) }
}

enum Weighing {
  /// What a second look adds to causes.
  typealias Bonus = [CauseID: Extra]

  /// A sign that lies in other groups, with lines of this group and of those.
  struct Extra {
    var odds: Odds
    var text: String
    var lines: [Citation]
    var others: [Citation]
    /// What it says where no line shows the others.
    var alone: String

    func add(to weight: inout Weight) {
      weight.add(odds, text, lines, beside: others, alone: alone)
    }
  }

  /// What causes weigh by themselves, before a second look adds to them.
  struct FirstLook {
    /// In the order of the catalogue.
    fileprivate var weights: [(cause: CauseID, weight: Weight)] = []
    fileprivate var isEmpty = false
    fileprivate var isHeard = false
    fileprivate var isOfScanner = false
    /// Keycloak, asked by the service, missed the session.
    fileprivate var isSessionMissed = false
    /// The clients are served on other routes of the service meanwhile.
    fileprivate var isOfRouteOnly = false
  }

  /// Shares over the competing causes and `undecided`.
  static func weigh(
    _ first: FirstLook, _ group: Group, _ profile: Profile, _ scene: Scene, bonus: Bonus = [:]
  ) -> Verdict {
    verdict(of: weights(first, group, profile, scene, bonus: bonus))
  }

  /// Every cause that something tells for or against.
  static func look(_ group: Group, _ profile: Profile, _ scene: Scene) -> FirstLook {
    var first = FirstLook()
    first.isEmpty =
      !group.endpoint.isKeycloak && Signals.isMute(group)
      && group.circumstances.credentials != .present && scene.isEmptySize(group) == true
    let wire = WireProof(group, profile, scene)
    let instance = InstanceProof.claims(group, profile, scene)
    let echo = DistressEcho.of(group, profile, scene)
    first.isHeard =
      !group.endpoint.isKeycloak && Signals.isMute(group)
      && CheckersCalls.areHeard(group.rows, scene)
    first.isSessionMissed = Signals.isApplication(group) && Sessions.isMissed(group, scene)
    let told = ToldReason.of(group, scene)
    let isCutover = Signals.isMute(group) && scene.cutovers.of(group) != nil
    let isUnreached = Signals.isUnreached(group, scene)
    let isLogin = !group.endpoint.isKeycloak && group.circumstances.isLogin
    first.isOfScanner =
      !group.endpoint.isKeycloak && group.rows.prefix(20).allSatisfy(scene.isScanner)
    for type in CauseCatalogue.all {
      let cause = type.page.cause
      let proof = (wire.claims[cause] ?? []) + (instance[cause] ?? [])
      if isLogin, presumesCall(cause) { continue }
      if isUnreached, presumesRefusal(cause) { continue }
      // A cause that nothing else points to is weighed when the wire proves it.
      let isProven = proof.reduce(0) { $0 + $1.logOdds } > 2
      let isTold =
        (echo?.tells(cause, group) ?? false) || (told?.tells(cause) ?? false)
        || isCutover && Cutovers.isRival(cause)
      guard
        var weight = type.weigh(group, profile, scene)
          ?? (isProven || isTold ? Weight(.provenPrior) : nil)
      else { continue }
      echo?.weigh(cause, group, &weight)
      told?.weigh(cause, &weight)
      for claim in proof {
        weight.add(claim.odds, times: claim.times, claim.text, claim.citations)
      }
      first.weights.append((cause, weight))
    }
    first.isOfRouteOnly =
      group.status == 401 && !group.endpoint.isKeycloak && Signals.isMute(group)
      && first.weights.contains {
        ($0.cause == .tokenExpired || isAboutTheToken($0.cause)) && $0.weight.logOdds > 0
      } && Contrast.isOfRouteOnly(group, scene)
    return first
  }

  /// The same with what holds whatever the cause, in the order of the catalogue.
  static func weights(
    _ first: FirstLook, _ group: Group, _ profile: Profile, _ scene: Scene, bonus: Bonus
  ) -> [(cause: CauseID, weight: Weight)] {
    var weights = first.weights
    let cutover = Signals.isMute(group) ? scene.cutovers.of(group) : nil
    for k in weights.indices {
      let cause = weights[k].cause
      bonus[cause]?.add(to: &weights[k].weight)
      if first.isEmpty, blamesToken(cause) {
        weights[k].weight.note(
          .emptySizeNotToken, times: scene.emptySizeTrust(group.party),
          "the answer has the size of this service's answer to no token")
      }
      if first.isOfScanner, blamesToken(cause) || cause == .tokenMissing {
        weights[k].weight.note(.scannerSendsNoToken, "scanners send no token")
      }
      if group.status == 400, blamesToken(cause), Signals.isMute(group),
        Signals.isApplication(group)
      {
        weights[k].weight.note(
          .badRequestNotToken, "a token that is refused is answered with 401 (RFC 6750 section 3.1)"
        )
      }
      if profile.servedAgain >= 0.5, Signals.isMute(group), isAboutTheToken(cause) {
        weights[k].weight.note(
          .servedAgainNotToken,
          "the same client is served afterwards and fetched no token between")
      }
      if profile.isPassing, lasts(cause),
        cause != .resourceServerURLWrong || weights[k].weight.restsOnSize
      {
        weights[k].weight.note(
          .passingNotLasting,
          "everybody is served again though nobody changed the service or the edge, so that neither tokens nor settings are the reason"
        )
      }
      if first.isHeard, presumesSilence(cause) {
        weights[k].weight.note(
          .heardByKeycloak, "Keycloak answers the service's calls of that moment")
      }
      if let cutover, let odds = Cutovers.odds(cause) {
        weights[k].weight.add(
          odds,
          "from one moment on newly issued tokens are refused, whoever gets them, and older ones are taken",
          [cutover.issued] + Signals.rows(group, scene).prefix(2), beside: cutover.older,
          alone: "newly issued tokens are refused, whoever gets them")
      }
      if first.isOfRouteOnly, isAboutTheToken(cause) || cause == .tokenExpired {
        weights[k].weight.note(
          .routeOnlyNotToken,
          "the same clients are served on other routes of the service meanwhile, and refused on these alone"
        )
      }
      if first.isSessionMissed, Signals.isMute(group), blamesForm(cause) {
        weights[k].weight.note(
          .sessionMissedTokenSound,
          "Keycloak looks at the token before it looks for the session, and missed the session alone"
        )
      }
      if profile.isSlow, Signals.isMute(group), decidesAtOnce(cause) {
        weights[k].weight.note(
          .slowNotDecision, "the answers are slow: something was waited for")
      }
    }
    if weights.allSatisfy({ $0.weight.logOdds <= Odds.undecided.logOdds }) {
      let said = EventWords.weights(group, scene)
      weights.removeAll { weight in said.contains { $0.cause == weight.cause } }
      weights += said
    }
    return weights
  }

  static func verdict(of weights: [(cause: CauseID, weight: Weight)]) -> Verdict {
    let undecided = Odds.undecided.logOdds
    let top = max(undecided, weights.map(\.weight.logOdds).max() ?? 0)
    var total = Math.exp(undecided - top)
    for w in weights { total += Math.exp(w.weight.logOdds - top) }
    let ranked = weights.sorted {
      ($0.weight.logOdds, $1.cause.rawValue) > ($1.weight.logOdds, $0.cause.rawValue)
    }
    // Undecided among causes of one kind is not undecided about the kind: the likeliest is said, with
    // the confidence that it has.
    let kind = ranked.first?.cause.category
    let ofKind = weights.reduce(0.0) {
      $1.cause.category == kind ? $0 + Math.exp($1.weight.logOdds - top) : $0
    }
    guard let best = ranked.first,
      best.weight.logOdds > undecided || ofKind > Math.exp(undecided - top) * 1.5
    else {
      return Verdict(
        cause: .undecided, share: Math.exp(undecided - top) / total, weight: Weight(),
        runnerUp: ranked.first.map { ($0.cause, Math.exp($0.weight.logOdds - top) / total) })
    }
    return Verdict(
      cause: best.cause, share: Math.exp(best.weight.logOdds - top) / total, weight: best.weight,
      runnerUp: ranked.dropFirst().first.map {
        ($0.cause, Math.exp($0.weight.logOdds - top) / total)
      })
  }

  /// Causes whose refusal is a decision of milliseconds.
  private static func decidesAtOnce(_ cause: CauseID) -> Bool {
    cause.category == .tokens || cause.category == .configuration || cause.category == .none
      || cause == .ingressAuthHeaderStripped
  }

  /// Causes of calls that should carry a token: none of a login.
  private static func presumesCall(_ cause: CauseID) -> Bool {
    switch cause {
    case .sessionLoginStateLost, .benignUserTypo: false
    case .ingressAuthHeaderStripped, .ingressBearerIgnored, .ingressNoLoginRedirect: true
    default: cause.category == .tokens || cause.category == .none
    }
  }

  /// Causes for which a service looks at what it was sent and says no.
  private static func presumesRefusal(_ cause: CauseID) -> Bool {
    cause != .keysRotated && (cause.category == .tokens || cause.category == .none)
  }

  /// Causes that lie in the token itself, which is refused each time.
  private static func isAboutTheToken(_ cause: CauseID) -> Bool {
    switch cause {
    case .tokenBadSignature, .tokenIssuerMismatch, .tokenAudienceMismatch, .tokenOtherRealm,
      .tokenWrongType, .tokenAlgorithm, .tokenClaimRejected, .tokenWrongParty, .foreignOtherIDP:
      true
    default: false
    }
  }

  /// Causes for which Keycloak itself would refuse the token, before it looks for its session
  /// (`AccessTokenIntrospectionProvider`, `UserInfoEndpoint`).
  private static func blamesForm(_ cause: CauseID) -> Bool {
    switch cause {
    case .tokenMalformed, .tokenBadSignature, .tokenOtherRealm, .tokenWrongType, .tokenAlgorithm,
      .foreignOtherIDP, .keysRotated:
      true
    default: false
    }
  }

  /// Causes that go on until somebody changes tokens or settings.
  private static func lasts(_ cause: CauseID) -> Bool {
    switch cause {
    case .tokenMalformed, .resourceServerSettingsWrong, .resourceServerURLWrong: true
    default: isAboutTheToken(cause)
    }
  }

  /// Causes for which a service's calls never reach Keycloak.
  private static func presumesSilence(_ cause: CauseID) -> Bool {
    cause.category == .network || cause == .keycloakDown || cause == .proxyTLS
  }

  /// Causes that presume that a token was sent.
  private static func blamesToken(_ cause: CauseID) -> Bool {
    cause == .foreignOtherIDP || cause.category == .tokens && cause != .tokenMissing
  }
}
