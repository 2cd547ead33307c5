internal import Evidence

/// The words of Envoy's own refusals where the format (its default one, Contour's) has no response code details:
/// the body is the status text, so that its length tells most of them (`Jwt is missing` and `Jwt is expired` have
/// the same).
///
/// Texts: Envoy `source/common/jwt/status.cc`.
enum EnvoyLengths {
  private static let texts: [(status: UInt16, text: String)] = [
    (401, "Jwt not yet valid"), (401, "Jwt verification fails"),
    (401, "Jwt issuer is not configured"), (401, "Jwks remote fetch is failed"),
    (401, "Jwks doesn't have key to match kid or alg from Jwt"),
    (401, "Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections"),
    (403, "Audiences in Jwt are not allowed"), (403, "RBAC: access denied"),
  ]

  /// The text of an answer that no upstream gave; nil where its length is of none or was not logged.
  static func text(_ r: Request) -> String? {
    guard r.format == .envoyText || r.format == .envoyJSON, r.detail.isNone,
      r.answeredBy == .edge, r.responseBytes > 0
    else { return nil }
    return texts.first { $0.status == r.status && $0.text.utf8.count == Int(r.responseBytes) }?.text
  }
}
