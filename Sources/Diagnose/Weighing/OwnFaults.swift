internal import Evidence

/// Faults overlap: a client whose own fault outlasts that of a service would be refused without the latter, too.
/// Its requests in that span have the cause whose repair they wait for longest: its own.
enum OwnFaults {
  /// Faults that a client has by itself, wherever it calls and until it changes something.
  private static let causes: Set<CauseID> = [
    .tokenExpired, .tokenBadSignature, .tokenMalformed, .tokenWrongType, .tokenOtherRealm,
    .tokenAudienceMismatch, .foreignOtherIDP, .userRoleMissing, .sessionRevoked,
    .sessionLoggedOut,
  ]
  private static let sureShare = 0.8
  /// Of a 403 to one client: nothing but a fault of its own is answered so while others are served.
  private static let forbiddenShare = 0.6
  /// Of a service that refuses a client, not of what the client carries: it says nothing of other services.
  private static let ofOneService: Set<CauseID> = [.userRoleMissing, .tokenAudienceMismatch]

  /// A program's refusals at one service for a fault of its own.
  private struct Fault {
    var judged: Int
    var first: Instant
    var last: Instant
    var count = 0

    mutating func add(_ time: Instant) {
      last = time
      count += 1
    }
  }

  /// The program that sent a request, as far as one can say.
  private struct Sender: Hashable {
    var program: Int32
    var actor: Int32

    init(_ i: Int, _ scene: Scene) {
      program = scene.programs.of(i) ?? -1
      actor = program < 0 ? scene.briefs[i].actor : -1
    }
  }

  private struct Caller: Hashable {
    var sender: Sender
    var actor: Int32
  }

  static func apply(_ judged: inout [Judged], _ scene: Scene) {
    let ofServices = judged.indices.filter { isOfService(judged[$0]) }
    guard !ofServices.isEmpty else { return }
    let faults = found(judged, scene)
    guard !faults.isEmpty else { return }
    for k in ofServices {
      var moved: [Int: [Int]] = [:]
      // Whether a sender is served here meanwhile is asked once, not for each of its requests.
      var lasting: [Caller: [Fault]] = [:]
      for i in judged[k].group.rows {
        let caller = Caller(sender: Sender(i, scene), actor: scene.briefs[i].actor)
        guard let all = faults[caller.sender] else { continue }
        let known = lasting[caller]
        let own =
          known ?? all.filter { lasts($0, caller, at: judged[k].group.party, judged, scene) }
        if known == nil { lasting[caller] = own }
        let start = scene.briefs[i].start
        if let fault = own.first(where: { start >= $0.first && start <= $0.last }) {
          moved[fault.judged, default: []].append(i)
        }
      }
      for (source, rows) in moved.sorted(by: { $0.key < $1.key }) {
        let clear = judged[source]
        let isSamePlace = clear.group.party == judged[k].group.party
        var part = judged[k]
        part.group.rows = rows
        part.profile = Profile(part.group, scene)
        part.verdict = Echoes.verdict(
          clear.verdict.cause, clear.verdict.share * 0.9,
          isSamePlace
            ? "the same client is refused for this before and after the service fails for everybody"
            : "the same client is refused for this at another service meanwhile",
          part, beside: clear,
          others: isSamePlace ? around(rows, clear.group, scene) : of(rows, clear.group, scene),
          scene)
        judged.append(part)
      }
      let taken = Set(moved.values.joined())
      if !taken.isEmpty { judged[k].group.rows.removeAll { taken.contains($0) } }
    }
    judged.removeAll { $0.group.rows.isEmpty }
  }

  /// The last refusal of a clear group before some rows of the same sender, and the first after them.
  private static func around(_ rows: [Int], _ clear: Group, _ scene: Scene) -> [Citation] {
    guard let first = rows.first, let last = rows.last else { return [] }
    let sender = Sender(first, scene)
    let low = clear.rows.partitioningIndex { $0 >= first }
    let high = clear.rows.partitioningIndex { $0 > last }
    let before = clear.rows[..<low].suffix(mostLookedAt).last { Sender($0, scene) == sender }
    let after = clear.rows[high...].prefix(mostLookedAt).first { Sender($0, scene) == sender }
    return OtherSide.lines([before, after].compactMap { $0 }, scene)
  }

  /// Refusals of a clear group of the sender of some rows.
  private static func of(_ rows: [Int], _ clear: Group, _ scene: Scene) -> [Citation] {
    guard let first = rows.first else { return [] }
    let sender = Sender(first, scene)
    let own = clear.rows.prefix(mostLookedAt).filter { Sender($0, scene) == sender }
    return OtherSide.lines(own.prefix(2), scene)
  }

  private static func found(_ judged: [Judged], _ scene: Scene) -> [Sender: [Fault]] {
    var faults: [Sender: [Fault]] = [:]
    for (k, j) in judged.enumerated()
    where causes.contains(j.verdict.cause)
      && j.verdict.share >= (isForbidden(j) ? forbiddenShare : sureShare)
      && !j.group.endpoint.isKeycloak && !j.profile.isPartyWide && !j.verdict.weight.restsOnSize
    {
      var own: [Sender: Fault] = [:]
      for i in j.group.rows {
        let start = scene.briefs[i].start
        own[Sender(i, scene), default: Fault(judged: k, first: start, last: start)].add(start)
      }
      let ended =
        j.verdict.cause == .sessionRevoked ? revocation(before: j.profile.first, scene) : nil
      for (sender, fault) in own where fault.count >= 3 {
        var fault = fault
        if let ended { fault.first = ended }
        faults[sender, default: []].append(fault)
      }
    }
    return faults
  }

  private static func isForbidden(_ j: Judged) -> Bool {
    j.group.status == 403 && j.verdict.cause == .userRoleMissing && j.profile.isNarrow
  }

  /// When an administrator ended sessions last, within a minute before.
  private static func revocation(before time: Instant, _ scene: Scene) -> Instant? {
    scene.file.observations.adminEvents.lazy.filter {
      $0.time <= time && time - $0.time < 60 && scene.text($0.resourcePath).hasSuffix("/logout")
    }.map(\.time).max()
  }

  /// All clients of the service are refused for it. Not what the edge does to requests: without it nobody knows how
  /// they would have been answered.
  private static func isOfService(_ j: Judged) -> Bool {
    guard !j.group.endpoint.isKeycloak, !j.group.circumstances.isProbe else { return false }
    switch j.verdict.cause.category {
    case .network, .availability: return true
    case .proxy: return j.profile.isPartyWide
    case .tokens: return j.profile.isPartyWide && !causes.contains(j.verdict.cause)
    default: return false
    }
  }

  /// Whether a fault holds at a party, too: with none of the sender's calls served there between two refusals for it.
  private static func lasts(
    _ fault: Fault, _ caller: Caller, at party: Int32, _ judged: [Judged], _ scene: Scene
  ) -> Bool {
    let source = judged[fault.judged]
    guard source.group.party == party || !ofOneService.contains(source.verdict.cause) else {
      return false
    }
    return !scene.within(scene.byActor[Int(caller.actor)], fault.first, fault.last)
      .prefix(mostLookedAt).contains {
        scene.briefs[$0].isSuccess && scene.briefs[$0].party == party
          && Sender($0, scene) == caller.sender
      }
  }
  private static let mostLookedAt = 500
}
