/// How one cluster of failures was weighed: every cause that something told for or against, with the signs that
/// counted. For whoever checks or learns the weights.
public struct Weighed: Sendable {
  public struct Sign: Sendable {
    /// As in the table of weights.
    public var name: StaticString
    /// Its log-likelihood ratio (natural logarithm), or a limit.
    public var odds: Double
    /// How far it counted (a trust below 1, below 0 against the cause); `nil`: the sum so far was held down to `odds`.
    public var times: Double?

    public init(name: StaticString, odds: Double, times: Double?) {
      self.name = name
      self.odds = odds
      self.times = times
    }
  }

  public struct Candidate: Sendable {
    public var cause: CauseID
    /// What the signs make, in their order. Shares go with its exponential.
    public var sum: Double
    public var signs: [Sign]

    public init(cause: CauseID, sum: Double, signs: [Sign]) {
      self.cause = cause
      self.sum = sum
      self.signs = signs
    }
  }

  /// The verdict.
  public var cause: CauseID
  public var share: Double
  /// The verdict follows from the sums; otherwise a second look at other clusters changed it.
  public var isBySums: Bool
  /// `undecided` among them; the likeliest first.
  public var candidates: [Candidate]
  /// The cluster's failures: places in the report's, in order.
  public var failures: [Int32]

  public init(
    cause: CauseID, share: Double, isBySums: Bool, candidates: [Candidate], failures: [Int32]
  ) {
    self.cause = cause
    self.share = share
    self.isBySums = isBySums
    self.candidates = candidates
    self.failures = failures
  }
}
