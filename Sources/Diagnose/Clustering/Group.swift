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
  /// A size fits a key id of 36 characters.
  var hasUUIDKeyIDLength = false
  var circumstances: Circumstances
  /// All rows of the party with the same status and size, whoever sent them: their class in
  /// `Scene.kinships`.
  var kin: Int32 = -1
  /// The stretch in which its kin fail.
  var stretch = Stretch()

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
  /// Of a refused password: the same user logs in soon after.
  var isMended = false
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
  /// What kind of program sent it, by its connection; only where the words do not tell.
  var program = Programs.Kind.unknown
  var isScanner = false
  /// A browser brings back the answer of a login.
  var isCallback = false

  /// Of a request that did not go to Keycloak itself: a login, not a call with a token, by an application's
  /// own form or on its way back from Keycloak.
  var isLogin: Bool { isCallback || !eventError.isNone }
}

/// Makes groups of failing rows.
enum Grouping {
  private struct Key: Hashable {
    /// Of `Scene.kinships`: party, status and size.
    var kin: Int32
    var endpoint: Endpoint
    var statement: Statement?
    var circumstances: Circumstances

    /// What may have very many values: a row is hashed in a fraction of the time that all fields take.
    func hash(into hasher: inout Hasher) {
      hasher.combine(Numbering.key(kin, circumstances.actor))
      hasher.combine(Numbering.key(circumstances.eventClient, circumstances.eventError))
      hasher.combine(Numbering.key(circumstances.eventReason, circumstances.eventType))
      hasher.combine(Numbering.key(circumstances.backError, circumstances.backReason))
    }
  }

  /// Rows of one key, in order of time.
  private struct Pile: Sendable {
    var key: Key
    var rows: [Int]
  }

  private struct Piles: Sendable {
    private(set) var all: [Pile] = []
    private var places: [Key: Int] = [:]

    mutating func add(_ rows: [Int], _ key: Key) {
      guard let place = places[key] else {
        places[key] = all.count
        all.append(Pile(key: key, rows: rows))
        return
      }
      all[place].rows += rows
    }

    mutating func add(_ row: Int, _ key: Key) {
      if let place = places[key] { all[place].rows.append(row) } else { add([row], key) }
    }
  }

  static func groups(_ scene: Scene) -> [Group] {
    var answers = scene.answers
    dropStrayWords(&answers, scene)
    inherit(&answers, scene)
    let settled = answers
    let (sizes, (piles, stretches)) = scene.crew.both(
      { Self.fit(settled, scene) }, { (Self.piles(settled, scene), Stretch.all(scene)) })
    var result: [Group] = []
    for pile in piles.flatMap({ parts(of: $0, stretches[Int($0.key.kin)], scene) }) {
      let (key, rows) = (pile.key, pile.rows)
      guard let first = rows.first else { continue }
      var answer = answers[first] ?? Answer()
      answer.citations = Signals.spread(rows, 3, scene).flatMap { answers[$0]?.citations ?? [] }
      let size = scene.kinships.classes[Int(key.kin)]
      result.append(
        Group(
          rows: rows, party: size.party, endpoint: key.endpoint, status: size.status,
          answer: answer, byLength: sizes.candidates[size] ?? [:],
          hasForeignKeyIDLength: sizes.foreignKeyID.contains(size),
          hasUUIDKeyIDLength: sizes.uuidKeyID.contains(size),
          circumstances: key.circumstances, kin: key.kin, stretch: stretches[Int(key.kin)]))
    }
    result.sort { ($0.rows[0], $0.rows.count) < ($1.rows[0], $1.rows.count) }
    return result
  }

  /// Refusals without a word in which nothing shows what was sent, cut where something else happens: what somebody
  /// meets while the edge, reloaded, has everybody refused, or while the edge cannot use Keycloak, need not be what it
  /// meets minutes before or after.
  private static func parts(of pile: Pile, _ stretch: Stretch, _ scene: Scene) -> [Pile] {
    let key = pile.key
    guard key.statement == nil, !key.endpoint.isKeycloak, !key.circumstances.beforeLogin,
      !key.circumstances.afterRedirect, !key.circumstances.isProbe
    else { return [pile] }
    return spells(pile, scene).flatMap { window($0, stretch, scene) }
  }

  private static func window(_ pile: Pile, _ stretch: Stretch, _ scene: Scene) -> [Pile] {
    guard stretch.count >= 6, stretch.clients >= 3, stretch.clients * 10 >= stretch.active * 8,
      let onset = scene.reloads.first(where: { abs($0.time - stretch.first) <= Scene.reloadReach })
    else { return [pile] }
    // The next reload ends it, as a rule.
    let end = scene.reloads.first {
      $0.time - onset.time > Scene.reloadReach && $0.time < stretch.last
    }
    let span = stretch.first...(end?.time ?? stretch.last)
    let meanwhile = pile.rows.filter { span.contains(scene.briefs[$0].start) }
    let others = pile.rows.filter { !span.contains(scene.briefs[$0].start) }
    guard !meanwhile.isEmpty, !others.isEmpty else { return [pile] }
    return [Pile(key: pile.key, rows: meanwhile), Pile(key: pile.key, rows: others)]
  }

