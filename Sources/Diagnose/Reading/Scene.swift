internal import Evidence

/// Everything the causes look at, computed once: the case file with time-lines by party, actor and
/// client, what each answer says, and the spells in which the edge could not use Keycloak.
struct Scene {
  let file: CaseFile
  /// Exchange indices in order of time.
  private(set) var byParty: [[Int]]
  private(set) var byActor: [[Int]]
  private(set) var byClient: [Symbol: [Int]] = [:]
  private(set) var answers: [Int: Answer] = [:]
  /// Exchanges with Keycloak's token end-point, by client address.
  private(set) var tokenCalls: [Symbol: [Int]] = [:]
  private(set) var reloads: [(time: Instant, citation: Citation)] = []
  private(set) var troubles: [Trouble] = []
  /// Parties that ask Keycloak about each token (introspection, userinfo).
  private(set) var introspecting: Set<Int32> = []
  private(set) var keycloakEvents: [(time: Instant, index: Int)] = []
  let first: Instant
  let last: Instant

  private(set) var forwarding = Forwarding.Hints()
  /// Median length of served requests (target not counted) by party; at least three are needed.
  private(set) var typicalLength: [Int32: Int] = [:]
  /// Token calls by actor, in order of time.
  private(set) var tokenCallsOfActor: [Int32: [Int]] = [:]

  /// What contrasts ask of every exchange, small enough to scan quickly.
  struct Brief {
    var start: Instant
    var end: Instant
    var client: Symbol
    var actor: Int32
    var isSuccess: Bool
    var isFailure: Bool
    var isProbe: Bool
  }
  private(set) var briefs: [Brief] = []
  /// Failures that are no probes, by party, in order of time.
  private(set) var failuresByParty: [[Int]] = []

  private mutating func makeBriefs() {
    briefs.reserveCapacity(file.exchanges.count)
    failuresByParty = [[Int]](repeating: [], count: file.parties.count)
    for (i, e) in file.exchanges.enumerated() {
      let probe = isProbe(i)
      let failure = e.isFailure
      briefs.append(
        Brief(
          start: e.request.start, end: e.request.end, client: e.request.client, actor: e.actor,
          isSuccess: e.isSuccess, isFailure: failure, isProbe: probe))
      if failure, !probe { failuresByParty[Int(e.party)].append(i) }
    }
  }

  struct PartyStatus: Hashable {
    var party: Int32
    var status: UInt16
  }
  /// Parties and statuses whose answers come in more than 64 sizes.
  private(set) var unsteady: Set<PartyStatus> = []
  /// The realm that most token calls go to.
  private(set) var mainRealm: String?

