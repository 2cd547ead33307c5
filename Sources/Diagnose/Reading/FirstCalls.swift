internal import Evidence

/// First calls of services within two seconds after a token was issued: most likely made with that token.
struct FirstCalls: Sendable {
  private struct Call {
    var client: Symbol
    var issued: Citation
    var exchange: Int
  }

  /// By party, in the order of the events.
  private var calls: [[Call]] = []
  private static let types: Set<String> = [
    "LOGIN", "CLIENT_LOGIN", "CODE_TO_TOKEN", "REFRESH_TOKEN",
  ]
  private static let span = 2.0
  /// So many refusals tell as much as the first calls of two logins.
  private static let many = 8

  init() {}

  init(_ scene: Scene) {
    let file = scene.file
    calls = Array(repeating: [], count: file.parties.count)
    guard file.parties.indices.contains(where: { !scene.failuresByParty[$0].isEmpty }) else {
      return
    }
    var answers: [Int32: Int] = [:]
    for i in scene.briefs.indices where scene.briefs[i].isSuccess {
      let event = scene.exchange(i).event
      if event >= 0 { answers[event] = i }
    }
    var issues: [Symbol: Bool] = [:]
    for (k, event) in file.observations.tokenEvents.enumerated() where event.error.isNone {
      guard !event.client.isNone, event.time >= scene.first else { continue }
      let isIssue = issues[event.type] ?? FirstCalls.types.contains(file.text(event.type))
      issues[event.type] = isIssue
      guard isIssue else { continue }
      let answer = answers[Int32(truncatingIfNeeded: k)]
      // Without the answer itself, the event's clock may be off a little.
      let from = answer.map { scene.briefs[$0].end } ?? event.time.advanced(seconds: 0.02)
      var seen: Set<Int32> = []
      let rows = scene.rows(of: event.address)
      let span = scene.within(rows, from, event.time.advanced(seconds: FirstCalls.span))
      let isShared = FirstCalls.areOfSeveralPrograms(span, scene)
      for j in span {
        let b = scene.briefs[j]
        if b.endpoint.isKeycloak || b.isProbe || b.party < 0 { continue }
        if let answer, scene.briefs[answer].actor != b.actor { continue }
        // Of several programs behind one address, one that goes on as before need not use this token.
        if isShared, let program = scene.programs.of(j),
          scene.programs.all[Int(program)].opening != j
        {
          continue
        }
        guard seen.insert(b.party).inserted else { continue }
        calls[Int(b.party)].append(
          Call(client: event.client, issued: event.citation, exchange: j))
      }
    }
  }

  private static func areOfSeveralPrograms(_ rows: some Sequence<Int>, _ scene: Scene) -> Bool {
    var first: Int32?
    for j in rows where !scene.briefs[j].endpoint.isKeycloak && !scene.briefs[j].isProbe {
      guard let program = scene.programs.of(j) else { continue }
      if let first, first != program { return true }
      first = program
    }
    return false
  }

  /// Whether tokens of the client ids that a group's clients use are accepted at its party meanwhile, from other
  /// actors.
  func areOthersServed(_ group: Group, _ profile: Profile, _ scene: Scene) -> Bool {
    guard profile.first.isKnown else { return false }
    let calls = calls[Int(group.party)].lazy.filter {
      let start = scene.briefs[$0.exchange].start
      return start >= profile.first && start <= profile.last
    }
    var refused: [Symbol: Set<Int32>] = [:]
    for call in calls where scene.kinships.of(call.exchange) == group.kin {
      refused[call.client, default: []].insert(scene.briefs[call.exchange].actor)
    }
    guard !refused.isEmpty else { return false }
    var served = 0
    for call in calls where scene.briefs[call.exchange].isSuccess {
      if let actors = refused[call.client],
        !actors.contains(scene.briefs[call.exchange].actor)
      {
        served += 1
      }
    }
    return served >= 2
  }

  /// A client id of Keycloak whose tokens are refused like a group's rows while those of others pass at its party.
  func exclusiveClient(_ group: Group, _ scene: Scene) -> Exclusive? {
    var failed: [Symbol: (count: Int, call: Call)] = [:]
    var served: [Symbol: Int] = [:]
    for call in calls[Int(group.party)] {
      if scene.kinships.of(call.exchange) == group.kin {
        failed[call.client] = ((failed[call.client]?.count ?? 0) + 1, call)
      } else if scene.briefs[call.exchange].isSuccess {
        served[call.client, default: 0] += 1
      }
    }
    let best = failed.max {
      ($0.value.count, scene.text($1.key)) < ($1.value.count, scene.text($0.key))
    }
    // Who stays logged in calls first only once.
    guard let best,
      best.value.count >= 2
        || group.count >= FirstCalls.many
          && ![.edge, .gatewayFilter].contains(group.circumstances.answerer),
      (served[best.key] ?? 0) * 3 <= best.value.count
    else { return nil }
    let others = served.reduce(0) { $0 + ($1.key == best.key ? 0 : $1.value) }
    let othersFailed = failed.reduce(0) { $0 + ($1.key == best.key ? 0 : $1.value.count) }
    guard others >= 3, othersFailed * 3 <= others else { return nil }
    let other = calls[Int(group.party)].first {
      $0.client != best.key && scene.briefs[$0.exchange].isSuccess
    }
    func line(_ call: Call) -> Citation { scene.exchange(call.exchange).request.citation }
    return Exclusive(
      name: scene.text(best.key), issued: best.value.call.issued, refused: line(best.value.call),
      others: other.map { [$0.issued, line($0)] } ?? [])
  }

  /// A client id whose tokens alone are refused: the issue of one and its refusal, and the same of another client's that
  /// is served.
  struct Exclusive {
    var name: String
    var issued: Citation
    var refused: Citation
    var others: [Citation]
  }
}
