internal import Evidence

/// Everything the causes look at, computed once: the case file with time-lines by party, actor and
/// client, what each answer says, and the spells in which the edge could not use Keycloak.
struct Scene {
  let file: CaseFile
  let crew: Crew
  private let lists: Listings
  let clientNumbers: ClientNumbers
  private(set) var answers: Answers
  private(set) var reloads: [(time: Instant, citation: Citation)] = []
  private(set) var troubles: [Trouble] = []
  /// Spells of errors in Keycloak's own log.
  private(set) var distress: [Distress] = []
  /// Calls for keys and about tokens that Keycloak did not know.
  private(set) var missedCalls: [Request] = []
  /// See `CheckersCalls.allLost`.
  private(set) var lostCalls: [Request] = []
  /// See `CheckersCalls.allStrange`.
  private(set) var strangeCalls: [Request] = []
  /// Introspections that Keycloak's access log shows refused for the service's own credentials, and for want of
  /// HTTPS.
  private(set) var refusedIntrospections: [Request] = []
  private(set) var insecureIntrospections: [Request] = []
  /// Keycloak's access log shows introspections: the sizes of the answers tell what they found.
  private(set) var seesIntrospections = false
  private(set) var serversOut = ServersOut()
  private(set) var lostRealms: [LostRealm] = []
  private(set) var lostHeaders = LostHeaders()
  /// Parties that ask Keycloak about each token (introspection, userinfo).
  private(set) var introspecting: Set<Int32> = []
  let first: Instant
  let last: Instant

  private(set) var forwarding = Forwarding.Hints()
  private(set) var wire = WireContrast()
  private(set) var lengths = RequestLengths()
  private(set) var pages = Pages()
  /// What is asked of every exchange again and again, small enough to scan quickly.
  let briefs: [Brief]
  /// And of its request.
  let outlines: [Outline]
  /// The edge's log shows challenges.
  let isAnyChallenged: Bool
  let pathEcho: PathEcho
  /// By exchange: whether the request carried credentials.
  private(set) var credentials: [Seen] = []
  private(set) var programs = Programs()
  /// By party.
  private(set) var attendance: [Attendance] = []
  /// Median duration of good answers by party, microseconds; -1 unknown.
  private(set) var servedMedian: [Int64] = []
  /// Failures by party, status and size.
  private(set) var kinships = Kinships()
  /// Exchanges whose answers say something, by party.
  private(set) var spoken = RowLists(lists: 0, exchanges: 0) { _ in -1 }

  /// Whether the absence of a token call says something of a client: most of those who are served show
  /// one before. Logs that begin in the middle, or hold failures only, do not.
  private(set) var tokenCallsTell = false

  /// See `countsHeaders`.
  let combinedCounts: Bool
  /// Nobody is seen to be served, as where only refusals were exported: then neither "everybody is
  /// refused" nor "others pass" can be said.
  let isWithoutSuccess: Bool
  /// Exchanges of which Keycloak's events alone tell: tokens that were given.
  let eventsOfTokens: [Int]
  var isAnybodyServed: Bool { servedByParty.contains { !$0.isEmpty } }
  /// More failures than one pastes, and no success.
  var isRefusalsOnly: Bool { isWithoutSuccess && failureCount >= 10 }

  private func foundWhetherTokenCallsTell() -> Bool {
    var served = 0
    var withCall = 0
    var isKnown = [Bool](repeating: false, count: byActor.count)
    for b in briefs where b.isSuccess && b.endpoint == .none && !b.isProbe {
      let actor = Int(b.actor)
      if isKnown[actor] { continue }
      isKnown[actor] = true
      served += 1
      if tokenCallsOfActor[actor].contains(where: {
        briefs[$0].isSuccess && briefs[$0].start <= b.end.advanced(seconds: 1)
      }) {
        withCall += 1
      }
    }
    return served >= 3 && withCall * 10 >= served * 7
  }

  /// How many exchanges failed, health checks left out.
  var failureCount: Int { failuresByParty.reduce(0) { $0 + $1.count } }
  /// Whatever any answer says.
  private(set) var statements: Set<Statement> = []

  private mutating func findSpoken() {
    let said = answers
    let all = briefs
    spoken = RowLists(lists: file.parties.count, exchanges: said.areSilent ? 0 : all.count) {
      said.statement($0) != nil ? all[$0].party : -1
    }
    for rows in spoken {
      for i in rows { if let s = answers.statement(i) { statements.insert(s) } }
    }
  }

  private mutating func findAttendance() {
    let lists = lists.byParty
    let briefs = briefs
    let visitors = visitors
    attendance = crew.map(lists.count) { Attendance(lists[$0], briefs, visitors) }
  }

