/// A sentence with the lines that prove it. Cannot be made without one.
public struct CitedClaim: Sendable {
  public let text: String
  /// At least one; the first is the best.
  public let citations: [Citation]

  /// `nil` without a citation.
  public init?(_ text: String, _ citations: [Citation]) {
    guard !citations.isEmpty else { return nil }
    self.text = text
    self.citations = citations
  }
  public init(_ text: String, _ first: Citation, _ more: [Citation] = []) {
    self.text = text
    self.citations = [first] + more
  }
}

/// One moment in the life of a refused token or session: issued, accepted, refused, replaced.
public struct LifeEvent: Sendable {
  /// Seconds after the refusal; negative before it, 0 for the refusal itself.
  public var offset: Double
  public var claim: CitedClaim
  /// The user that the claim names; empty where it names none.
  public var user: String
  public init(offset: Double, claim: CitedClaim, user: String = "") {
    self.offset = offset
    self.claim = claim
    self.user = user
  }
}

/// An input that was not given and would firm up or decide a verdict, and how to get it.
public struct MissingInput: Sendable, Hashable {
  public var what: String
  public var command: String
  public init(what: String, command: String) {
    self.what = what
    self.command = command
  }
}

/// The strongest competing explanation, and the observation that separates the two.
public struct RunnerUp: Sendable {
  public var cause: CauseID
  /// 0…1
  public var share: Double
  public var separatedBy: String
  public init(cause: CauseID, share: Double, separatedBy: String) {
    self.cause = cause
    self.share = share
    self.separatedBy = separatedBy
  }
}

/// One row of a finding: failures alike in answerer, host, route, service and signature.
public struct ClusterRow: Sendable {
  public var answeredBy: String
  public var method: String
  public var host: String
  public var route: String
  public var service: String
  public var client: String
  public var status: Int
  public var count: Int
  public var first: Instant
  public var last: Instant
  public var example: Citation

  public init(
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
public struct Finding: Sendable {
  /// `F1`, `F2`, … in the report's order.
  public var id = ""
  public var cause: CauseID
  /// What happened, in one sentence filled from the evidence.
  public var title: String
  /// 0…1; `Confidence.word` has the words.
  public var confidence: Double
  /// Failures by status.
  public var statuses: [Int: Int] = [:]
  public var first = Instant.unknown
  public var last = Instant.unknown
  /// Who gave the answer: `Keycloak`, `application orders`, `edge (auth sub-request)`.
  public var answeredBy: String = ""
  public var routes: [(name: String, count: Int)] = []
  public var clients: [(name: String, count: Int)] = []
  public var users: [(name: String, count: Int)] = []
  public private(set) var supports: [CitedClaim]
  public var against: [CitedClaim] = []
  /// What hops changed in the requests' headers, from captured legs of one request.
  public var hops: [CitedClaim] = []
  /// The life of one refused token or session, in order of time.
  public var lifeLine: [LifeEvent] = []
  /// Remarks without a line of their own (absences, arithmetic).
  public var remarks: [String] = []
  public var runnerUp: RunnerUp?
  public var fix: [String] = []
  public var verify: [String] = []
  public var missing: [MissingInput] = []
  public var clusters: [ClusterRow] = []
  public var isProvisional = false
  /// Set when the operator knows of it and asked not to hear of it for a while.
  public var suppression: Suppression?

  /// A finding stands on at least one cited claim.
  public init(
    cause: CauseID, title: String, confidence: Double, proof: CitedClaim, more: [CitedClaim] = []
  ) {
    self.cause = cause
    self.title = title
    self.confidence = confidence
    self.supports = [proof] + more
  }

  public var count: Int { statuses.values.reduce(0, +) }
  public var count401: Int { statuses[401] ?? 0 }
  /// Rather wrong than right: it is told, and explains nothing.
  public var isGuess: Bool { confidence < 0.5 && category != .undecided }
  public var category: Category { cause.category }
}

/// Words bound to measured frequencies (see `why401 selftest`).
public enum Confidence {
  public static func word(_ value: Double) -> String {
    switch value {
    case 0.99...: "certain"
    case 0.95...: "very likely"
    case 0.8...: "likely"
    default: "possible"
    }
  }
}

/// The verdict on one failure at the outermost hop: the unit in which accuracy is measured.
public struct Attribution: Sendable, BitwiseCopyable {
  /// Index into `Report.failures`.
  public var request: Int
  /// The best first; at most `FewCitations.most`.
  public var evidence: FewCitations
  public var answeredBy: Answerer
  public var cause: CauseID
  public var confidence: Float
  /// Index into `Report.findings`; -1 none.
  public var finding: Int32

  public init(
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
public enum Answerer: String, CaseIterable, Sendable, BitwiseCopyable {
  case edge
  case authService = "auth_service"
  case gatewayFilter = "gateway_filter"
  case application
  case keycloak
  case unknown
}

/// A handful of distinct citations, held in place: a million attributions have them.
public struct FewCitations: Sendable, BitwiseCopyable, RandomAccessCollection,
  ExpressibleByArrayLiteral
{
  public static let most = 5
  private var items: (Citation, Citation, Citation, Citation, Citation)
  private var length: UInt8 = 0
  public var count: Int { Int(length) }

  public init() {
    let none = Citation(source: 0, number: 0)
    items = (none, none, none, none, none)
  }
  public init(_ citations: [Citation]) {
    self.init()
    for c in citations { append(c) }
  }
  public init(arrayLiteral elements: Citation...) { self.init(elements) }

  /// Adds one that is new, while there is room.
  public mutating func append(_ citation: Citation) {
    guard count < FewCitations.most, !contains(citation) else { return }
    switch count {
    case 0: items.0 = citation
    case 1: items.1 = citation
    case 2: items.2 = citation
    case 3: items.3 = citation
    default: items.4 = citation
    }
    length += 1
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { count }
  public subscript(position: Int) -> Citation {
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
