/// Bodies of the token end-point's refusals in sizes that count headers as HAProxy does, names and values alone.
/// Source: answers of Keycloak 26.7.3 behind HAProxy whose errors its events name (72, 64, 93 and 98 bytes of body make
/// 350, 342, 372 and 377 bytes).
enum KeycloakBodies {
  /// Start line without the reason phrase, headers with a `Content-Length` of two digits, end mark.
  private static let around = 267

  /// Bytes of the body; `nil` where the size cannot be that of a refusal.
  static func size(of bytes: Int, status: UInt16) -> Int? {
    let reason =
      switch status {
      case 400: "Bad Request"
      case 401: "Unauthorized"
      case 403: "Forbidden"
      default: ""
      }
    guard !reason.isEmpty else { return nil }
    let body = bytes - around - reason.utf8.count
    // From 100 on the length has a digit more.
    return body > 100 ? body - 1 : body > 0 && body < 100 ? body : nil
  }
}