  /// Of each party that is Keycloak: how many of its first calls were answered with less than 500, by
  /// place in `byParty`.
  private var answeredCalls: [Int: [Int32]] = [:]

  private mutating func countAnswered() {
    for (p, party) in file.parties.enumerated() where party.kind == .keycloak {
      var sum: Int32 = 0
      answeredCalls[p] =
        [0]
        + byParty[p].map { i in
          if briefs[i].status > 0, briefs[i].status < 500 { sum += 1 }
          return sum
        }
    }
  }

  /// Calls of Keycloak within a span: with less than 500, and others.
  func keycloakCalls(_ from: Instant, _ to: Instant) -> (good: Int, bad: Int) {
    var good = 0
    var bad = 0
    for (p, sums) in answeredCalls {
      let calls = within(byParty[p], from, to)
      let answered = Int(sums[calls.endIndex] - sums[calls.startIndex])
      good += answered
      bad += calls.count - answered
    }
    return (good, bad)
  }

  /// Good fetches of the realm's keys through the edge.
  private(set) var keyFetches: [Int] = []
  /// By party: its first two requests with the name of a Basic user.
  private(set) var basicUsers: [[Int]] = []

  private mutating func findRareCalls() {
    keyFetches = briefs.indices.filter { briefs[$0].endpoint == .certs && briefs[$0].isSuccess }
    basicUsers = [[Int]](repeating: [], count: file.parties.count)
    for i in outlines.indices where outlines[i].isNamed {
      let party = Int(briefs[i].party)
      if basicUsers[party].count < 2 { basicUsers[party].append(i) }
    }
  }

  private func foundServedMedians() -> [Int64] {
    servedByParty.map { rows in
      var durations: [Int64] = []
      var looked = 0
      for i in rows {
        let duration = file.exchanges.requests[i].duration
        looked += 1
        if duration >= 0 { durations.append(duration) }
        if durations.count == 500 { break }
      }
      durations.sort()
      // Where only waits show, they are no measure of the rest.
      return durations.count * 2 > looked ? durations[durations.count / 2] : -1
    }
  }

  struct PartyStatus: Hashable {
    var party: Int32
    var status: UInt16
  }
  /// The realm that most token calls go to.
  private(set) var mainRealm: String?

