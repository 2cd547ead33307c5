/// The one model every renderer draws from. Everything in it is final text, numbers and citations;
/// secrets were masked before they got here.
package struct Report: Sendable {
  package var version = ""
  package var sources = Sources()
  /// For texts of `failures`.
  package var symbols = SymbolTable()
  /// Failures at the outermost hop, in order of time and citation.
  package var failures: [Request] = []
  package var attributions: [Attribution] = []
  package var findings: [Finding] = []
  package var totals = Totals()
  /// In the order of `sources`.
  package var inputs: [InputSummary] = []
  /// Clock offsets, coverage gaps, level filters: whatever limits the verdicts.
  package var notes: [Note] = []
  package var isProvisional = false

  package init() {}
}

package struct Totals: Sendable {
  package var requests = 0
  package var failures401 = 0
  /// Auth-adjacent failures (design §3.1), 401s not among them.
  package var adjacent = 0
  package var explained = 0
  package var benign = 0
  package var undecided = 0
  /// 401s of findings that are suppressed; they are counted above as well.
  package var suppressed = 0
  package var first = Instant.unknown
  package var last = Instant.unknown
  package var answeredBy: [(who: String, count: Int)] = []
  package init() {}
}

/// One input as it was understood.
package struct InputSummary: Sendable {
  package var source: UInt16
  /// What the input was taken for: `Keycloak's log`, `ingress access log (HAProxy)`.
  package var role: String
  package var formats: [(format: Format, lines: Int)]
  package var lines: Int
  package var unparsed: Int
  package var unparsedExamples: [Citation]
  package var first: Instant
  package var last: Instant
  package var problems: [String]
  /// Part of it could not be read.
  package var isBrokenOff = false

  package init(
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

package struct Note: Sendable {
  package enum Kind: String, Sendable { case clock, coverage, reading }
  package var kind: Kind
  package var text: String
  package var citations: [Citation]
  package init(kind: Kind, text: String, citations: [Citation] = []) {
    self.kind = kind
    self.text = text
    self.citations = citations
  }
}

/// The offline page of one cause (`why401 explain`), and what findings fill their fixes from.
package struct CausePage: Sendable {
  package var cause: CauseID
  package var title: String
  package var summary: String
  /// Observations that nearly settle it.
  package var decides: [String]
  package var supports: [String]
  package var against: [String]
  package var lookAlikes: [(cause: CauseID, separatedBy: String)]
  package var needs: [String]
  package var fix: [String]
  package var verify: [String]

  package init(
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
