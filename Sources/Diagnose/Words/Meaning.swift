internal import Evidence

/// What a text says about causes: those that it fits, with their shares, and how near to the root of
/// the failure its speaker stands. The shares of one meaning add up to one at most; the rest is what
/// nobody thought of.
struct Meaning {
  /// Who outranks whom when one failure is told by several lines.
  enum Depth: Int, Comparable {
    /// Says only that something was refused.
    case general
    /// Says what was refused and why.
    case refusal
    /// Says what broke below: network, names, TLS, a store, a directory.
    case reason
    static func < (a: Depth, b: Depth) -> Bool { a.rawValue < b.rawValue }
  }

  var depth: Depth
  /// The likeliest first.
  var proposals: [(cause: CauseID, share: Double)]
  /// Whether this can be the consequence of something deeper that another line tells.
  var mayFollow: Bool

  init(
    _ depth: Depth, _ cause: CauseID, _ share: Double,
    or others: [(cause: CauseID, share: Double)] = [], mayFollow: Bool? = nil
  ) {
    self.depth = depth
    self.mayFollow = mayFollow ?? (depth < .reason)
    proposals = ([(cause, share)] + others).sorted {
      ($0.share, $1.cause.rawValue) > ($1.share, $0.cause.rawValue)
    }
  }

  static func reason(
    _ cause: CauseID, _ share: Double, or others: [(cause: CauseID, share: Double)] = []
  ) -> Meaning { Meaning(.reason, cause, share, or: others) }

  static func refusal(
    _ cause: CauseID, _ share: Double, or others: [(cause: CauseID, share: Double)] = [],
    mayFollow: Bool? = nil
  ) -> Meaning { Meaning(.refusal, cause, share, or: others, mayFollow: mayFollow) }

  static func general(
    _ cause: CauseID, _ share: Double, or others: [(cause: CauseID, share: Double)] = []
  ) -> Meaning { Meaning(.general, cause, share, or: others) }

  /// The same with the sureness of words that may be about anything.
  var asGuess: Meaning {
    var guess = Meaning(.general, proposals[0].cause, min(0.4, proposals[0].share))
    guess.proposals += proposals.dropFirst().map { ($0.cause, min(0.2, $0.share)) }
    return guess
  }

  func share(of cause: CauseID) -> Double {
    proposals.first { $0.cause == cause }?.share ?? 0
  }
}

/// A line with its meaning.
struct Hint {
  var meaning: Meaning
  /// For people: who says what.
  var claim: String
  /// Hints of one kind say the same and count once.
  var kind: String
  var citation: Citation
  var time = Instant.unknown
  var client = ""
  var user = ""
  var speaker = ""
  var isEvent = false

  /// Whether two lines may tell of the same failure: close in time, or, without stamps, in the same
  /// pasted fragment.
  func isNear(_ other: Hint) -> Bool {
    guard time.isKnown, other.time.isKnown else { return true }
    return abs(time - other.time) <= (isEvent || other.isEvent ? 5 : 60)
  }
}
