/// The one model every renderer draws from. Everything in it is final text, numbers and citations;
/// secrets were masked before they got here.
public struct Report: Sendable {
  public var version = ""
  public var sources = Sources()
  /// For texts of `failures`.
  public var symbols = SymbolTable()
  /// Failures at the outermost hop, in order of time and citation.
  public var failures = Failures()
  public var attributions: [Attribution] = []
  public var findings: [Finding] = []
  public var totals = Totals()
  /// In the order of `sources`.
  public var inputs: [InputSummary] = []
  /// Clock offsets, coverage gaps, level filters: whatever limits the verdicts.
  public var notes: [Note] = []
  public var isProvisional = false
  /// The level of redaction, when it is not the lowest.
  public var redaction = ""
  /// Somebody ended the run before all was read.
  public var isInterrupted = false
  /// Inputs that could not be read, each with the reason.
  public var unread: [String] = []
  /// How each cluster was weighed, in order of its first failure; only where that was asked for.
  public var weighed: [Weighed] = []

  public init() {}
}

public struct Totals: Sendable {
  public var requests = 0
  public var failures401 = 0
  /// Auth-adjacent failures (design §3.1), 401s not among them.
  public var adjacent = 0
  public var explained = 0
  public var benign = 0
  public var undecided = 0
  /// 401s of findings that are suppressed; they are counted above as well.
  public var suppressed = 0
  public var first = Instant.unknown
  public var last = Instant.unknown
  public var answeredBy: [(who: String, count: Int)] = []
  public init() {}
}

/// One input as it was understood.
public struct InputSummary: Sendable {
  public var source: UInt16
  /// What the input was taken for: `Keycloak's log`, `ingress access log (HAProxy)`.
  public var role: String
  public var formats: [(format: Format, lines: Int)]
  public var lines: Int
  public var unparsed: Int
  public var unparsedExamples: [Citation]
  public var first: Instant
  public var last: Instant
  public var problems: [String]
  /// Part of it could not be read.
  public var isBrokenOff = false

  public init(
    source: UInt16, role: String, formats: [(format: Format, lines: Int)], lines: Int,
    unparsed: Int, unparsedExamples: [Citation], first: Instant, last: Instant, problems: [String]
  ) {
    self.source = source
    self.role = role
    self.formats = formats
    self.lines = lines
    self.unparsed = unparsed
    self.unparsedExamples = unparsedExamples
    self.first = first
    self.last = last
    self.problems = problems
  }
}

public struct Note: Sendable {
  public enum Kind: String, Sendable { case clock, coverage, reading }
  public var kind: Kind
  public var text: String
  public var citations: [Citation]
  public init(kind: Kind, text: String, citations: [Citation] = []) {
    self.kind = kind
    self.text = text
    self.citations = citations
  }
}

/// The offline page of one cause (`why401 explain`), and what findings fill their fixes from.
public struct CausePage: Sendable {
  public var cause: CauseID
  public var title: String
  public var summary: String
  /// Observations that nearly settle it.
  public var decides: [String]
  public var supports: [String]
  public var against: [String]
  public var lookAlikes: [(cause: CauseID, separatedBy: String)]
  public var needs: [String]
  public var fix: [String]
  public var verify: [String]

  public init(
    cause: CauseID, title: String, summary: String, decides: [String], supports: [String] = [],
    against: [String] = [], lookAlikes: [(cause: CauseID, separatedBy: String)] = [],
    needs: [String] = [], fix: [String], verify: [String]
  ) {
    self.cause = cause
    self.title = title
    self.summary = summary
    self.decides = decides
    self.supports = supports
    self.against = against
    self.lookAlikes = lookAlikes
    self.needs = needs
    self.fix = fix
    self.verify = verify
  }
}