  /// Seconds without a refusal between what belongs to a spell of trouble with Keycloak and what does not.
  private static let pause = 3 * TroubleFinder.gap

  private static func spells(_ pile: Pile, _ scene: Scene) -> [Pile] {
    guard !scene.troubles.isEmpty else { return [pile] }
    var parts: [(rows: [Int], isInTrouble: Bool)] = []
    for i in pile.rows {
      let b = scene.briefs[i]
      let isInTrouble = scene.trouble(at: b.start, margin: 3) != nil
      if let open = parts.last, let last = open.rows.last,
        open.isInTrouble == isInTrouble || b.start - scene.briefs[last].end < pause
      {
        parts[parts.count - 1].rows.append(i)
        parts[parts.count - 1].isInTrouble = isInTrouble
      } else {
        parts.append(([i], isInTrouble))
      }
    }
    return parts.map { Pile(key: pile.key, rows: $0.rows) }
  }

  /// Failing rows by key, in order of the first.
  private static func piles(_ answers: Answers, _ scene: Scene) -> [Pile] {
    let back = backErrors(scene)
    let crowds = crowded(scene)
    let spans = scene.crew.spans(scene.briefs.count) { span in
      var piles = Piles()
      for i in span where scene.briefs[i].isFailure {
        piles.add(i, key(i, answers, back, crowds, scene))
      }
      return piles.all
    }
    var piles = Piles()
    for pile in spans.joined() { piles.add(pile.rows, pile.key) }
    return piles.all
  }

  private static func key(
    _ i: Int, _ answers: Answers, _ back: [(error: Symbol, reason: Symbol)?],
    _ crowds: [Bool], _ scene: Scene
  ) -> Key {
    let b = scene.briefs[i]
    let statement = answers.statement(i)
    let tells = statement.map { AnswerReading.telling($0) >= 2 } ?? false
    var c = CircumstanceReading.read(i, scene)
    if b.endpoint.isKeycloak || tells {
      c.beforeLogin = false
      if tells { c.credentials = .unknown }
    } else if !crowds[Int(scene.kinships.of(i))] {
      c.actor = b.actor
      c.program = scene.programs.kind(i)
      c.isScanner = scene.isScanner(i)
    }
    let kin = scene.kinships.of(i)
    if c.backError.isNone, c.backReason.isNone, back[Int(kin)] == nil {
      // Nothing to take away or to add.
    } else if scene.isScanner(i) || c.isProbe || c.credentials == .absent
      || scene.emptySizes[b.party]?.count ?? 0 <= 2 && scene.isSurelyEmpty(b.party, b.bytes)
        && scene.emptySizeTrust(b.party) == 1
    {
      // Who sends no token is not asked about at Keycloak: the event is somebody else's.
      if !b.endpoint.isKeycloak {
        c.backError = .none
        c.backReason = .none
      }
    } else if c.backError.isNone, let common = back[Int(kin)] {
      c.backError = common.error
      c.backReason = common.reason
    }
    return Key(kin: kin, endpoint: b.endpoint, statement: statement, circumstances: c)
  }

  /// Parties and statuses that very many actors meet are explained without looking at single actors. By
  /// class of kin.
  private static func crowded(_ scene: Scene) -> [Bool] {
    let classes = scene.kinships.classes
    var places = Numbering()
    let placeOf = classes.map { Int(places.number(of: Numbering.key($0.party, Int32($0.status)))) }
    var actors = Numbering()
    var counts = [Int](repeating: 0, count: places.count)
    for (i, b) in scene.briefs.enumerated() where b.isFailure && !b.endpoint.isKeycloak {
      let place = placeOf[Int(scene.kinships.of(i))]
      if counts[place] > 64 { continue }
      if actors.insert(Numbering.key(Int32(truncatingIfNeeded: place), b.actor)) {
        counts[place] += 1
      }
    }
    return placeOf.map { counts[$0] > 64 }
  }

