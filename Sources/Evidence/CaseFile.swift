/// What stands behind the edge, as far as the traffic shows.
public struct Party: Sendable {
  public enum Kind: Sendable { case keycloak, application, authService, edge }
  public var kind: Kind
  /// For people: the service name of the edge, else host and first path segment.
  public var name: String
  /// The edge's own name for the service; `.none` where it logs none.
  public var service = Symbol.none
  /// Addresses under which it answers (upstream addresses without port), in order of text.
  public var addresses: [Symbol] = []

  public init(kind: Kind, name: String) {
    self.kind = kind
    self.name = name
  }
}

/// Keycloak's end-points, by path.
public enum Endpoint: UInt8, Sendable, BitwiseCopyable {
  case none, token, introspection, userinfo, authorization, loginActions, certs, discovery, logout
  case admin, realm, account, otherKeycloak
  /// `/oauth2/…` of an auth middleman.
  case authService

  public var isKeycloak: Bool { self != .none && self != .authService }
}

/// Whether an answer sends to a login, and whether that is of use to whoever asked.
public enum LoginRedirect: UInt8, Sendable, BitwiseCopyable {
  case none, offered
  /// The request carried a token, or came from a program that fetches tokens by itself.
  case useless
}

/// One exchange at the outermost hop, with everything that was found to belong to it.
public struct Exchange: Sendable, BitwiseCopyable {
  public var request: Request
  public var links: Links

  /// What was found out about a request.
  public struct Links: Sendable, BitwiseCopyable {
    /// Index into `CaseFile.parties`.
    public var party: Int32
    /// Index into `CaseFile.actors`.
    public var actor: Int32
    public var endpoint: Endpoint
    public var login = LoginRedirect.none
    /// How many other exchanges could have claimed `event` or `backEvent` as well.
    public var rivals: UInt16 = 0
    /// Index into `observations.tokenEvents`: Keycloak's event of this very exchange; -1 none.
    public var event: Int32 = -1
    /// Keycloak sends the browser back with an error instead of showing a login (RFC 6749 section 4.1.2.1), as
    /// its `event` says.
    public var isLoginRefused = false
    /// Index into `CaseFile.legs`: the same request one hop further in; -1 none.
    public var inner: Int32 = -1
    /// Keycloak's event about the call that the application made while it handled this exchange.
    public var backEvent: Int32 = -1
    /// The same exchange on the wire at the outermost hop (index into `CaseFile.legs`); -1 none.
    public var wire: Int32 = -1
    /// The same exchange on the wire behind the edge (index into `CaseFile.legs`); -1 none.
    public var wireInner: Int32 = -1
    /// On the wire: the application's own call to Keycloak while it handled this exchange (index into
    /// `CaseFile.legs`); -1 none.
    public var wireBack: Int32 = -1

    public init(party: Int32, actor: Int32, endpoint: Endpoint) {
      self.party = party
      self.actor = actor
      self.endpoint = endpoint
    }
  }

  public init(request: Request, party: Int32, actor: Int32, endpoint: Endpoint) {
    self.request = request
    links = Links(party: party, actor: actor, endpoint: endpoint)
  }

  @inlinable @inline(__always) public init(request: Request, links: Links) {
    self.request = request
    self.links = links
  }

  @inlinable @inline(__always) public var party: Int32 { links.party }
  @inlinable @inline(__always) public var actor: Int32 { links.actor }
  @inlinable @inline(__always) public var endpoint: Endpoint { links.endpoint }
  /// Answered with a redirect to a login.
  public var isLoginRedirect: Bool { links.login != .none }
  /// Such a redirect, and of no use.
  public var isTurnedAway: Bool { links.login == .useless }
  @inlinable @inline(__always) public var rivals: UInt16 { links.rivals }
  @inlinable @inline(__always) public var event: Int32 { links.event }
  @inlinable @inline(__always) public var inner: Int32 { links.inner }
  @inlinable @inline(__always) public var backEvent: Int32 { links.backEvent }
  @inlinable @inline(__always) public var wire: Int32 { links.wire }
  @inlinable @inline(__always) public var wireInner: Int32 { links.wireInner }
  @inlinable @inline(__always) public var wireBack: Int32 { links.wireBack }

  /// An event of Keycloak's tells of it, and no line of the outermost hop.
  public var isOfEvent: Bool { request.isOfEvent }

