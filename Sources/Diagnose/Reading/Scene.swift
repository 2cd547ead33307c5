internal import Evidence

/// Everything the causes look at, computed once: the case file with time-lines by party, actor and
/// client, what each answer says, and the spells in which the edge could not use Keycloak.
struct Scene {
  let file: CaseFile
  let crew: Crew
  /// Exchange indices in order of time.
  let byParty: RowLists
  let byActor: RowLists
  private let byClient: RowLists
  private let clientNumbers: ClientNumbers
  private(set) var answers: Answers
  private(set) var reloads: [(time: Instant, citation: Citation)] = []
  private(set) var troubles: [Trouble] = []
  /// Parties that ask Keycloak about each token (introspection, userinfo).
  private(set) var introspecting: Set<Int32> = []
  private(set) var keycloakEvents: [(time: Instant, index: Int)] = []
  let first: Instant
  let last: Instant

  private(set) var forwarding = Forwarding.Hints()
  private(set) var wire = WireContrast()
  /// Median length of served requests (target not counted) by party; at least three are needed.
  private(set) var typicalLength: [Int32: Int] = [:]
  /// Calls of Keycloak's token end-point by actor, in order of time.
  let tokenCallsOfActor: RowLists

  /// What is asked of every exchange again and again, small enough to scan quickly.
  private(set) var briefs: [Brief] = []
  private(set) var programs = Programs()
  /// Failures that are no probes, by party, in order of time.
  private(set) var failuresByParty = RowLists(lists: 0, exchanges: 0) { _ in -1 }
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

  private mutating func findWhetherTokenCallsTell() {
    var served = 0
    var withCall = 0
    for (actor, rows) in byActor.enumerated() {
      guard
        let first = rows.first(where: {
          briefs[$0].isSuccess && briefs[$0].endpoint == .none && !briefs[$0].isProbe
        })
      else { continue }
      served += 1
      if tokenCallsOfActor[actor].contains(where: {
        briefs[$0].isSuccess && briefs[$0].start <= briefs[first].end.advanced(seconds: 1)
      }) {
        withCall += 1
      }
    }
    tokenCallsTell = served >= 3 && withCall * 10 >= served * 7
  }

  /// How many exchanges failed, health checks left out.
  var failureCount: Int { failuresByParty.reduce(0) { $0 + $1.count } }
  /// Whatever any answer says.
  private(set) var statements: Set<Statement> = []

  private mutating func makeBriefs() {
    let file = file
    let clients = clientNumbers
    let marks = marks
    briefs = crew.spans(file.exchanges.count) { span in
      span.map { Brief(file.exchanges[$0], clients, marks) }
    }.flatMap { $0 }
    let briefs = briefs
    let parties = file.parties.count
    failuresByParty = RowLists(lists: parties, exchanges: briefs.count) {
      briefs[$0].isFailure && !briefs[$0].isProbe ? briefs[$0].party : -1
    }
    let byParty = byParty
    let clientCount = clients.count
    attendance = crew.map(parties) { Attendance(byParty[$0], briefs, clients: clientCount) }
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
    for i in file.exchanges.indices where !file.exchanges[i].request.remoteUser.isNone {
      let party = Int(briefs[i].party)
      if basicUsers[party].count < 2 { basicUsers[party].append(i) }
    }
  }

  private mutating func findServedMedians() {
    servedMedian = byParty.map { rows in
      var durations: [Int64] = []
      for i in rows where briefs[i].isSuccess && !briefs[i].isProbe {
        let duration = file.exchanges[i].request.duration
        if duration >= 0 { durations.append(duration) }
        if durations.count == 500 { break }
      }
      durations.sort()
      return durations.isEmpty ? -1 : durations[durations.count / 2]
    }
  }

  struct PartyStatus: Hashable {
    var party: Int32
    var status: UInt16
  }
  /// The realm that most token calls go to.
  private(set) var mainRealm: String?