  private func foundMainRealm() -> String? {
    var paths = Numbering()
    var calls: [(path: Symbol, count: Int)] = []
    // Neighbours are mostly of one realm.
    var last = -1
    for (i, b) in briefs.enumerated() where b.endpoint == .token && b.isSuccess {
      let path = file.exchanges.requests[i].path
      if last < 0 || calls[last].path != path {
        last = Int(paths.number(of: Numbering.key(0, path)))
        if last == calls.count { calls.append((path, 0)) }
      }
      calls[last].count += 1
    }
    var counts: [String: Int] = [:]
    for (path, count) in calls {
      if let realm = Realms.realm(text(path)) { counts[realm, default: 0] += count }
    }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  init(_ file: CaseFile, _ crew: Crew = .alone) {
    self.file = file
    self.crew = crew
    let outlines = Outline.all(file, crew)
    self.outlines = outlines
    isAnyChallenged = outlines.contains(where: \.isChallenged)
    let (numbers, marks) = crew.both(
      { ClientNumbers(file.exchanges, symbols: file.observations.symbols.count) },
      { TextMarks(file, outlines) })
    clientNumbers = numbers
    var found = Brief.all(file, numbers, marks, crew)
    combinedCounts = Scene.foundCombinedCounts(found, outlines)
    if combinedCounts { RecordSizes.normalize(&found, file) }
    lists = Listings(
      found, parties: file.parties.count, actors: file.actors.count, clients: numbers.count, crew)
    pathEcho = PathEcho(file, &found, lists.failuresByParty, crew)
    briefs = found
    var first = Instant.unknown
    var last = Instant.unknown
    for b in briefs where b.start.isKnown {
      if !first.isKnown || b.start < first { first = b.start }
      if !last.isKnown || b.end > last { last = b.end }
    }
    self.first = first
    self.last = last
    isWithoutSuccess = !briefs.contains { $0.status > 0 && $0.status < 400 }
    eventsOfTokens = briefs.indices.filter { found[$0].isOfEvent }
    answers = Answers(file, briefs, crew)
    for (i, links) in file.exchanges.links.enumerated()
    where links.backEvent >= 0 && briefs[i].isFailure
      && file.exchanges.requests[i].answeredBy != .edge
    {
      introspecting.insert(links.party)
    }
    visitors = Visitors(
      briefs, file.exchanges.requests, clients: numbers.count, actors: file.actors.count)
    findAttendance()
    findSpoken()
    let bare = self
    let all = briefs
    ((strangers, pages, kinships), lengths) = crew.both(
      {
        var strange = bare
        strange.strangers = bare.foundStrangers()
        return (strange.strangers, Pages(strange), Kinships(all, bare.visitors))
      }, { RequestLengths(file, all, outlines) })
    credentials = foundCredentials()
    pages.settle(credentials, bare)
    let known = self
    (programs, (unsteadyLengths, servedMedian, tokenCallsTell, mainRealm)) = crew.both(
      { known.foundPrograms() },
      {
        (
          bare.foundUnsteadyLengths(), bare.foundServedMedians(),
          bare.foundWhetherTokenCallsTell(), bare.foundMainRealm()
        )
      })
    countAnswered()
    findRareCalls()
    for m in file.observations.messages
    where m.statement == .configurationReloaded && m.time.isKnown && m.time - first > 4 {
      reloads.append((m.time, m.citation))
    }
    findMessages()
    eventLists = EventLists(file)
    distress = Distress.find(messagesOf, file)
    logins = Logins(file)
    silence = Silence(file)
    findPreflights()
    findIntrospectors()
    smallestServed = foundSmallest()
    let almost = self
    ((emptySizes, repertoire), (wire, missedCalls, servedAges, deployments)) = crew.both(
      { almost.foundSizes() },
      {
        (
          WireContrast(file), CheckersCalls.allMissed(almost),
          ServedAges(all, actors: almost.byActor.count, parties: file.parties.count),
          Deployments(almost)
        )
      })
    refusals = Refusals(self)
    youngTokens = YoungTokens(self)
    issuingReplicas = IssuingReplicas(self)
    cutovers = Cutovers(self)
    instances = Instances(self)
    lostHeaders = LostHeaders(self)
    replicas = Replicas(file)
    adminChanges = AdminChanges(file, from: first.advanced(seconds: -1))
    firstCalls = FirstCalls(self)
    strangeCalls = CheckersCalls.allStrange(self)
    lostCalls = CheckersCalls.allLost(self)
    let introspections = CheckersCalls.introspections(file)
    seesIntrospections = !introspections.isEmpty
    refusedIntrospections = introspections.filter { $0.status == 401 }
    insecureIntrospections = introspections.filter {
      $0.status == 403 && $0.responseBytes == HTTPSRequired.size
    }
    serversOut = ServersOut(self)
    lostRealms = LostRealm.find(self)
    troubles = TroubleFinder.find(self)
    forwarding = Forwarding.hints(self)
  }

  /// Sizes of a party's answers to requests that surely carried no token: of probes, scanners, of
  /// requests whose log or length says so, of first calls before a login.
  private(set) var emptySizes: [Int32: Set<Int32>] = [:]

  private(set) var repertoire = Repertoire()
  private(set) var refusals = Refusals()

  /// The clock of a party was read off the wire (and is right, when no offset is known of it).
  func clockOfParty(_ party: Int32) -> Bool {
    file.datedParties.contains(party)
  }

  /// The size of a party's smallest good answer.
  private(set) var smallestServed: [Int32: Int32] = [:]

  func text(_ symbol: Symbol) -> String { file.text(symbol) }
  func exchange(_ i: Int) -> Exchange { file.exchanges[i] }
  func event(_ i: Int32) -> TokenEvent? {
    i >= 0 ? file.observations.tokenEvents[Int(i)] : nil
  }

  private(set) var logins = Logins()
  private(set) var silence = Silence()
  private(set) var firstCalls = FirstCalls()

  private(set) var preflights: Set<Symbol> = []
  func isPreflight(_ method: Symbol) -> Bool { preflights.contains(method) }

  private mutating func findPreflights() {
    // Methods are few.
    var isSeen = [Bool](repeating: false, count: max(1, file.observations.symbols.count))
    isSeen[0] = true
    for o in outlines where !isSeen[Int(o.method.index)] {
      isSeen[Int(o.method.index)] = true
      if text(o.method) == "OPTIONS" { preflights.insert(o.method) }
    }
  }

  /// Exchanges of an address, in order of time.
  func rows(of client: Symbol) -> Rows { lists.byClient[clientNumbers.of(client)] ?? [] }

  /// Exchange indices in order of time.
  var byParty: RowLists { lists.byParty }
  var byActor: RowLists { lists.byActor }
  /// Calls of Keycloak's token end-point by actor.
  var tokenCallsOfActor: RowLists { lists.tokenCallsOfActor }
  var redirectsOfClient: RowLists { lists.redirectsOfClient }
  /// Failures that are no probes.
  var failuresByParty: RowLists { lists.failuresByParty }
  /// Successes that are no probes.
  var servedByParty: RowLists { lists.servedByParty }

  /// Indices of messages, by what they state, in order of time.
  private(set) var messagesOf: [Statement: [Int]] = [:]
  /// Who counts as one client.
  private(set) var visitors = Visitors()
  /// Who sent an exchange.
  func visitor(_ i: Int) -> Int32 { visitors.of(i, briefs) }

  private(set) var eventLists = EventLists()

  private mutating func findMessages() {
    for (i, m) in file.observations.messages.enumerated() where m.statement != .other {
      messagesOf[m.statement, default: []].append(i)
    }
  }

  /// Index of the first event later than a time.
  func firstEvent(after time: Instant) -> Int {
    file.observations.tokenEvents.partitioningIndex { $0.time > time }
  }

  private mutating func findIntrospectors() {
    var owners: [Symbol: Int32] = [:]
    for (i, p) in file.parties.enumerated() where p.kind == .application {
      for a in p.addresses { owners[a] = Int32(i) }
    }
    guard !owners.isEmpty else { return }
    var asks = TextMemo<Bool>()
    // Where Keycloak logs no events of success, its access log shows the questions.
    var asked = TextMemo<Bool>()
    for leg in file.legs where leg.hop == .keycloak {
      let isQuestion = asked.value(of: leg.route) {
        let route = file.text($0)
        return route.hasSuffix("/introspect") || route.hasSuffix("/userinfo")
      }
      if isQuestion, let party = owners[leg.client] { introspecting.insert(party) }
    }
    for e in file.observations.tokenEvents {
      let isQuestion = asks.value(of: e.type) {
        let type = file.text($0)
        return type.hasPrefix("INTROSPECT") || type.hasPrefix("USER_INFO")
      }
      guard isQuestion else { continue }
      if let party = owners[e.address] { introspecting.insert(party) }
    }
  }

  // MARK: Questions

  private var servedAges = ServedAges()

  /// The greatest age of a token (since the actor's last token call) that a service still accepted.
  func greatestServedAge(at party: Int32) -> Double { servedAges.greatest(at: party) }

  /// The use of that token.
  func oldestServed(at party: Int32) -> ServedAges.Example? { servedAges.oldest(at: party) }

  /// That age where it is much less than these logs span: the service's tokens are short-lived and clients renew
  /// them; `nil` otherwise.
  func renewalGap(at party: Int32) -> Double? {
    let age = greatestServedAge(at: party)
    return servedAges.calls >= 8 && age > 0 && age * 2.2 < last - first ? age : nil
  }

  /// Refusals that only young tokens meet.
  private(set) var youngTokens = YoungTokens()
  private(set) var issuingReplicas = IssuingReplicas()
  private(set) var cutovers = Cutovers()
  private(set) var deployments = Deployments()
  private(set) var instances = Instances()
  private(set) var replicas = Replicas()
  private(set) var adminChanges = AdminChanges()

  /// Several calls for tokens are in these logs, and the tokens are used.
  var showsTokenCalls: Bool { servedAges.calls >= 8 }

  /// Somebody is seen to get a token.
  var hasToken: Bool { servedAges.calls > 0 }

  /// Health checks and scanners: they never authenticate and prove nothing.
  func isProbe(_ i: Int) -> Bool { briefs[i].isProbe }

  /// Rows of programs that ask for many routes which nobody is ever served.
  private(set) var strangers: Set<Int> = []

  /// Scanners by name or by what they look for.
  func isScanner(_ i: Int) -> Bool { briefs[i].isScanner || strangers.contains(i) }

  /// Whether good clients' requests vary in length as well (cookies, traces): then variety says
  /// nothing.
  private(set) var unsteadyLengths = false

  private func foundPrograms() -> Programs {
    var found = Programs(briefs, outlines, credentials)
    guard found.tell else { return Programs() }
    let calls = briefs.indices.filter { briefs[$0].endpoint == .token && briefs[$0].isSuccess }
    found.assign(tokenCalls: calls) { call in
      let r = file.exchanges[call].request
      let next = within(
        rows(of: r.client), r.end.advanced(seconds: r.isCoarse ? -1.01 : -0.01),
        r.end.advanced(seconds: 3)
      ).prefix(40).filter {
        briefs[$0].endpoint == .none && !briefs[$0].isProbe && !isScanner($0)
      }
      // Another user agent behind the same address has tokens of its own.
      let own = next.filter { briefs[$0].actor == briefs[call].actor }
      return own.isEmpty ? next : own
    }
    return found
  }
}