  private mutating func findUnsteady() {
    var sizes: [PartyStatus: Set<Int32>] = [:]
    var realms: [Symbol: Int] = [:]
    for e in file.exchanges {
      if e.endpoint == .token, e.isSuccess { realms[e.request.path, default: 0] += 1 }
      guard e.isFailure else { continue }
      let key = PartyStatus(party: e.party, status: e.request.status)
      if (sizes[key]?.count ?? 0) < 65 { sizes[key, default: []].insert(e.request.responseBytes) }
    }
    unsteady = Set(sizes.filter { $0.value.count > 64 }.keys)
    var counts: [String: Int] = [:]
    for (path, count) in realms {
      if let realm = Realms.realm(text(path)) { counts[realm, default: 0] += count }
    }
    mainRealm = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  init(_ file: CaseFile) {
    self.file = file
    var parties = [[Int]](repeating: [], count: file.parties.count)
    var actors = [[Int]](repeating: [], count: file.actors.count)
    var first = Instant.unknown
    var last = Instant.unknown
    for (i, e) in file.exchanges.enumerated() {
      parties[Int(e.party)].append(i)
      actors[Int(e.actor)].append(i)
      byClient[e.request.client, default: []].append(i)
      if e.endpoint == .token {
        tokenCalls[e.request.client, default: []].append(i)
        tokenCallsOfActor[e.actor, default: []].append(i)
      }
      guard e.request.start.isKnown else { continue }
      if !first.isKnown || e.request.start < first { first = e.request.start }
      if !last.isKnown || e.request.end > last { last = e.request.end }
    }
    byParty = parties
    byActor = actors
    self.first = first
    self.last = last
    for (i, e) in file.exchanges.enumerated() where e.isFailure {
      answers[i] = AnswerReading.read(i, file)
      if e.backEvent >= 0 { introspecting.insert(e.party) }
    }
    classifyTexts()
    findUnsteady()
    makeBriefs()
    findTypicalLengths()
    for m in file.observations.messages
    where m.statement == .configurationReloaded && m.time.isKnown && m.time - first > 4 {
      reloads.append((m.time, m.citation))
    }
    findIntrospectors()
    findEmptySizes()
    findRenewals()
    troubles = TroubleFinder.find(self)
    forwarding = Forwarding.hints(self)
  }

  /// Sizes of a party's answers to requests that surely carried no token: of probes, scanners, of
  /// requests whose log or length says so, of first calls before a login.
  private(set) var emptySizes: [Int32: Set<Int32>] = [:]

  private mutating func findEmptySizes() {
    var tokenless: [Int32: [Int32: Int]] = [:]
    var firstCalls: [Int32: [Int32: Int]] = [:]
    var all: [Int32: [Int32: Int]] = [:]
    for (i, answer) in answers.sorted(by: { $0.key < $1.key }) {
      let e = file.exchanges[i]
      guard e.request.status == 401, !e.endpoint.isKeycloak, e.request.responseBytes >= 0,
        e.request.answeredBy != .edge
      else { continue }
      all[e.party, default: [:]][e.request.responseBytes, default: 0] += 1
      let credentials = CircumstanceReading.credentials(i, self)
      let size = e.request.responseBytes
      if answer.statement == .tokenMissing || isProbe(i) || isScanner(i) || credentials == .absent {
        tokenless[e.party, default: [:]][size, default: 0] += 1
      } else if answer.statement == nil, credentials == .unknown,
        CircumstanceReading.isBeforeLogin(i, self)
      {
        firstCalls[e.party, default: [:]][size, default: 0] += 1
      }
    }
    for (party, sizes) in all {
      for (size, total) in sizes {
        let sure = tokenless[party]?[size] ?? 0
        let logins = firstCalls[party]?[size] ?? 0
        if sure >= 2 && sure * 10 >= total * 3 || sure * 2 >= total
          || logins >= 3 && (logins + sure) * 10 >= total * 6
        {
          emptySizes[party, default: []].insert(size)
        }
      }
    }
  }

  /// Whether the size of an answer is that of the party's answer to no token; `nil` where that size
  /// is not known or tells nothing (empty bodies).
  func isEmptySize(_ group: Group) -> Bool? {
    guard let sizes = emptySizes[group.party], !sizes.isEmpty, let i = group.rows.first
    else { return nil }
    let bytes = file.exchanges[i].request.responseBytes
    if sizes.contains(bytes) { return bytes > 0 ? true : nil }
    return false
  }

  func text(_ symbol: Symbol) -> String { file.text(symbol) }
  func exchange(_ i: Int) -> Exchange { file.exchanges[i] }
  func event(_ i: Int32) -> TokenEvent? {
    i >= 0 ? file.observations.tokenEvents[Int(i)] : nil
  }

  private mutating func findIntrospectors() {
    var owners: [Symbol: Int32] = [:]
    for (i, p) in file.parties.enumerated() where p.kind == .application {
      for a in p.addresses { owners[a] = Int32(i) }
    }
    for e in file.observations.tokenEvents {
      let type = file.text(e.type)
      guard type.hasPrefix("INTROSPECT") || type.hasPrefix("USER_INFO") else { continue }
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
        let e = file.exchanges[i]
        if e.endpoint == .token, e.isSuccess {
          calls += 1
          last = e.request.end
        } else if e.isSuccess, !e.endpoint.isKeycloak, let last, !isProbe(i) {
          greatestServedAge = max(greatestServedAge, e.request.start - last)
        }
      }
    }
    if calls >= 8, greatestServedAge > 0, greatestServedAge * 2.2 < last - first {
      renewalGap = greatestServedAge
    }
  }

