internal import Evidence

/// What the sizes of answers and the lengths of requests tell of a whole case: the answer to no token,
/// the length of a request that carries one. Computed once, for `Scene` to keep.
extension Scene {
  /// Whether the size of an answer holds its headers, too.
  func countsHeaders(_ r: Request) -> Bool {
    r.sizeCountsHeaders || combinedCounts && Scene.isCombined(r)
  }

  /// The combined format of nginx logs bodies, that of Apache often headers, too: then no answer at all is small.
  static func foundCombinedCounts(_ briefs: [Brief], _ outlines: [Outline]) -> Bool {
    var smallest: Int32?
    for i in briefs.indices where outlines[i].isCombined && briefs[i].bytes >= 0 {
      smallest = min(smallest ?? .max, briefs[i].bytes)
    }
    return smallest ?? 0 >= 100
  }

  static func isCombined(_ r: Request) -> Bool {
    r.format == .nginxCombined || r.format == .apacheAccess
  }

  /// `emptySizes` and `repertoire`, once answers and probes are known.
  func foundSizes() -> (empty: [Int32: Set<Int32>], repertoire: Repertoire) {
    let kinds = crew.spans(briefs.count) { span in span.map { sizeKind($0) } }
    var asked: [(kind: SizeKind, key: UInt64)] = []
    // Span by span: joined and numbered, a million take longer to walk than to count.
    var i = 0
    for span in kinds {
      for kind in span {
        if kind != .none { asked.append((kind, Numbering.key(briefs[i].party, briefs[i].bytes))) }
        i += 1
      }
    }
    var numbers = Numbering()
    var tallies: [SizeTally] = []
    for (one, number) in zip(asked, numbers.numbers(of: asked.map(\.key))) {
      if Int(number) == tallies.count { tallies.append(SizeTally(one.key)) }
      tallies[Int(number)].count(one.kind)
    }
    // Where sizes vary freely they are many: how many each party has is all that a table holds.
    var sizes: [Int32: Repertoire.Count] = [:]
    for tally in tallies { sizes[tally.party, default: .init()].add(tally.total) }
    var found: [Int32: Set<Int32>] = [:]
    for tally in tallies {
      let (party, size) = (tally.party, tally.bytes)
      let (total, sure, logins) = (tally.total, tally.tokenless, tally.firstCalls)
      if sure >= 2
        && (sure * 10 >= total * 3 || tellsReasons(party, sizes[party]?.all ?? 0, size))
        || sure * 2 >= total || logins >= 3 && (logins + sure) * 10 >= total * 6
      {
        found[party, default: []].insert(size)
      }
    }
    return (found, Repertoire(sizes))
  }

  /// What one answer with 401 tells of its size.
  private enum SizeKind { case none, refused, tokenless, firstCall }

  private struct SizeTally {
    var party: Int32
    var bytes: Int32
    var total = 0
    var tokenless = 0
    var firstCalls = 0

    /// Of the party and size that a key was made of.
    init(_ key: UInt64) {
      party = Int32(truncatingIfNeeded: key >> 32)
      bytes = Int32(truncatingIfNeeded: key)
    }

    mutating func count(_ kind: SizeKind) {
      total += 1
      if kind == .tokenless { tokenless += 1 }
      if kind == .firstCall { firstCalls += 1 }
    }
  }

  private func sizeKind(_ i: Int) -> SizeKind {
    let b = briefs[i]
    guard b.isFailure, b.status == 401, !b.endpoint.isKeycloak, b.bytes >= 0,
      !outlines[i].isOfEdge
    else { return .none }
    let statement = answers.statement(i)
    if statement == .tokenMissing || b.isProbe || isScanner(i) || credentials[i] == .absent {
      return .tokenless
    }
    let isFirst =
      statement == nil && credentials[i] == .unknown && CircumstanceReading.isBeforeLogin(i, self)
    return isFirst ? .firstCall : .refused
  }

