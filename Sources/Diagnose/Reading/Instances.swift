internal import Evidence

/// One of the instances behind a service that refuses what the others serve, as the addresses show to which the
/// edge passed requests on.
struct Instances: Sendable {
  struct Fault: Sendable {
    var address: Symbol
    /// It serves next to nobody while it refuses; else it refuses some tokens only.
    var refusesAll: Bool
    /// It never served anybody in these logs.
    var neverServed: Bool
    /// The age, in seconds, that hardly any token has which it refuses, while it serves older ones.
    var youngLimit: Double?
    /// Refusals of clients whom others serve, and those good answers.
    var refused: [Citation]
    var served: [Citation]
  }
  /// By class of kin.
  private var faults: [Fault?] = []

  /// Fewer refusals, good answers of others, or clients that both meet, tell nothing.
  private static let fewest = 8
  private static let fewestClients = 2
  /// As many calls of a service are looked at.
  private static let most = 20_000

  init() {}

  init(_ scene: Scene) {
    let kinships = scene.kinships
    faults = scene.crew.map(kinships.classes.count) { kin -> Fault? in
      let size = kinships.classes[kin]
      guard size.status == 401 || size.status == 403,
        kinships.rows[kin].count >= Self.fewest,
        scene.file.parties[Int(size.party)].kind == .application
      else { return nil }
      return Self.fault(kinships.rows[kin], size.party, scene)
    }
  }

  /// Of a group whose requests went to that instance.
  func fault(of group: Group, _ scene: Scene) -> Fault? {
    guard group.kin >= 0, let fault = faults[Int(group.kin)] else { return nil }
    let own = group.rows.count {
      scene.file.exchanges.requests[$0].upstreamAddress == fault.address
    }
    return own * 10 >= group.rows.count * 8 ? fault : nil
  }

  private static func fault(_ rows: Rows, _ party: Int32, _ scene: Scene) -> Fault? {
    let requests = scene.file.exchanges.requests
    let looked = rows.prefix(most)
    var counts: [Symbol: Int] = [:]
    for i in looked where !requests[i].upstreamAddress.isNone {
      counts[requests[i].upstreamAddress, default: 0] += 1
    }
    guard
      let (address, refusals) = counts.max(by: {
        ($0.value, scene.text($1.key)) < ($1.value, scene.text($0.key))
      }), refusals >= fewest, refusals * 4 >= looked.count * 3
    else { return nil }
    let own = looked.filter { requests[$0].upstreamAddress == address }
    guard let first = own.first, let last = own.last else { return nil }
    let meanwhile = scene.within(
      scene.servedByParty[Int(party)], scene.briefs[first].start, scene.briefs[last].start)
    var servedHere = 0
    var servedElsewhere: [Int32: Int] = [:]
    var elsewhere = 0
    for i in meanwhile.prefix(most) where !requests[i].upstreamAddress.isNone {
      if requests[i].upstreamAddress == address {
        servedHere += 1
      } else if !scene.briefs[i].isProbe {
        elsewhere += 1
        if servedElsewhere[scene.briefs[i].actor] == nil {
          servedElsewhere[scene.briefs[i].actor] = i
        }
      }
    }
    // How often it would refuse if instances did not matter.
    let others = looked.count - refusals
    guard elsewhere >= fewest,
      Double(refusals * elsewhere) >= 8 * Double(max(1, others) * max(1, servedHere))
    else { return nil }
    let both = own.filter { servedElsewhere[scene.briefs[$0].actor] != nil }
    let clients = Set(both.map { scene.briefs[$0].actor })
    guard clients.count >= fewestClients, both.count * 2 >= refusals else { return nil }
    let shown = both.prefix(2)
    return Fault(
      address: address, refusesAll: servedHere * 20 <= refusals,
      neverServed: servedHere == 0
        && !scene.servedByParty[Int(party)].contains { requests[$0].upstreamAddress == address },
      youngLimit: youngLimit(
        own, served: meanwhile.prefix(most).filter { requests[$0].upstreamAddress == address },
        scene),
      refused: shown.map { requests[$0].citation },
      served: shown.compactMap { servedElsewhere[scene.briefs[$0].actor] }
        .map { requests[$0].citation })
  }
}

extension Instances {
  private static func youngLimit(_ refused: [Int], served: [Int], _ scene: Scene) -> Double? {
    let ages = refused.compactMap { scene.tokenAge($0) }.sorted()
    guard ages.count >= fewest else { return nil }
    let limit = ages[ages.count * 9 / 10]
    var young = 0
    var old = 0
    for i in served {
      guard let age = scene.tokenAge(i) else { continue }
      if age <= limit { young += 1 } else { old += 1 }
    }
    return old >= 4 && young * 4 <= ages.count ? limit : nil
  }
}

/// What it means for causes that one instance alone refuses.
enum InstanceProof {
  static func claims(
    _ group: Group, _ profile: Profile, _ scene: Scene
  ) -> [CauseID: [WireProof.Claim]] {
    guard Signals.isMute(group), let fault = scene.instances.fault(of: group, scene) else {
      return [:]
    }
    let name = scene.text(fault.address)
    var claims: [CauseID: [WireProof.Claim]] = [:]
    func add(_ causes: [CauseID], _ odds: Odds, _ text: String) {
      claims.add(
        WireProof.Claim(odds: odds, text: text, citations: fault.refused + fault.served),
        to: causes)
    }
    add(
      ofTheClient, .instanceServedByOthers,
      "of the service's instances only \(name) refuses; others serve the same clients meanwhile")
    let changed = !Keys.changes(scene, before: profile.first).isEmpty
    guard fault.refusesAll else {
      let text = "the instance \(name) refuses some tokens that others accept"
      if changed { add([.keysRotated], .instanceKeysChanged, text) }
      add([.tokenClockSkew], .instanceRefusesSome, text)
      return claims
    }
    let text = "the instance \(name) refuses everybody, others serve the same clients meanwhile"
    if scene.isEmptySize(group) == true {
      add([.ingressAuthHeaderStripped], .instanceSeesNoToken, text)
      if !scene.emptySizeTells(group.party) {
        add([.resourceServerKeysUnavailable], .instanceMadeOtherwise, text)
      }
    } else if fault.neverServed {
      add([.resourceServerKeysUnavailable], .instanceNeverServed, text)
      add([.resourceServerSettingsWrong, .proxyTLS], .instanceMadeOtherwise, text)
    } else {
      add([.keysRotated], changed ? .instanceKeysChanged : .instanceMadeOtherwise, text)
      add([.resourceServerKeysUnavailable, .tokenClockSkew], .instanceLostKeys, text)
      // What else a text of that length may say is ruled out.
      if (group.byLength[.tokenNotYetValid] ?? 0) > 0 {
        add(
          [.tokenClockSkew], .instanceSizeFitsClock,
          "the size of that instance's answer fits a token that is not valid yet")
      }
    }
    return claims
  }

  /// Causes that lie in who asks, or with what: all instances would refuse it.
  private static let ofTheClient: [CauseID] = [
    .tokenExpired, .tokenMissing, .tokenMalformed, .tokenWrongType, .tokenBadSignature,
    .tokenOtherRealm, .tokenIssuerMismatch, .tokenAudienceMismatch, .tokenClaimRejected,
    .tokenWrongParty, .tokenAlgorithm, .tokenRefreshExpired, .sessionExpired, .sessionRevoked,
    .sessionLoggedOut, .userRoleMissing, .clientScopeMissing, .foreignOtherIDP, .benignNoToken,
    .benignFirstCallBeforeLogin, .ingressRedirectDropsAuth,
  ]
}
