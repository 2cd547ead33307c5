/// A Keycloak user event (`org.keycloak.events`), from its log or an export.
package struct TokenEvent: Sendable, BitwiseCopyable {
  package var citation: Citation
  package var time = Instant.unknown
  package var writer = Symbol.none
  /// As written: `LOGIN`, `REFRESH_TOKEN_ERROR`.
  package var type = Symbol.none
  /// `realmName`, else `realmId`.
  package var realm = Symbol.none
  package var client = Symbol.none
  package var user = Symbol.none
  package var username = Symbol.none
  /// `sessionId`, else `code_id`.
  package var session = Symbol.none
  package var address = Symbol.none
  /// `error=`; none on success events.
  package var error = Symbol.none
  /// `reason=`, else `detail=`.
  package var reason = Symbol.none
  package var grantType = Symbol.none
  package var tokenID = Symbol.none
  package var refreshTokenID = Symbol.none
  package var redirectURI = Symbol.none
  package var authMethod = Symbol.none
  package var clientAuthMethod = Symbol.none
  package var tokenIssuedFor = Symbol.none
  package var traceID = Symbol.none
  /// `refresh_token_sub`: whose refresh token it was (replaces `user` on refresh errors from 25 on).
  package var refreshTokenSubject = Symbol.none
  /// `refresh_token_type`: `Refresh` or `Offline`.
  package var refreshTokenType = Symbol.none
  /// `updated_refresh_token_id`: the refresh token handed out.
  package var updatedRefreshTokenID = Symbol.none
  /// `token_type` of an introspected token: `Bearer`, `ID`, `Refresh`, `Offline`.
  package var tokenType = Symbol.none
  package var scope = Symbol.none
  /// `audience`, `requested_audience`.
  package var audience = Symbol.none
  package var identityProvider = Symbol.none
  package var responseMode = Symbol.none
  /// `authSessionTabId`: tells the tabs of one browser login apart.
  package var tab = Symbol.none
  /// `access_token_expiration_time`: lifespan of the access token handed out, seconds; -1 unknown.
  package var accessTokenLifespan: Int32 = -1
  /// `age_of_refresh_token`, seconds; -1 unknown.
  package var ageOfRefreshToken: Int32 = -1

  package init(citation: Citation) { self.citation = citation }
}

/// A Keycloak admin event.
package struct AdminEvent: Sendable, BitwiseCopyable {
  package var citation: Citation
  package var time = Instant.unknown
  /// `CREATE`, `UPDATE`, `DELETE`, `ACTION`.
  package var operation = Symbol.none
  package var resourceType = Symbol.none
  package var resourcePath = Symbol.none
  package var realm = Symbol.none
  package var address = Symbol.none
  package var error = Symbol.none
  package var writer = Symbol.none
  /// The administrator's user id.
  package var user = Symbol.none
  package var traceID = Symbol.none

  package init(citation: Citation) { self.citation = citation }
}

/// A recognised log message of any component.
package struct Message: Sendable, BitwiseCopyable {
  package var citation: Citation
  package var time = Instant.unknown
  package var format: Format = .unparsed
  package var statement: Statement = .other
  package var level: Level = .unknown
  package var writer = Symbol.none
  /// Logger, file or module.
  package var logger = Symbol.none
  /// The message, masked, at most `SymbolTable.longest` bytes.
  package var text = Symbol.none
  /// What the statement is about, where it names one thing: a status, a host name, a kid, an
  /// issuer, a seconds value.
  package var subject = Symbol.none
  /// The other party: upstream `ip:port`, URL.
  package var peer = Symbol.none
  package var client = Symbol.none
  package var host = Symbol.none
  /// Method of the request the message is about.
  package var method = Symbol.none
  /// Path of the request the message is about, without query.
  package var path = Symbol.none
  package var requestID = Symbol.none
  package var traceID = Symbol.none

  package init(citation: Citation) { self.citation = citation }
}

package enum Level: UInt8, Sendable, BitwiseCopyable, Comparable {
  case unknown, trace, debug, info, notice, warn, error, fatal
  package static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
}

/// Something seen below HTTP in a capture.
package struct NetworkEvent: Sendable, BitwiseCopyable {
  package enum Kind: UInt8, Sendable, BitwiseCopyable {
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
    case tlsClientHello
    case tlsCertificate
    /// A connection that was opened (SYN and SYN-ACK seen).
    case connected
    /// TLS spoken to a plain HTTP port or the other way round.
    case protocolMismatch
  }
  package var citation: Citation
  package var time = Instant.unknown
  package var kind: Kind
  package var source = Symbol.none
  package var sourcePort: UInt16 = 0
  package var destination = Symbol.none
  package var destinationPort: UInt16 = 0
  package var code: UInt16 = 0
  /// How often (SYN retransmissions, DNS tries).
  package var count: UInt16 = 1
  /// DNS name, SNI, certificate subject.
  package var name = Symbol.none
  package var detail = Symbol.none

  package init(citation: Citation, kind: Kind) {
    self.citation = citation
    self.kind = kind
  }
}

/// What followed `Authorization:` in a captured request, never the credential itself.
package struct BearerToken: Sendable, BitwiseCopyable {
  package enum Form: UInt8, Sendable, BitwiseCopyable {
    case jwt, opaque, malformed, basic, otherScheme
  }
  package var citation: Citation
  package var form: Form
  /// Why it is malformed: `undefined`, `no scheme`, `2 parts`.
  package var problem = Symbol.none
  package var algorithm = Symbol.none
  package var keyID = Symbol.none
  package var type = Symbol.none
  package var issuer = Symbol.none
  /// Space separated.
  package var audience = Symbol.none
  package var authorizedParty = Symbol.none
  package var subject = Symbol.none
  package var session = Symbol.none
  package var tokenID = Symbol.none
  /// Seconds since the epoch; 0 absent.
  package var issuedAt: Int64 = 0
  package var notBefore: Int64 = 0
  package var expires: Int64 = 0
  /// Keyed hash of header and payload (not the signature): same claims, same number.
  package var claimsHash: UInt64 = 0
  /// Keyed hash of the whole credential: same bytes, same number.
  package var hash: UInt64 = 0
  package var length: UInt16 = 0

  package init(citation: Citation, form: Form) {
    self.citation = citation
    self.form = form
  }
}
