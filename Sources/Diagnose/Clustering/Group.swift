internal import Evidence

/// Failures that look alike from the outside: same party, status, size and words, and, where the
/// words do not tell, same actor and circumstances. The unit that is explained.
struct Group {
  var rows: [Int]
  var party: Int32
  var endpoint: Endpoint
  var status: UInt16
  /// What the answers say; `nil` when nothing tells.
  var answer: Answer
  /// Guesses by size, statement → probability.
  var byLength: [Statement: Double] = [:]
  var hasForeignKeyIDLength = false
  var circumstances: Circumstances
  /// All rows of the party with the same status and size, whoever sent them.
  var kin: [Int] = []

  var count: Int { rows.count }
}

/// What is known of one failing row besides the words of its answer.
struct Circumstances: Hashable {
  /// Who answered.
  var answerer: Answerer = .unknown
  /// Keycloak's event of this call, and its error.
  var eventError = Symbol.none
  var eventReason = Symbol.none
  var eventClient = Symbol.none
  var eventType = Symbol.none
  /// The error of the application's own call to Keycloak.
  var backError = Symbol.none
  var backReason = Symbol.none
  var method = Symbol.none
  var afterRedirect = false
  var beforeLogin = false
  var afterFailedRenewal = false
  var credentials = Seen.unknown
  var isProbe = false
  /// Only where the words do not tell.
  var actor: Int32 = -1
}

/// Makes groups of failing rows.
enum Grouping {
  private struct Key: Hashable {
    var party: Int32
    var endpoint: Endpoint
    var status: UInt16
    var statement: Statement?
    var bytes: Int32
    var circumstances: Circumstances
  }

  static func groups(_ scene: Scene) -> [Group] {
    var answers = scene.answers
    dropStrayWords(&answers, scene)
    inherit(&answers, scene)
    let fit = fit(answers, scene)
    let back = backErrors(scene)
    let crowds = crowded(scene)
    var byKey: [Key: [Int]] = [:]
    var kin: [LengthFit.SizeClass: [Int]] = [:]
    for (i, e) in scene.file.exchanges.enumerated() where e.isFailure {
      let answer = answers[i] ?? Answer()
      var c = CircumstanceReading.read(i, answer, scene)
      let tells = answer.statement.map { AnswerReading.telling($0) >= 2 } ?? false
      if e.endpoint.isKeycloak || tells {
        c.beforeLogin = false
        if tells { c.credentials = .unknown }
      } else if !crowds.contains(
        Scene.PartyStatus(party: e.party, status: e.request.status))
      {
        c.actor = e.actor
      }
      let size = sizeClass(e, scene)
      if c.backError.isNone, let common = back[size] {
        c.backError = common.error
        c.backReason = common.reason
      }
      kin[size, default: []].append(i)
      byKey[
        Key(
          party: e.party, endpoint: e.endpoint, status: e.request.status,
          statement: answer.statement, bytes: sizeClass(e, scene).bytes,
          circumstances: c), default: []
      ].append(i)
    }
    var result: [Group] = []
    for (key, rows) in byKey {
      guard let first = rows.first else { continue }
      var answer = answers[first] ?? Answer()
      answer.citations = rows.prefix(3).flatMap { answers[$0]?.citations ?? [] }
      let size = sizeClass(scene.file.exchanges[first], scene)
      result.append(
        Group(
          rows: rows, party: key.party, endpoint: key.endpoint, status: key.status,
          answer: answer, byLength: fit.candidates[size] ?? [:],
          hasForeignKeyIDLength: fit.foreignKeyID.contains(size),
          circumstances: key.circumstances, kin: kin[size] ?? rows))
    }
    result.sort { ($0.rows[0], $0.rows.count) < ($1.rows[0], $1.rows.count) }
    JointFit.apply(&result, scene)
    return result
  }

  /// Parties and statuses that very many actors meet are explained without looking at single actors.
  private static func crowded(_ scene: Scene) -> Set<Scene.PartyStatus> {
    var actors: [Scene.PartyStatus: Set<Int32>] = [:]
    for e in scene.file.exchanges where e.isFailure && !e.endpoint.isKeycloak {
      let key = Scene.PartyStatus(party: e.party, status: e.request.status)
      if (actors[key]?.count ?? 0) < 65 { actors[key, default: []].insert(e.actor) }
    }
    return Set(actors.filter { $0.value.count > 64 }.keys)
  }

  static func sizeClass(_ e: Exchange, _ scene: Scene) -> LengthFit.SizeClass {
    // Where sizes vary freely they say nothing.
    let isSteady = !scene.unsteady.contains(
      Scene.PartyStatus(party: e.party, status: e.request.status))
    return LengthFit.SizeClass(
      party: e.party, status: e.request.status,
      bytes: isSteady ? e.request.responseBytes : -1)
  }

