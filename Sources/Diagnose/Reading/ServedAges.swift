internal import Evidence

/// How old tokens are that are served: time since the last good token call of the same actor. Of each service by
/// itself where enough are known: a realm, or a client, has a lifespan of its own.
struct ServedAges: Sendable {
  /// Good calls for tokens.
  private(set) var calls = 0
  /// The greatest age at all services, in seconds; 0 where none is known.
  private(set) var greatest = 0.0
  /// By party; 0 where too few are known.
  private var ofParty: [Double] = []
  /// The same with the call for the token and the good answer.
  private var oldest: Example?
  private var oldestOfParty: [Example?] = []

  /// A token in use: exchanges, the call that got it and one that was served with it.
  struct Example {
    /// Seconds.
    var age: Double
    fileprivate var call: Int32
    fileprivate var served: Int32
    var rows: [Int] { [Int(call), Int(served)] }
  }

  /// As many ages as it takes to disbelieve one in a hundred.
  private static let many = 100
  /// How far above ninety-nine of a hundred an age is believed.
  private static let believed = 1.15
  /// Fewer ages tell nothing of a service by itself.
  private static let fewest = 20

  init() {}

  init(_ briefs: [Brief], actors: Int, parties: Int) {
    var tokens = [Instant?](repeating: nil, count: actors)
    var calledBy = [Int32](repeating: -1, count: actors)
    var ages: [[Float]] = Array(repeating: [], count: parties)
    var uses: [[Use]] = Array(repeating: [], count: parties)
    for (i, e) in briefs.enumerated() where e.isSuccess {
      let actor = Int(e.actor)
      if e.endpoint == .token {
        calls += 1
        tokens[actor] = e.end
        calledBy[actor] = Int32(truncatingIfNeeded: i)
      } else if !e.endpoint.isKeycloak, !e.isProbe, e.party >= 0, let token = tokens[actor] {
        let age: Double = e.start - token
        ages[Int(e.party)].append(Float(age))
        uses[Int(e.party)].append(
          Use(call: calledBy[actor], served: Int32(truncatingIfNeeded: i)))
      }
    }
    greatest = ServedAges.believable(ages.flatMap { $0 })
    ofParty = ages.map { $0.count < ServedAges.fewest ? 0 : ServedAges.believable($0) }
    let examples = zip(ages, uses).enumerated().map { party, known in
      ServedAges.example(
        known.0, known.1, upTo: ofParty[party] > 0 ? ofParty[party] : greatest)
    }
    oldest = examples.compactMap { $0 }.max { ($0.age, $1.served) < ($1.age, $0.served) }
    oldestOfParty = zip(examples, ofParty).map { $1 > 0 ? $0 : nil }
  }

  private struct Use {
    var call: Int32
    var served: Int32
  }

  /// The oldest use that is believed, the first of several.
  private static func example(_ ages: [Float], _ uses: [Use], upTo most: Double) -> Example? {
    var best = -1
    for (k, age) in ages.enumerated()
    where Double(age) <= most && (best < 0 || age > ages[best]) { best = k }
    guard best >= 0 else { return nil }
    return Example(age: Double(ages[best]), call: uses[best].call, served: uses[best].served)
  }

  /// At one service, or at all where too little is known of it.
  func greatest(at party: Int32) -> Double {
    let own = ofParty.indices.contains(Int(party)) ? ofParty[Int(party)] : 0
    return own > 0 ? own : greatest
  }

  /// The use of that token.
  func oldest(at party: Int32) -> Example? {
    let own = oldestOfParty.indices.contains(Int(party)) ? oldestOfParty[Int(party)] : nil
    return own ?? oldest
  }

  /// The greatest of some ages. Behind one address and user agent there may be somebody else, who got a token before
  /// these logs begin: where there are many ages, a few far above all others are not believed.
  private static func believable(_ ages: [Float]) -> Double {
    guard let greatest = ages.max() else { return 0 }
    guard ages.count >= many else { return Double(greatest) }
    let usual = ages.sorted()[ages.count * 99 / 100]
    return min(Double(greatest), Double(usual) * believed)
  }
}