  /// Messages without an id find their request by time alone, and some find the wrong one. Where only
  /// few answers of one size have words, and another size of the same service has those words as a
  /// rule, the few were strays.
  private static func dropStrayWords(_ answers: inout Answers, _ scene: Scene) {
    let kinships = scene.kinships
    var voiced: [[Statement: Int]] = kinships.classes.map { _ in [:] }
    for i in scene.briefs.indices where answers.voice(i) == .message {
      if let s = answers.statement(i), !scene.briefs[i].endpoint.isKeycloak {
        voiced[Int(kinships.of(i))][s, default: 0] += 1
      }
    }
    // A party's end-points of one status and size are of one kind but for Keycloak's own.
    if voiced.allSatisfy(\.isEmpty) { return }
    let totals = kinships.rows.map { rows in
      rows.count { !scene.briefs[$0].endpoint.isKeycloak }
    }
    for i in scene.briefs.indices where answers.voice(i) == .message {
      let b = scene.briefs[i]
      guard !b.endpoint.isKeycloak, let s = answers.statement(i) else { continue }
      let kin = Int(kinships.of(i))
      let share = Double(voiced[kin][s] ?? 0) / Double(max(1, totals[kin]))
      guard share < 0.5 else { continue }
      if share < 0.15, totals[kin] >= 8 {
        answers[i] = Answer()
        continue
      }
      let elsewhere = voiced.indices.contains { other in
        other != kin && kinships.classes[other].party == b.party
          && Double(voiced[other][s] ?? 0) / Double(max(1, totals[other])) > max(0.6, share * 1.6)
      }
      if elsewhere || scene.emptySizes[b.party]?.contains(b.bytes) == true {
        answers[i] = Answer()
      }
    }
  }

  /// Rows without words take those of their like: one size of one party is one reason.
  private static func inherit(_ answers: inout Answers, _ scene: Scene) {
    let kinships = scene.kinships
    let parties = Set(scene.spoken.indices.filter { !scene.spoken[$0].isEmpty })
    for (kin, rows) in kinships.rows.enumerated()
    where kinships.classes[kin].bytes > 0 && parties.contains(Int(kinships.classes[kin].party)) {
      var statement: Statement?
      var example: Answer?
      var mute: [Int] = []
      for i in rows where !scene.briefs[i].endpoint.isKeycloak {
        guard let own = answers.statement(i) else {
          mute.append(i)
          continue
        }
        if let known = statement, known != own, !(isBasic(known) && isBasic(own)) {
          mute = []
          statement = nil
          break
        }
        statement = own
        guard let answer = answers[i] else { continue }
        let line = answer.citations.first ?? Citation(source: 0, number: 0)
        if let known = example?.citations.first ?? answer.citations.first, example != nil,
          known < line
        {
          continue
        }
        example = answer
      }
      guard statement != nil, var answer = example, !mute.isEmpty else { continue }
      answer.voice = .inherited
      answers.share(answer, among: mute)
    }
  }

  /// Three ways to say that user name and password are wanted.
  private static func isBasic(_ s: Statement) -> Bool {
    s == .basicMissing || s == .basicUserNotFound || s == .basicPasswordMismatch
  }

  /// The error that Keycloak logs for most rows of a size class stands for all of them: some events
  /// find no partner, one size is still one reason. By class.
  private static func backErrors(_ scene: Scene) -> [(error: Symbol, reason: Symbol)?] {
    struct Kind: Hashable {
      var error: Symbol
      var reason: Symbol
    }
    if scene.file.observations.tokenEvents.isEmpty {
      return scene.kinships.classes.map { _ in nil }
    }
    return scene.kinships.rows.map { rows in
      var counts: [Kind: Int] = [:]
      var total = 0
      for i in rows where !scene.briefs[i].endpoint.isKeycloak {
        total += 1
        if let event = scene.event(scene.file.exchanges[i].backEvent) {
          counts[Kind(error: event.error, reason: event.reason), default: 0] += 1
        }
      }
      let best = counts.max {
        ($0.value, scene.text($1.key.error)) < ($1.value, scene.text($0.key.error))
      }
      guard let best, best.value * 10 >= total * 3, counts.count <= 2 else { return nil }
      return (best.key.error, best.key.reason)
    }
  }

  private static func fit(_ answers: Answers, _ scene: Scene) -> LengthFit {
    var sizes: [LengthFit.SizeClass: LengthFit.Counting] = [:]
    for (kin, rows) in scene.kinships.rows.enumerated() {
      let size = scene.kinships.classes[kin]
      if scene.pathEcho.contains(party: size.party, status: size.status) { continue }
      // Those who ask Keycloak have words of their own.
      let isOwn = scene.introspecting.contains(size.party)
      var counting = sizes[size]
      for i in rows where !scene.briefs[i].endpoint.isKeycloak && answers.voice(i) != .edge {
        let r = scene.file.exchanges[i].request
        if r.answeredBy == .edge { continue }
        if !scene.countsHeaders(r) {
          if counting == nil { counting = .body }
        } else if r.format.isHAProxy {
          counting = .haproxy
        } else if r.format == .apacheAccess, !isOwn {
          counting = .apache
        } else if r.format == .nginxJSON, !isOwn {
          counting = .nginx
        } else if counting == nil || counting == .body {
          counting = .headers
        }
      }
      if let counting { sizes[size] = counting }
    }
    var fit = LengthFit(
      sizes,
      isEmpty: { scene.emptySizes[$0.party]?.contains($0.bytes) == true },
      baseline: { size in
        size.status == 401 ? scene.emptySizes[size.party].flatMap { $0.min() } : nil
      })
    fit.add(KongLengths.candidates(scene))
    return fit
  }
}
