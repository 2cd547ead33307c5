internal import Evidence

/// Who answered a request that Traefik had handed to a server.
enum TraefikAnswer {
  /// When the server gives no answer Traefik writes the status text as the body, and logs its own
  /// status as the origin's: `Bad Gateway` (11 bytes), `Gateway Timeout` (15), `Client Closed
  /// Request` (21). `Internal Server Error` (21) is also what many frameworks write: it stays open.
  static func set(_ request: inout Request, origin: UInt16) {
    switch (request.status, request.responseBytes) {
    case (502, 11), (504, 15), (499, 21), (499, 0):
      request.answeredBy = .edge
    case (500, 21):
      request.answeredBy = .unknown
    default:
      request.upstreamStatus = origin
      request.answeredBy = origin == request.status && origin != 0 ? .upstream : .edge
    }
  }
}
