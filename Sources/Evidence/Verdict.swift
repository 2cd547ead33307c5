/// A sentence with the lines that prove it. Cannot be made without one.
package struct CitedClaim: Sendable {
  package let text: String
  /// At least one; the first is the best.
  package let citations: [Citation]

  /// `nil` without a citation.
  package init?(_ text: String, _ citations: [Citation]) {
    guard !citations.isEmpty else { return nil }
    self.text = text
    self.citations = citations
  }
  package init(_ text: String, _ first: Citation, _ more: [Citation] = []) {
    self.text = text
    self.citations = [first] + more
  }
}

/// An input that was not given and would firm up or decide a verdict, and how to get it.
package struct MissingInput: Sendable, Hashable {
  package var what: String
  package var command: String
  package init(what: String, command: String) {
    self.what = what
    self.command = command
  }
}

/// The strongest competing explanation, and the observation that separates the two.
package struct RunnerUp: Sendable {
  package var cause: CauseID
  /// 0…1
  package var share: Double
  package var separatedBy: String
  package init(cause: CauseID, share: Double, separatedBy: String) {
    self.cause = cause
    self.share = share
    self.separatedBy = separatedBy
  }
}

/// One row of a finding: failures alike in answerer, host, route, service and signature.
package struct ClusterRow: Sendable {
  package var answeredBy: String
  package var method: String
  package var host: String
  package var route: String
  package var service: String
  package var client: String
  package var status: Int
  package var count: Int
  package var first: Instant
  package var last: Instant
  package var example: Citation

  package init(
    answeredBy: String, method: String, host: String, route: String, service: String,
    client: String, status: Int, count: Int, first: Instant, last: Instant, example: Citation
  ) {
    self.answeredBy = answeredBy
    self.method = method
    self.host = host
    self.route = route
    self.service = service
    self.client = client
    self.status = status
    self.count = count
    self.first = first
    self.last = last
    self.example = example
  }
}

/// One explained (or honestly undecided) group of failures.
package struct Finding: Sendable {
  /// `F1`, `F2`, … in the report's order.
  package var id = ""
  package var cause: CauseID
  /// What happened, in one sentence filled from the evidence.
  package var title: String
  /// 0…1; `Confidence.word` has the words.
  package var confidence: Double
  /// Failures by status.
  package var statuses: [Int: Int] = [:]
  package var first = Instant.unknown
  package var last = Instant.unknown
  /// Who gave the answer: `Keycloak`, `application orders`, `edge (auth sub-request)`.
  package var answeredBy: String = ""
  package var routes: [(name: String, count: Int)] = []
  package var clients: [(name: String, count: Int)] = []
  package var users: [(name: String, count: Int)] = []
  package private(set) var supports: [CitedClaim]
  package var against: [CitedClaim] = []
  /// What hops changed in the requests' headers, from captured legs of one request.
  package var hops: [CitedClaim] = []
  /// Remarks without a line of their own (absences, arithmetic).
  package var remarks: [String] = []
  package var runnerUp: RunnerUp?
  package var fix: [String] = []
  package var verify: [String] = []
  package var missing: [MissingInput] = []
  package var clusters: [ClusterRow] = []
  package var isProvisional = false
  /// Set when the operator knows of it and asked not to hear of it for a while.
  package var suppression: Suppression?

  /// A finding stands on at least one cited claim.
  package init(
    cause: CauseID, title: String, confidence: Double, proof: CitedClaim, more: [CitedClaim] = []
  ) {
    self.cause = cause
    self.title = title
    self.confidence = confidence
    self.supports = [proof] + more
  }

  package var count: Int { statuses.values.reduce(0, +) }
  package var count401: Int { statuses[401] ?? 0 }
  package var category: Category { cause.category }
}

/// Words bound to measured frequencies (see `why401 selftest`).
package enum Confidence {
  package static func word(_ value: Double) -> String {
    switch value {
    case 0.99...: "certain"
    case 0.95...: "very likely"
    case 0.8...: "likely"
    default: "possible"
    }
  }
}

/// The verdict on one failure at the outermost hop: the unit in which accuracy is measured.
package struct Attribution: Sendable {
  /// Index into `Report.failures`.
  package var request: Int
  package var answeredBy: Answerer
  package var cause: CauseID
  package var confidence: Float
  /// Index into `Report.findings`; -1 none.
  package var finding: Int32
  /// The best first; at most `FewCitations.most`.
  package var evidence: FewCitations

  package init(
    request: Int, answeredBy: Answerer, cause: CauseID, confidence: Float, finding: Int32,
    evidence: [Citation] = []
  ) {
    self.request = request
    self.answeredBy = answeredBy
    self.cause = cause
    self.confidence = confidence
    self.finding = finding
    self.evidence = FewCitations(evidence)
  }
}

/// Who said no.
package enum Answerer: String, CaseIterable, Sendable {
  case edge
  case authService = "auth_service"
  case gatewayFilter = "gateway_filter"
  case application
  case keycloak
  case unknown
}

/// A handful of distinct citations, held in place: a million attributions have them.
package struct FewCitations: Sendable, RandomAccessCollection, ExpressibleByArrayLiteral {
  package static let most = 5
  private var items: (Citation, Citation, Citation, Citation, Citation)
  package private(set) var count = 0

  package init() {
    let none = Citation(source: 0, number: 0)
    items = (none, none, none, none, none)
  }
  package init(_ citations: [Citation]) {
    self.init()
    for c in citations { append(c) }
  }
  package init(arrayLiteral elements: Citation...) { self.init(elements) }

  /// Adds one that is new, while there is room.
  package mutating func append(_ citation: Citation) {
    guard count < FewCitations.most, !contains(citation) else { return }
    switch count {
    case 0: items.0 = citation
    case 1: items.1 = citation
    case 2: items.2 = citation
    case 3: items.3 = citation
    default: items.4 = citation
    }
    count += 1
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { count }
  package subscript(position: Int) -> Citation {
    precondition(position >= 0 && position < count)
    return switch position {
    case 0: items.0
    case 1: items.1
    case 2: items.2
    case 3: items.3
    default: items.4
    }
  }
}
