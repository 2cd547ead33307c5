internal import Evidence

/// The words of Kong's `jwt` plug-in by the sizes of its answers: body and challenge are the same but for the text, so
/// that an answer is longer than the one to no token (`Unauthorized`) by what its text and its challenge are longer.
///
/// Texts: Kong `kong/plugins/jwt/handler.lua`. The plug-in holds a realm's key as a consumer's credential, which
/// somebody has to renew when the realm's keys change.
enum KongLengths {
  /// What `Unauthorized` has.
  private static let noToken = 12

  /// By the length of the text. `Invalid signature` and `Invalid algorithm` have the same.
  private static let texts: [Int: [Statement: Double]] = [
    "Invalid signature".utf8.count: [.tokenSignature: 0.75, .tokenAlgorithm: 0.25],
    "Unrecognizable token".utf8.count: [.tokenMalformed: 0.9],
    "Multiple tokens provided".utf8.count: [.tokenMalformed: 0.8],
    "Invalid 'iss' in claims".utf8.count: [.tokenIssuer: 0.8],
    "No mandatory 'iss' in claims".utf8.count: [.tokenIssuer: 0.8],
    "No credentials found for given 'iss'".utf8.count: [.tokenIssuer: 0.9],
  ]

  /// Statements by class of size, of Kong's own refusals.
  static func candidates(_ scene: Scene) -> [LengthFit.SizeClass: [Statement: Double]] {
    var own: [LengthFit.SizeClass: Int] = [:]
    var empty: [Int32: Int] = [:]
    for (kin, rows) in scene.kinships.rows.enumerated() {
      let size = scene.kinships.classes[kin]
      guard size.status == 401, size.bytes > 0,
        let i = rows.first(where: { isOwn(scene.file.exchanges.requests[$0]) })
      else { continue }
      let r = scene.file.exchanges.requests[i]
      let challenge = scene.text(r.challenge)
      guard challenge.hasPrefix("Bearer") else { continue }
      let rest = Int(size.bytes) - challenge.utf8.count
      if challenge.contains("error=") {
        own[size] = rest
      } else {
        empty[size.party] = min(empty[size.party] ?? rest, rest)
      }
    }
    var found: [LengthFit.SizeClass: [Statement: Double]] = [:]
    for (size, rest) in own {
      guard let base = empty[size.party] ?? empty.values.min(),
        let said = texts[noToken + rest - base]
      else { continue }
      found[size] = said
    }
    return found
  }

  /// A refusal by Kong itself, with its challenge and whole size.
  static func isOwn(_ r: Request) -> Bool {
    r.format == .kongJSON && r.answeredBy == .edge && !r.challenge.isNone && r.responseBytes > 0
  }
}
