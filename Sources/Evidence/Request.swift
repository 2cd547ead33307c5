/// Which hop of an exchange a line or a captured message describes.
public enum Hop: UInt8, Sendable, BitwiseCopyable {
  case unknown
  /// An ingress controller, gateway or load balancer.
  case edge
  /// The service behind the edge (its own access log).
  case application
  /// Keycloak's HTTP access log.
  case keycloak
  /// The edge's auth service (oauth2-proxy, an `auth_request` target).
  case authService
  /// Seen in a capture.
  case wire
}

/// Who produced the status, as far as one line can tell (facts/ingress_logs §0).
public enum AnsweredBy: UInt8, Sendable, BitwiseCopyable {
  case unknown
  /// The edge itself, without asking the upstream (a filter, an auth sub-request, its own error).
  case edge
  /// Whatever stands behind the edge.
  case upstream
}

public enum Seen: UInt8, Sendable, BitwiseCopyable {
  case unknown, absent, present
}

/// One hop's view of one HTTP exchange. Fixed size, no references: hundreds of thousands are held, so what is small
/// stands together, without gaps between.
public struct Request: Sendable, BitwiseCopyable {
  public var citation: Citation
  public var format: Format = .unparsed
  public var hop: Hop = .unknown
  public var answeredBy: AnsweredBy = .unknown
  /// Whether the request carried an `Authorization` header, where the source says so.
  public var authorization: Seen = .unknown
  /// `start` or `end` was printed in whole seconds and no wrapper had a finer stamp.
  public var isCoarse = false
  /// Whether a browser opened a page, by what it says of itself (`Sec-Fetch-Mode`, `Accept`).
  public var navigation: Seen = .unknown
  /// The query has `code` and `state`, or `error` and `state`: the answer of an authorization server
  /// that a browser brings back (RFC 6749 section 4.1.2). Of kept requests only.
  public var isLoginCallback = false
  /// `responseBytes` holds the headers too (HAProxy `%B`, Apache `%O`, nginx `$bytes_sent`): such
  /// sizes are compared with one another only.
  public var sizeCountsHeaders = false

  /// When the request reached this hop, and when the answer left it. One is computed from the other
  /// where a duration is known; equal where it is not.
  public var start = Instant.unknown
  public var end = Instant.unknown
  /// Microseconds; -1 unknown.
  public var duration: Int64 = -1

  public var method = Symbol.none
  public var host = Symbol.none
  /// Without query. None on plain successes, which carry their route only: paths are many.
  public var path = Symbol.none
  /// The path with identifiers replaced by `*` (`/orders/*/items`).
  public var route = Symbol.none
  /// Bytes of the request target (path and query), for request-length arithmetic.
  public var targetLength: UInt16 = 0
  public var status: UInt16 = 0
  /// What the upstream answered; 0 unknown or not asked.
  public var upstreamStatus: UInt16 = 0
  /// The client's; 0 unknown.
  public var clientPort: UInt16 = 0

  /// Client's address without port.
  public var client = Symbol.none
  public var userAgent = Symbol.none
  /// Name of the Basic user (`$remote_user`), where logged.
  public var remoteUser = Symbol.none
  public var requestID = Symbol.none
  /// Lower case hex without dashes.
  public var traceID = Symbol.none
  /// The edge's name for the upstream: `shop-orders-8080`, `outbound|80||x`, a Traefik service.
  public var service = Symbol.none
  /// `ip:port` of the peer that answered last.
  public var upstreamAddress = Symbol.none
  /// Bytes of the answer as logged; -1 unknown.
  public var responseBytes: Int32 = -1
  /// Bytes of the whole request (nginx `$request_length`); -1 unknown.
  public var requestBytes: Int32 = -1
  /// The edge's reason for its answer: Envoy response code details, HAProxy termination state,
  /// ALB error reason.
  public var detail = Symbol.none
  /// Envoy response flags.
  public var flags = Symbol.none
  /// `WWW-Authenticate` as logged or captured.
  public var challenge = Symbol.none
  /// The answer's own words: OAuth `error: error_description` of a body, where captured; of the query that a
  /// login brought back.
  public var reason = Symbol.none
  /// `client_id` of an OAuth request, where captured.
  public var oauthClient = Symbol.none
  /// Container, pod or process that wrote the line, where a wrapper names it.
  public var writer = Symbol.none
  /// Index into `Observations.tokens`; -1 none.
  public var token: Int32 = -1
  /// `Location` of a redirect, without query, where captured or logged.
  public var location = Symbol.none

  // Seen in captures only.

  /// Packets from `citation` to the head of the answer.
  public var answerAfter: Int32 = 0
  /// Index into `Observations.tokens`: the token in the body of a call to Keycloak (to be renewed,
  /// introspected or ended); -1 none.
  public var presented: Int32 = -1
  /// Index into `Observations.tokens`: the access token in Keycloak's answer; -1 none.
  public var issued: Int32 = -1
  /// `Date` of the answer minus the capture's clock, whole seconds; `noDate` where there was none.
  public var dateOffset: Int32 = Request.noDate
  /// The first address of `X-Forwarded-For` or `Forwarded`.
  public var forwardedFor = Symbol.none
  /// What the request's headers held that hops change: `Authorization: Bearer (JWT); Cookie: a, b;
  /// X-Forwarded-Proto: https`. Names of cookies, never values.
  public var headers = Symbol.none

  public static var noDate: Int32 { .min }

  /// Where the answer stands: the line, or the packet with its head.
  public var answerCitation: Citation {
    var answer = citation
    if answerAfter > 0 { answer.number += Int(answerAfter) }
    return answer
  }

  public init(citation: Citation) { self.citation = citation }
}

extension Request {
  /// Bytes of the request beside its target, where its length was logged: headers and body.
  @inlinable public var lengthWithoutTarget: Int { Int(requestBytes) - Int(targetLength) }

  /// An event of Keycloak's tells of it, and no line of a hop.
  public var isOfEvent: Bool { hop == .keycloak && format == .keycloakText }

  public var isFailure: Bool { status == 401 || isAuthAdjacent }
  /// Statuses that travel with 401s (facts/ingress_logs §0, design §3.1); paths decide the rest.
  public var isAuthAdjacent: Bool {
    switch status {
    case 400, 403, 431, 494, 499, 500, 502, 503, 504, 561, 0: true
    default: false
    }
  }
}