  /// Messages without an id find their request by time alone, and some find the wrong one. Where only
  /// few answers of one size have words, and another size of the same service has those words as a
  /// rule, the few were strays.
  private static func dropStrayWords(_ answers: inout [Int: Answer], _ scene: Scene) {
    var totals: [LengthFit.SizeClass: Int] = [:]
    var voiced: [LengthFit.SizeClass: [Statement: Int]] = [:]
    for (i, answer) in answers where !scene.file.exchanges[i].endpoint.isKeycloak {
      let size = sizeClass(scene.file.exchanges[i], scene)
      totals[size, default: 0] += 1
      if answer.voice == .message, let s = answer.statement {
        voiced[size, default: [:]][s, default: 0] += 1
      }
    }
    for (i, answer) in answers where answer.voice == .message {
      let e = scene.file.exchanges[i]
      guard !e.endpoint.isKeycloak, let s = answer.statement else { continue }
      let size = sizeClass(e, scene)
      let share = Double(voiced[size]?[s] ?? 0) / Double(max(1, totals[size] ?? 1))
      guard share < 0.5 else { continue }
      if share < 0.15, totals[size] ?? 0 >= 8 {
        answers[i] = Answer()
        continue
      }
      let elsewhere = voiced.contains { key, counts in
        key.party == size.party && key != size
          && Double(counts[s] ?? 0) / Double(max(1, totals[key] ?? 1)) > max(0.6, share * 1.6)
      }
      if elsewhere || scene.emptySizes[e.party]?.contains(e.request.responseBytes) == true {
        answers[i] = Answer()
      }
    }
  }

  /// Rows without words take those of their like: one size of one party is one reason.
  private static func inherit(_ answers: inout [Int: Answer], _ scene: Scene) {
    var words: [LengthFit.SizeClass: [Statement: Int]] = [:]
    var examples: [LengthFit.SizeClass: [Statement: Answer]] = [:]
    for (i, answer) in answers {
      guard let statement = answer.statement, !scene.file.exchanges[i].endpoint.isKeycloak
      else { continue }
      let size = sizeClass(scene.file.exchanges[i], scene)
      guard size.bytes > 0 else { continue }
      words[size, default: [:]][statement, default: 0] += 1
      if let known = examples[size]?[statement],
        (known.citations.first ?? answer.citations.first) ?? Citation(source: 0, number: 0)
          < (answer.citations.first ?? Citation(source: 0, number: 0))
      {
        continue
      }
      examples[size, default: [:]][statement] = answer
    }
    for i in answers.keys.sorted() {
      guard answers[i]?.statement == nil, !scene.file.exchanges[i].endpoint.isKeycloak
      else { continue }
      let size = sizeClass(scene.file.exchanges[i], scene)
      guard let counts = words[size], counts.count == 1, let statement = counts.first?.key,
        var answer = examples[size]?[statement]
      else { continue }
      answer.voice = .inherited
      answers[i] = answer
    }
  }

  /// The error that Keycloak logs for most rows of a size class stands for all of them: some events
  /// find no partner, one size is still one reason.
  private static func backErrors(_ scene: Scene)
    -> [LengthFit.SizeClass: (error: Symbol, reason: Symbol)]
  {
    struct Kind: Hashable {
      var error: Symbol
      var reason: Symbol
    }
    var counts: [LengthFit.SizeClass: [Kind: Int]] = [:]
    var totals: [LengthFit.SizeClass: Int] = [:]
    for e in scene.file.exchanges where e.isFailure && !e.endpoint.isKeycloak {
      let size = sizeClass(e, scene)
      totals[size, default: 0] += 1
      if let event = scene.event(e.backEvent) {
        counts[size, default: [:]][Kind(error: event.error, reason: event.reason), default: 0] += 1
      }
    }
    var result: [LengthFit.SizeClass: (error: Symbol, reason: Symbol)] = [:]
    for (size, kinds) in counts {
      let best = kinds.max {
        ($0.value, scene.text($1.key.error)) < ($1.value, scene.text($0.key.error))
      }
      if let best, best.value * 10 >= (totals[size] ?? 0) * 3, kinds.count <= 2 {
        result[size] = (best.key.error, best.key.reason)
      }
    }
    return result
  }

  private static func fit(_ answers: [Int: Answer], _ scene: Scene) -> LengthFit {
    var sizes: [LengthFit.SizeClass: Int] = [:]
    var headers: Set<LengthFit.SizeClass> = []
    for (i, e) in scene.file.exchanges.enumerated()
    where e.isFailure && !e.endpoint.isKeycloak && answers[i]?.voice != .edge
      && e.request.answeredBy != .edge
    {
      let size = sizeClass(e, scene)
      sizes[size, default: 0] += 1
      // What the combined format's size counts depends on the server.
      let isCombined = e.request.format == .nginxCombined || e.request.format == .apacheAccess
      if e.request.sizeCountsHeaders || isCombined { headers.insert(size) }
    }
    return LengthFit(sizes) { headers.contains($0) }
  }
}