  private mutating func findMainRealm() {
    var realms: [Symbol: Int] = [:]
    for e in file.exchanges where e.endpoint == .token && e.isSuccess {
      realms[e.request.path, default: 0] += 1
    }
    var counts: [String: Int] = [:]
    for (path, count) in realms {
      if let realm = Realms.realm(text(path)) { counts[realm, default: 0] += count }
    }
    mainRealm = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  init(_ file: CaseFile, _ crew: Crew = .alone) {
    self.file = file
    self.crew = crew
    let exchanges = file.exchanges
    let numbers = ClientNumbers(exchanges, symbols: file.observations.symbols.count)
    clientNumbers = numbers
    let count = exchanges.count
    byParty = RowLists(lists: file.parties.count, exchanges: count) { exchanges[$0].party }
    byActor = RowLists(lists: file.actors.count, exchanges: count) { exchanges[$0].actor }
    byClient = RowLists(lists: numbers.count, exchanges: count) {
      numbers.of(exchanges[$0].request.client)
    }
    tokenCallsOfActor = RowLists(lists: file.actors.count, exchanges: count) {
      exchanges[$0].endpoint == .token ? exchanges[$0].actor : -1
    }
    var first = Instant.unknown
    var last = Instant.unknown
    for e in exchanges where e.request.start.isKnown {
      if !first.isKnown || e.request.start < first { first = e.request.start }
      if !last.isKnown || e.request.end > last { last = e.request.end }
    }
    self.first = first
    self.last = last
    let lists = crew.spans(count) { span in
      span.compactMap { i in exchanges[i].isFailure ? (i, AnswerReading.read(i, file)) : nil }
    }
    answers = Answers(exchanges: count)
    for (i, answer) in lists.joined() { answers[i] = answer }
    for e in exchanges where e.backEvent >= 0 && e.isFailure { introspecting.insert(e.party) }
    marks = TextMarks(file)
    findMainRealm()
    makeBriefs()
    findStrangeRoutes()
    kinships = Kinships(briefs)
    let said = answers
    let all = briefs
    spoken = RowLists(lists: file.parties.count, exchanges: count) {
      said.statement($0) != nil ? all[$0].party : -1
    }
    for rows in spoken {
      for i in rows { if let s = answers.statement(i) { statements.insert(s) } }
    }
    findTypicalLengths()
    findUnsteadyLengths()
    findServedMedians()
    findWhetherTokenCallsTell()
    countAnswered()
    findRareCalls()
    findPrograms()
    for m in file.observations.messages
    where m.statement == .configurationReloaded && m.time.isKnown && m.time - first > 4 {
      reloads.append((m.time, m.citation))
    }
    findMessages()
    findPreflights()
    findIntrospectors()
    findSmallest()
    findEmptySizes()
    findRenewals()
    wire = WireContrast(file)
    troubles = TroubleFinder.find(self)
    forwarding = Forwarding.hints(self)
  }

  /// Sizes of a party's answers to requests that surely carried no token: of probes, scanners, of
  /// requests whose log or length says so, of first calls before a login.
  private(set) var emptySizes: [Int32: Set<Int32>] = [:]

  private mutating func findEmptySizes() {
    // One copy: a call on `self` would make one each time.
    let scene = self
    var tokenless: [Int32: [Int32: Int]] = [:]
    var firstCalls: [Int32: [Int32: Int]] = [:]
    var all: [Int32: [Int32: Int]] = [:]
    for i in briefs.indices where answers.isFailure(i) && briefs[i].status == 401 {
      let e = file.exchanges[i]
      let statement = answers.statement(i)
      guard !e.endpoint.isKeycloak, e.request.responseBytes >= 0,
        e.request.answeredBy != .edge
      else { continue }
      all[e.party, default: [:]][e.request.responseBytes, default: 0] += 1
      let credentials = CircumstanceReading.credentials(i, scene)
      let size = e.request.responseBytes
      if statement == .tokenMissing || isProbe(i) || isScanner(i) || credentials == .absent {
        tokenless[e.party, default: [:]][size, default: 0] += 1
      } else if statement == nil, credentials == .unknown,
        CircumstanceReading.isBeforeLogin(i, scene)
      {
        firstCalls[e.party, default: [:]][size, default: 0] += 1
      }
    }
    for (party, sizes) in all {
      for (size, total) in sizes {
        let sure = tokenless[party]?[size] ?? 0
        let logins = firstCalls[party]?[size] ?? 0
        if sure >= 2 && (sure * 10 >= total * 3 || tellsReasons(party, sizes, size))
          || sure * 2 >= total || logins >= 3 && (logins + sure) * 10 >= total * 6
        {
          emptySizes[party, default: []].insert(size)
        }
      }
    }
  }

  /// The clock of a party was read off the wire (and is right, when no offset is known of it).
  func clockOfParty(_ party: Int32) -> Bool {
    file.datedParties.contains(party)
  }

  /// Whether a party's refusals differ in size by reason, or have a body that may name one: a service
  /// that refuses everything with the same empty answer tells nothing by its size.
  private func tellsReasons(_ party: Int32, _ sizes: [Int32: Int], _ size: Int32) -> Bool {
    if sizes.count >= 2 { return true }
    guard let i = failuresByParty[Int(party)].first else { return false }
    guard file.exchanges[i].request.sizeCountsHeaders else { return size > 0 }
    guard let smallest = smallestServed[party] else { return false }
    return size > smallest / 2
  }

  /// The size of a party's smallest good answer.
  private(set) var smallestServed: [Int32: Int32] = [:]

  private mutating func findSmallest() {
    for (party, rows) in byParty.enumerated() {
      for i in rows where briefs[i].status == 200 && briefs[i].endpoint == .none {
        let size = briefs[i].bytes
        let key = Int32(truncatingIfNeeded: party)
        if size >= 0 { smallestServed[key] = min(smallestServed[key] ?? size, size) }
      }
    }
  }

  /// Whether the size of an answer is that of the party's answer to no token; `nil` where that size
  /// is not known or tells nothing (empty bodies).
  func isEmptySize(_ group: Group) -> Bool? {
    guard let i = group.rows.first else { return nil }
    let bytes = briefs[i].bytes
    guard let sizes = emptySizes[group.party], !sizes.isEmpty else {
      // An error text counts twice where headers are counted: in the challenge and in the body.
      guard file.exchanges[i].request.sizeCountsHeaders, group.status == 401,
        let smallest = smallestServed[group.party]
      else { return nil }
      if bytes > smallest &+ 40 { return false }
      return bytes < smallest &- 15 && bytes > smallest / 2 ? true : nil
    }
    if sizes.contains(bytes) { return bytes > 0 ? true : nil }
    return false
  }

  func text(_ symbol: Symbol) -> String { file.text(symbol) }
  func exchange(_ i: Int) -> Exchange { file.exchanges[i] }
  func event(_ i: Int32) -> TokenEvent? {
    i >= 0 ? file.observations.tokenEvents[Int(i)] : nil
  }

  private(set) var preflights: Set<Symbol> = []
  func isPreflight(_ method: Symbol) -> Bool { preflights.contains(method) }

  private mutating func findPreflights() {
    var seen: Set<Symbol> = []
    var last = Symbol.none
    for e in file.exchanges where e.request.method != last {
      last = e.request.method
      if seen.insert(last).inserted, text(last) == "OPTIONS" { preflights.insert(last) }
    }
  }

  /// Exchanges of an address, in order of time.
  func rows(of client: Symbol) -> Rows { byClient[clientNumbers.of(client)] ?? [] }

  /// Indices of messages, by what they state, in order of time.
  private(set) var messagesOf: [Statement: [Int]] = [:]
  /// Indices of LOGOUT events, in order of time.
  private(set) var logouts: [Int] = []

  private mutating func findMessages() {
    for (i, m) in file.observations.messages.enumerated() where m.statement != .other {
      messagesOf[m.statement, default: []].append(i)
    }
    var isLogout: [Symbol: Bool] = [:]
    for (i, e) in file.observations.tokenEvents.enumerated() {
      let known = isLogout[e.type] ?? (text(e.type) == "LOGOUT")
      isLogout[e.type] = known
      if known { logouts.append(i) }
    }
  }

  /// Index of the first event later than a time.
  func firstEvent(after time: Instant) -> Int {
    let events = file.observations.tokenEvents
    var low = 0
    var high = events.count
    while low < high {
      let middle = (low + high) / 2
      if events[middle].time <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func findIntrospectors() {
    var owners: [Symbol: Int32] = [:]
    for (i, p) in file.parties.enumerated() where p.kind == .application {
      for a in p.addresses { owners[a] = Int32(i) }
    }
    guard !owners.isEmpty else { return }
    var asks: [Symbol: Bool] = [:]
    for e in file.observations.tokenEvents {
      if asks[e.type] == nil {
        let type = file.text(e.type)
        asks[e.type] = type.hasPrefix("INTROSPECT") || type.hasPrefix("USER_INFO")
      }
      guard asks[e.type] == true else { continue }
      if let party = owners[e.address] { introspecting.insert(party) }
    }
  }

  // MARK: Questions

  /// The greatest age of a served token where that is much less than these logs span: tokens are
  /// short-lived here and clients renew them; `nil` otherwise.
  private(set) var renewalGap: Double?
  /// The greatest age of a token (since the actor's last token call) that was still served.
  private(set) var greatestServedAge = 0.0

  private mutating func findRenewals() {
    var calls = 0
    for list in byActor {
      var last: Instant?
      for i in list {
        let e = briefs[i]
        if e.endpoint == .token, e.isSuccess {
          calls += 1
          last = e.end
        } else if e.isSuccess, !e.endpoint.isKeycloak, let last, !e.isProbe {
          greatestServedAge = max(greatestServedAge, e.start - last)
        }
      }
    }
    if calls >= 8, greatestServedAge > 0, greatestServedAge * 2.2 < last - first {
      renewalGap = greatestServedAge
    }
  }

  /// Health checks and scanners: they never authenticate and prove nothing.
  private let marks: TextMarks

  func isProbe(_ i: Int) -> Bool { briefs[i].isProbe }

  /// Rows of programs that ask for many routes which nobody is ever served.
  private(set) var strangers: Set<Int> = []

  /// Finds those who try many routes that their service never serves to anybody, while it serves
  /// others: they look for something, whatever they are called.
  private mutating func findStrangeRoutes() {
    struct Place: Hashable {
      var party: Int32
      var route: Symbol
    }
    var accepted: Set<Place> = []
    var acceptedRoutes: [Int32: Set<Symbol>] = [:]
    var last = Place(party: -1, route: .none)
    for (i, b) in briefs.enumerated() where b.isSuccess && b.endpoint == .none {
      let place = Place(party: b.party, route: file.exchanges[i].request.route)
      if place == last { continue }
      last = place
      if accepted.insert(place).inserted, acceptedRoutes[b.party, default: []].count < 4 {
        acceptedRoutes[b.party, default: []].insert(place.route)
      }
    }
    var tried: [Int32: (places: Set<Place>, rows: [Int])] = [:]
    for (i, b) in briefs.enumerated()
    where b.endpoint == .none && b.status == 401 && !b.isProbe
      && (acceptedRoutes[b.party]?.count ?? 0) >= 2
    {
      let place = Place(party: b.party, route: file.exchanges[i].request.route)
      if accepted.contains(place) { continue }
      tried[b.actor, default: ([], [])].places.insert(place)
      tried[b.actor]?.rows.append(i)
    }
    // Who looks for something asks each address a few times; a client with a fault repeats itself.
    for value in tried.values
    where value.places.count >= 4 && value.rows.count <= value.places.count * 4
      || value.places.count >= 3 && value.rows.contains(where: { isScanner($0) })
    {
      strangers.formUnion(value.rows)
    }
  }

  /// Scanners by name or by what they look for.
  func isScanner(_ i: Int) -> Bool {
    if strangers.contains(i) { return true }
    let r = file.exchanges[i].request
    return marks.isScanner(r.route, r.userAgent)
  }

  /// Whether good clients' requests vary in length as well (cookies, traces): then variety says
  /// nothing.
  private(set) var unsteadyLengths = false

  private mutating func findUnsteadyLengths() {
    var lengths: [Int32: (Set<Int>, count: Int)] = [:]
    for (actor, rows) in byActor.enumerated() {
      var seen: Set<Int> = []
      var count = 0
      for i in rows where briefs[i].isSuccess && briefs[i].endpoint == .none && !briefs[i].isProbe {
        let r = file.exchanges[i].request
        guard r.requestBytes > 0 else { continue }
        seen.insert(Int(r.requestBytes) - Int(r.targetLength))
        count += 1
        if count == 200 { break }
      }
      if count > 0 { lengths[Int32(truncatingIfNeeded: actor)] = (seen, count) }
    }
    let busy = lengths.values.filter { $0.count >= 5 }
    unsteadyLengths = busy.count { $0.0.count >= 4 } * 4 > busy.count
  }

  private mutating func findTypicalLengths() {
    for (party, list) in byParty.enumerated() {
      var good: [Int] = []
      for j in list {
        guard briefs[j].isSuccess, !briefs[j].isProbe else { continue }
        let e = file.exchanges[j]
        if e.request.requestBytes > 0 {
          good.append(Int(e.request.requestBytes) - Int(e.request.targetLength))
          if good.count >= 200 { break }
        }
      }
      guard good.count >= 3 else { continue }
      good.sort()
      typicalLength[Int32(party)] = good[good.count / 2]
    }
  }

  private mutating func findPrograms() {
    // One copy: a call on `self` would make one each time.
    let scene = self
    var found = Programs(
      file, isProbe: scene.isProbe,
      carriesToken: { CircumstanceReading.credentials($0, scene) == .present })
    guard found.tell else { return }
    let calls = briefs.indices.filter { briefs[$0].endpoint == .token && briefs[$0].isSuccess }
    found.assign(tokenCalls: calls) { call in
      let r = file.exchanges[call].request
      return within(
        rows(of: r.client), r.end.advanced(seconds: r.isCoarse ? -1.01 : -0.01),
        r.end.advanced(seconds: 3)
      ).prefix(40).filter {
        briefs[$0].endpoint == .none && !briefs[$0].isProbe && !isScanner($0)
      }
    }
    programs = found
  }

  /// Token calls whose answers an exchange may have used: of its program where those are known,
  /// else of its actor.
  func tokenCalls(for i: Int) -> Rows {
    if let id = programs.of(i) {
      let own = programs.all[Int(id)].tokenCalls
      if !own.isEmpty || programs.kind(i) == .neverServed { return Rows(own, 0..<own.count) }
    }
    return tokenCallsOfActor[briefs[i].actor] ?? []
  }

  /// Whether two exchanges come from the same program: by port or length where those are known, the
  /// same actor otherwise.
  func isSameProgram(_ a: Int, _ b: Int) -> Bool {
    guard briefs[a].actor == briefs[b].actor else { return false }
    guard let x = programs.of(a), let y = programs.of(b) else { return true }
    return x == y
  }

  /// The last successful token call of the same program before a time.
  func lastToken(before time: Instant, for i: Int) -> Int? {
    let list = tokenCalls(for: i)
    var k = lowerBound(list, time) - 1
    while k >= 0 {
      let e = briefs[list[k]]
      if e.isSuccess, e.end <= time { return list[k] }
      k -= 1
    }
    return nil
  }

  /// The first exchange of `indices` (in order of time) that starts at or after `time`.
  func lowerBound(_ indices: Rows, _ time: Instant) -> Int {
    var low = 0
    var high = indices.count
    while low < high {
      let middle = (low + high) / 2
      if briefs[indices[middle]].start < time {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  /// Exchanges of a list within a span of time.
  func within(_ indices: Rows, _ from: Instant, _ to: Instant) -> Slice<Rows> {
    let low = lowerBound(indices, from)
    // Most spans are short.
    var high = low
    while high < indices.count, high < low + 8, briefs[indices[high]].start <= to { high += 1 }
    if high == low + 8, high < indices.count {
      high = max(high, lowerBound(indices, Instant(nanoseconds: to.nanoseconds &+ 1)))
    }
    return indices[low..<high]
  }

  /// A spell of trouble with Keycloak that covers a time (with `margin` seconds after it).
  func trouble(at time: Instant, margin: Double) -> Trouble? {
    troubles.first { time >= $0.first.advanced(seconds: -1.5) && time - $0.last <= margin }
  }

  func reload(near time: Instant, within seconds: Double) -> Citation? {
    reloads.filter { abs($0.time - time) <= seconds }
      .min { abs($0.time - time) < abs($1.time - time) }?.citation
  }
}
