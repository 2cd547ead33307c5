/// A Keycloak user event (`org.keycloak.events`), from its log or an export.
public struct TokenEvent: Sendable, BitwiseCopyable {
  public var citation: Citation
  public var time = Instant.unknown
  public var writer = Symbol.none
  /// As written: `LOGIN`, `REFRESH_TOKEN_ERROR`.
  public var type = Symbol.none
  /// `realmName`, else `realmId`.
  public var realm = Symbol.none
  public var client = Symbol.none
  public var user = Symbol.none
  public var username = Symbol.none
  /// `sessionId`, else `code_id`.
  public var session = Symbol.none
  public var address = Symbol.none
  /// `error=`; none on success events.
  public var error = Symbol.none
  /// `reason=`, else `detail=`.
  public var reason = Symbol.none
  public var grantType = Symbol.none
  public var tokenID = Symbol.none
  public var refreshTokenID = Symbol.none
  public var redirectURI = Symbol.none
  public var authMethod = Symbol.none
  public var clientAuthMethod = Symbol.none
  public var tokenIssuedFor = Symbol.none
  public var traceID = Symbol.none
  /// `refresh_token_sub`: whose refresh token it was (replaces `user` on refresh errors from 25 on).
  public var refreshTokenSubject = Symbol.none
  /// `refresh_token_type`: `Refresh` or `Offline`.
  public var refreshTokenType = Symbol.none
  /// `updated_refresh_token_id`: the refresh token handed out.
  public var updatedRefreshTokenID = Symbol.none
  /// `token_type` of an introspected token: `Bearer`, `ID`, `Refresh`, `Offline`.
  public var tokenType = Symbol.none
  public var scope = Symbol.none
  /// `audience`, `requested_audience`.
  public var audience = Symbol.none
  public var identityProvider = Symbol.none
  public var responseMode = Symbol.none
  /// `authSessionTabId`: tells the tabs of one browser login apart.
  public var tab = Symbol.none
  /// `access_token_expiration_time`: lifespan of the access token handed out, seconds; -1 unknown.
  public var accessTokenLifespan: Int32 = -1
  /// `age_of_refresh_token`, seconds; -1 unknown.
  public var ageOfRefreshToken: Int32 = -1
  /// Written without quotes: Keycloak up to 23.0.4, which leaves `INTROSPECT_TOKEN` without error whether the
  /// token is good or not.
  public var isUnquoted = false
  /// Not Keycloak's words: read from the size of an answer in its access log.
  public var isOfAnswer = false

  public init(citation: Citation) { self.citation = citation }
}

/// A Keycloak admin event.
public struct AdminEvent: Sendable, BitwiseCopyable {
  public var citation: Citation
  public var time = Instant.unknown
  /// `CREATE`, `UPDATE`, `DELETE`, `ACTION`.
  public var operation = Symbol.none
  public var resourceType = Symbol.none
  public var resourcePath = Symbol.none
  public var realm = Symbol.none
  public var address = Symbol.none
  public var error = Symbol.none
  public var writer = Symbol.none
  /// The administrator's user id.
  public var user = Symbol.none
  public var traceID = Symbol.none

  public init(citation: Citation) { self.citation = citation }
}

/// A recognised log message of any component.
public struct Message: Sendable, BitwiseCopyable {
  public var citation: Citation
  public var time = Instant.unknown
  public var format: Format = .unparsed
  public var statement: Statement = .other
  public var level: Level = .unknown
  public var writer = Symbol.none
  /// Logger, file or module.
  public var logger = Symbol.none
  /// The message, masked, at most `SymbolTable.longest` bytes.
  public var text = Symbol.none
  /// What the statement is about, where it names one thing: a status, a host name, a kid, an
  /// issuer, a seconds value.
  public var subject = Symbol.none
  /// The other party: upstream `ip:port`, URL.
  public var peer = Symbol.none
  public var client = Symbol.none
  public var host = Symbol.none
  /// Method of the request the message is about.
  public var method = Symbol.none
  /// Path of the request the message is about, without query.
  public var path = Symbol.none
  public var requestID = Symbol.none
  public var traceID = Symbol.none

  public init(citation: Citation) { self.citation = citation }
}

public enum Level: UInt8, Sendable, BitwiseCopyable, Comparable {
  case unknown, trace, debug, info, notice, warn, error, fatal
  public static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
}

/// Something seen below HTTP in a capture.
public struct NetworkEvent: Sendable, BitwiseCopyable {
  public enum Kind: UInt8, Sendable, BitwiseCopyable {
    /// A SYN (or its retransmission) that nobody answered while the capture ran on.
    case synUnanswered
    /// RST in answer to a SYN.
    case refused
    /// RST on an established connection.
    case reset
    /// ICMP destination unreachable; `code` holds type << 8 | code.
    case icmpUnreachable
    /// An established connection whose request got no answer before it was given up.
    case requestUnanswered
    /// A DNS answer; `code` holds the rcode.
    case dnsAnswer
    case dnsUnanswered
    /// `code` holds level << 8 | description (RFC 8446 §6).
    case tlsAlert
    /// `name` is the server name asked for, `detail` the highest version offered.
    case tlsClientHello
    /// `detail` is the version and cipher suite that the server chose.
    case tlsServerHello
    case tlsCertificate
    /// A connection that was opened (SYN and SYN-ACK seen).
    case connected
    /// TLS spoken to a plain HTTP port or the other way round.
    case protocolMismatch
  }
  public var citation: Citation
  public var time = Instant.unknown
  public var kind: Kind
  public var source = Symbol.none
  public var sourcePort: UInt16 = 0
  public var destination = Symbol.none
  public var destinationPort: UInt16 = 0
  public var code: UInt16 = 0
  /// How often (SYN retransmissions, DNS tries).
  public var count: UInt16 = 1
  /// DNS name, SNI, certificate subject.
  public var name = Symbol.none
  public var detail = Symbol.none

  public init(citation: Citation, kind: Kind) {
    self.citation = citation
    self.kind = kind
  }
}

/// What followed `Authorization:` in a captured request, never the credential itself.
public struct BearerToken: Sendable, BitwiseCopyable {
  public enum Form: UInt8, Sendable, BitwiseCopyable {
    case jwt, opaque, malformed, basic, otherScheme
  }
  public var citation: Citation
  public var form: Form
  /// Why it is malformed: `undefined`, `no scheme`, `2 parts`.
  public var problem = Symbol.none
  public var algorithm = Symbol.none
  public var keyID = Symbol.none
  public var type = Symbol.none
  public var issuer = Symbol.none
  /// Space separated.
  public var audience = Symbol.none
  public var authorizedParty = Symbol.none
  public var subject = Symbol.none
  public var session = Symbol.none
  public var tokenID = Symbol.none
  /// Seconds since the epoch; 0 absent.
  public var issuedAt: Int64 = 0
  public var notBefore: Int64 = 0
  public var expires: Int64 = 0
  /// Keyed hash of header and payload (not the signature): same claims, same number.
  public var claimsHash: UInt64 = 0
  /// Keyed hash of the whole credential: same bytes, same number.
  public var hash: UInt64 = 0
  public var length: UInt16 = 0

  public init(citation: Citation, form: Form) {
    self.citation = citation
    self.form = form
  }
}