  /// Whether a party's refusals differ in size by reason, or have a body that may name one: a service
  /// that refuses everything with the same empty answer tells nothing by its size.
  private func tellsReasons(_ party: Int32, _ sizes: Int, _ size: Int32) -> Bool {
    if sizes >= 2 { return true }
    guard let i = failuresByParty[Int(party)].first else { return false }
    guard file.exchanges[i].request.sizeCountsHeaders else { return size > 0 }
    guard let smallest = smallestServed[party] else { return false }
    return size > smallest / 2
  }

  /// How much it tells (0 to 1) that an answer has the size of the party's answer to no token: little
  /// where the party has the same answer to all that it refuses.
  func emptySizeTrust(_ party: Int32) -> Double {
    guard repertoire.single.contains(party) else { return 1 }
    return repertoire.someHaveSeveral ? 0.8 : 0.4
  }

  /// The same of a group's answer: an edge has one page for all that it refuses by itself.
  func emptySizeTrust(_ group: Group) -> Double {
    let isOwnPage = group.rows.first.map { exchange($0).request.answeredBy == .edge } ?? false
    return isOwnPage ? min(0.3, emptySizeTrust(group.party)) : emptySizeTrust(group.party)
  }

  /// Whether the size of a party's answer to no token tells that answer from others.
  func emptySizeTells(_ party: Int32) -> Bool { emptySizeTrust(party) > 0.5 }

  /// Whether an answer has the size of the party's answer to no token, and that tells something.
  func isSurelyEmpty(_ party: Int32, _ bytes: Int32) -> Bool {
    emptySizes[party]?.contains(bytes) == true && emptySizeTells(party)
  }

  func isSurelyEmpty(_ group: Group) -> Bool {
    isEmptySize(group) == true && emptySizeTells(group.party)
  }

  /// `smallestServed`.
  func foundSmallest() -> [Int32: Int32] {
    var found: [Int32: Int32] = [:]
    for (party, rows) in byParty.enumerated() {
      var smallest = Int32.max
      for i in rows where briefs[i].status == 200 && briefs[i].endpoint == .none {
        let size = briefs[i].bytes
        if size >= 0, size < smallest { smallest = size }
      }
      if smallest < .max { found[Int32(truncatingIfNeeded: party)] = smallest }
    }
    return found
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

  /// `unsteadyLengths`.
  func foundUnsteadyLengths() -> Bool {
    // By actor: served requests, 200 at most, and their different lengths, up to the four that are asked for.
    var served = [UInt8](repeating: 0, count: byActor.count)
    var different = served
    var lengths = Numbering()
    for (i, b) in briefs.enumerated() where b.isSuccess && b.endpoint == .none && !b.isProbe {
      let actor = Int(b.actor)
      guard outlines[i].hasLength, served[actor] < 200 else { continue }
      served[actor] += 1
      if different[actor] < 4, lengths.insert(Numbering.key(b.actor, outlines[i].length)) {
        different[actor] += 1
      }
    }
    let busy = served.indices.filter { served[$0] >= 5 }
    return busy.count { different[$0] >= 4 } * 4 > busy.count
  }

  /// `credentials`, once pages and lengths are known.
  func foundCredentials() -> [Seen] {
    let file = file
    let pages = pages
    let lengths = lengths
    return crew.spans(file.exchanges.count) { span in
      span.map { CircumstanceReading.credentials($0, file, pages, lengths) }
    }.flatMap { $0 }
  }
}

/// How many different answers the parties have to what they refuse with 401.
struct Repertoire {
  /// Parties whose refusals have one size, whatever the reason may be.
  private(set) var single: Set<Int32> = []
  /// Some party of the case has several: then its like, too, would tell reasons apart.
  private(set) var someHaveSeveral = false

  init() {}

  /// How many sizes one party's answers have, and how many of them occur twice or more.
  struct Count {
    private(set) var all = 0
    private(set) var often = 0

    /// One more size, which occurs so many times.
    mutating func add(_ times: Int) {
      all += 1
      if times >= 2 { often += 1 }
    }
  }

  /// - Parameter counts: by party; a size that is seen once is no habit, many such are.
  init(_ counts: [Int32: Count]) {
    for (party, sizes) in counts {
      if sizes.often > 1 || sizes.all > 3 {
        someHaveSeveral = true
      } else {
        single.insert(party)
      }
    }
  }
}