  /// 401, or a failure that belongs to the same story.
  public var isFailure: Bool {
    isTurnedAway || links.isLoginRefused || CaseFile.isFailure(request.status, endpoint)
      || isGivenUp
  }
  /// A client closed the connection after it had waited long for Keycloak (nginx: 499); pages that somebody leaves are
  /// closed at once.
  public var isGivenUp: Bool {
    request.status == 499 && endpoint.isKeycloak && request.duration >= 3_000_000
  }
  /// Served, or refused by the service for a reason that it only gives after it accepted the caller:
  /// not modified, not acceptable, conflict, precondition, media type, content.
  public var isSuccess: Bool {
    switch request.status {
    case 200..<300: true
    case 304, 406, 409, 412, 415, 422: endpoint == .none
    default: false
    }
  }
}

/// Who asks: address and user agent (where logged).
public struct Actor: Sendable, Hashable {
  public var client: Symbol
  public var userAgent: Symbol
  public init(client: Symbol, userAgent: Symbol) {
    self.client = client
    self.userAgent = userAgent
  }
}

/// Offset of one party's clock against the edge's: its stamps minus the edge's, in seconds.
public struct ClockOffset: Sendable {
  public var name: String
  public var seconds: Double
  /// Half the width of the middle half of the pairs.
  public var spread: Double
  public var pairs: Int
  public var examples: [Citation]
  /// Index into `CaseFile.parties` where the clock is a party's, read off its answers on the wire;
  /// -1 otherwise.
  public var party: Int32 = -1
  /// Index into `Sources` where the operator told the clock of an input; -1 where it was found out.
  public var source: Int32 = -1
  /// Index into `Sources` of the first part of the log whose clock was found out; -1 otherwise.
  public var log: Int32 = -1
  /// Whose lines of the log are meant; none where it is all of them.
  public var writer = Symbol.none
  /// The clock is Keycloak's.
  public var isKeycloak = false
  /// The log is an edge's error log, apart from its access log.
  public var isErrorLog = false
  /// The zone of an edge's stamps that name none, by another log's: seconds east of UTC.
  public var isZone = false
  /// Seconds per second by which the offset grows, and when it was `seconds`.
  public var drift = 0.0
  public var reference = Instant.unknown
  public init(name: String, seconds: Double, spread: Double, pairs: Int, examples: [Citation]) {
    self.name = name
    self.seconds = seconds
    self.spread = spread
    self.pairs = pairs
    self.examples = examples
  }

  /// The offset at a time by the clock itself.
  public func seconds(at time: Instant) -> Double {
    drift == 0 || !time.isKnown ? seconds : seconds + drift * (time - reference)
  }
}

/// The correlated evidence: what `Correlate` makes of `Observations` and `Diagnose` explains.
public struct CaseFile: Sendable {
  public var observations: Observations
  public var sources: Sources
  public var exchanges = Exchanges()
  public var parties: [Party] = []
  public var actors: [Actor] = []
  /// Requests of inner hops (applications' access logs, Keycloak's, captured legs).
  public var legs: [Request] = []
  /// Exchange → messages (indices into `observations.messages`) that belong to it.
  public var messages: [Int: [Int]] = [:]
  public var clocks: [ClockOffset] = []
  /// Parties whose answers on the wire tell their clock (`Date`).
  public var datedParties: Set<Int32> = []
  /// Where exchanges come from: which hop is the outermost one that was given.
  public var outermost: Hop = .unknown
  /// `true` when plain successes are a sample.
  public var isSampled = false
  /// By source: which share of its requests are exchanges.
  public var shares: [SourceShare] = []

  public init(observations: Observations, sources: Sources) {
    self.observations = observations
    self.sources = sources
  }

  public func text(_ symbol: Symbol) -> String { observations.symbols.text(symbol) }

  /// Whether a user agent is a browser's, as all of them begin (RFC 9110 section 10.1.5 leaves it to them).
  public func isBrowser(_ userAgent: Symbol) -> Bool {
    observations.symbols.bytes(of: userAgent).starts(with: "Mozilla/".utf8)
  }

  /// Which answers count as failures of authentication or travel with them (design §3.1).
  public static func isFailure(_ status: UInt16, _ endpoint: Endpoint) -> Bool {
    switch status {
    case 401, 407: true
    case 403, 431, 494, 561: true
    case 400: true
    case 404: endpoint.isKeycloak
    case 500, 502, 503, 504: true
    case 0, 499: false
    default: false
    }
  }
}
