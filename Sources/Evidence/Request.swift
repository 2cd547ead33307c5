/// Which hop of an exchange a line or a captured message describes.
package enum Hop: UInt8, Sendable, BitwiseCopyable {
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
package enum AnsweredBy: UInt8, Sendable, BitwiseCopyable {
  case unknown
  /// The edge itself, without asking the upstream (a filter, an auth sub-request, its own error).
  case edge
  /// Whatever stands behind the edge.
  case upstream
}

package enum Seen: UInt8, Sendable, BitwiseCopyable {
  case unknown, absent, present
}

/// One hop's view of one HTTP exchange. Fixed size, no references: hundreds of thousands are held.
package struct Request: Sendable, BitwiseCopyable {
  package var citation: Citation
  package var format: Format = .unparsed
  package var hop: Hop = .unknown
  package var answeredBy: AnsweredBy = .unknown
  /// Whether the request carried an `Authorization` header, where the source says so.
  package var authorization: Seen = .unknown
  /// `start` or `end` was printed in whole seconds and no wrapper had a finer stamp.
  package var isCoarse = false

  /// When the request reached this hop, and when the answer left it. One is computed from the other
  /// where a duration is known; equal where it is not.
  package var start = Instant.unknown
  package var end = Instant.unknown
  /// Microseconds; -1 unknown.
  package var duration: Int64 = -1

  package var method = Symbol.none
  package var host = Symbol.none
  /// Without query. None on plain successes, which carry their route only: paths are many.
  package var path = Symbol.none
  /// The path with identifiers replaced by `*` (`/orders/*/items`).
  package var route = Symbol.none
  /// Bytes of the request target (path and query), for request-length arithmetic.
  package var targetLength: UInt16 = 0
  package var status: UInt16 = 0
  /// What the upstream answered; 0 unknown or not asked.
  package var upstreamStatus: UInt16 = 0

  /// Client's address without port.
  package var client = Symbol.none
  package var clientPort: UInt16 = 0
  package var userAgent = Symbol.none
  /// Name of the Basic user (`$remote_user`), where logged.
  package var remoteUser = Symbol.none
  package var requestID = Symbol.none
  /// Lower case hex without dashes.
  package var traceID = Symbol.none
  /// The edge's name for the upstream: `shop-orders-8080`, `outbound|80||x`, a Traefik service.
  package var service = Symbol.none
  /// `ip:port` of the peer that answered last.
  package var upstreamAddress = Symbol.none
  /// Bytes of the answer as logged; -1 unknown.
  package var responseBytes: Int32 = -1
  /// `responseBytes` holds the headers too (HAProxy `%B`, Apache `%O`, nginx `$bytes_sent`): such
  /// sizes are compared with one another only.
  package var sizeCountsHeaders = false
  /// Bytes of the whole request (nginx `$request_length`); -1 unknown.
  package var requestBytes: Int32 = -1
  /// The edge's reason for its answer: Envoy response code details, HAProxy termination state,
  /// ALB error reason.
  package var detail = Symbol.none
  /// Envoy response flags.
  package var flags = Symbol.none
  /// `WWW-Authenticate` as logged or captured.
  package var challenge = Symbol.none
  /// The answer's own words: OAuth `error: error_description` of a body, where captured.
  package var reason = Symbol.none
  /// `client_id` of an OAuth request, where captured.
  package var oauthClient = Symbol.none
  /// Container, pod or process that wrote the line, where a wrapper names it.
  package var writer = Symbol.none
  /// Index into `Observations.tokens`; -1 none.
  package var token: Int32 = -1
  /// `Location` of a redirect, without query, where captured or logged.
  package var location = Symbol.none

  // Seen in captures only.

  /// Index into `Observations.tokens`: the token in the body of a call to Keycloak (to be renewed,
  /// introspected or ended); -1 none.
  package var presented: Int32 = -1
  /// Index into `Observations.tokens`: the access token in Keycloak's answer; -1 none.
  package var issued: Int32 = -1
  /// `Date` of the answer minus the capture's clock, whole seconds; `noDate` where there was none.
  package var dateOffset: Int32 = Request.noDate
  /// The first address of `X-Forwarded-For` or `Forwarded`.
  package var forwardedFor = Symbol.none
  /// What the request's headers held that hops change: `Authorization: Bearer (JWT); Cookie: a, b;
  /// X-Forwarded-Proto: https`. Names of cookies, never values.
  package var headers = Symbol.none

  package static var noDate: Int32 { .min }

  package init(citation: Citation) { self.citation = citation }
}

extension Request {
  package var isFailure: Bool { status == 401 || isAuthAdjacent }
  /// Statuses that travel with 401s (facts/ingress_logs §0, design §3.1); paths decide the rest.
  package var isAuthAdjacent: Bool {
    switch status {
    case 400, 403, 431, 494, 499, 500, 502, 503, 504, 561, 0: true
    default: false
    }
  }
}

extension Request {
  /// Into the order of start and citation. Keys are sorted instead of the large values, and nothing
  /// is moved that is in order already.
  package static func sort(_ requests: inout [Request]) {
    var inOrder = true
    for i in requests.indices.dropFirst()
    where (requests[i].start, requests[i].citation)
      < (requests[i - 1].start, requests[i - 1].citation)
    {
      inOrder = false
      break
    }
    if inOrder { return }
    var keys: [(start: Int64, citation: Citation, index: Int32)] = []
    keys.reserveCapacity(requests.count)
    for (i, r) in requests.enumerated() {
      keys.append((r.start.nanoseconds, r.citation, Int32(truncatingIfNeeded: i)))
    }
    keys.sort { ($0.start, $0.citation) < ($1.start, $1.citation) }
    requests = keys.map { requests[Int($0.index)] }
  }
}