  /// User agents and routes of health checks: platforms and monitors authenticate never and prove
  /// nothing.
  private(set) var probeAgents: Set<Symbol> = []
  private(set) var probeRoutes: Set<Symbol> = []
  private(set) var scannerAgents: Set<Symbol> = []
  private(set) var scannerRoutes: Set<Symbol> = []

  private mutating func classifyTexts() {
    var agents: Set<Symbol> = []
    var routes: Set<Symbol> = []
    for a in file.actors { agents.insert(a.userAgent) }
    for e in file.exchanges { routes.insert(e.request.route) }
    for symbol in agents {
      let agent = text(symbol).lowercased()
      if agent.hasPrefix("kube-probe") || agent.hasPrefix("elb-health")
        || agent.contains("healthcheck") || agent.hasPrefix("googlehc")
        || agent.contains("uptime") || agent.hasPrefix("prometheus")
      {
        probeAgents.insert(symbol)
      }
      let scanners = [
        "nikto", "nmap", "masscan", "zgrab", "sqlmap", "nuclei", "gobuster", "dirb", "scan",
      ]
      if scanners.contains(where: { agent.contains($0) }) { scannerAgents.insert(symbol) }
    }
    for symbol in routes {
      let path = text(symbol).lowercased()
      if path.contains("health") || path.hasSuffix("/ready") || path.hasSuffix("/readyz")
        || path.hasSuffix("/livez") || path.hasSuffix("/ping") || path.hasSuffix("/metrics")
      {
        probeRoutes.insert(symbol)
      }
      let sought = [
        ".env", ".git", "wp-login", "phpmyadmin", "/etc/passwd", "actuator", "/.aws",
      ]
      if sought.contains(where: { path.contains($0) }) { scannerRoutes.insert(symbol) }
    }
  }

  func isProbe(_ i: Int) -> Bool {
    let r = file.exchanges[i].request
    return probeRoutes.contains(r.route) || probeAgents.contains(r.userAgent)
  }

  /// Scanners by name or by what they look for.
  func isScanner(_ i: Int) -> Bool {
    let r = file.exchanges[i].request
    return scannerAgents.contains(r.userAgent) || scannerRoutes.contains(r.route)
  }

  private mutating func findTypicalLengths() {
    for (party, list) in byParty.enumerated() {
      var good: [Int] = []
      for j in list {
        let e = file.exchanges[j]
        if e.isSuccess, e.request.requestBytes > 0, !isProbe(j) {
          good.append(Int(e.request.requestBytes) - Int(e.request.targetLength))
          if good.count >= 200 { break }
        }
      }
      guard good.count >= 3 else { continue }
      good.sort()
      typicalLength[Int32(party)] = good[good.count / 2]
    }
  }

  /// The last successful token call of the same actor before a time.
  func lastToken(before time: Instant, of exchange: Exchange) -> Int? {
    guard let list = tokenCallsOfActor[exchange.actor] else { return nil }
    var k = lowerBound(list, time) - 1
    while k >= 0 {
      let e = file.exchanges[list[k]]
      if e.isSuccess, e.request.end <= time { return list[k] }
      k -= 1
    }
    return nil
  }

  /// The first exchange of `indices` (in order of time) that starts at or after `time`.
  func lowerBound(_ indices: [Int], _ time: Instant) -> Int {
    var low = 0
    var high = indices.count
    while low < high {
      let middle = (low + high) / 2
      if startOf(indices[middle]) < time {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  /// Exchanges of a list within a span of time.
  func within(_ indices: [Int], _ from: Instant, _ to: Instant) -> ArraySlice<Int> {
    let low = lowerBound(indices, from)
    var high = low
    while high < indices.count, startOf(indices[high]) <= to { high += 1 }
    return indices[low..<high]
  }

  private func startOf(_ i: Int) -> Instant {
    i < briefs.count ? briefs[i].start : file.exchanges[i].request.start
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
