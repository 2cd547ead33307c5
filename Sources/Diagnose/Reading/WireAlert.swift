internal import Evidence

/// A fatal TLS alert while requests were handled: who gave up why, and at which certificate where that was
/// to be seen (up to TLS 1.2).
struct WireAlert {
  let text: String
  let lines: [Citation]

  /// The first one within three seconds of a group's span.
  init?(_ profile: Profile, _ scene: Scene) {
    guard profile.first.isKnown else { return nil }
    let from = profile.first.advanced(seconds: -3)
    let to = profile.last.advanced(seconds: 3)
    let network = scene.file.observations.network
    let alert = network.first {
      $0.kind == .tlsAlert && $0.code >> 8 == 2 && $0.time >= from && $0.time <= to
    }
    guard let alert else { return nil }
    let certificate = network.last {
      $0.kind == .tlsCertificate && $0.source == alert.source
        && $0.sourcePort == alert.sourcePort && $0.destination == alert.destination
        && $0.time <= alert.time && alert.time - $0.time < 10
    }
    let name = Self.name(UInt8(truncatingIfNeeded: alert.code))
    let side = scene.text(alert.detail)
    var text = "a TLS alert on the wire: " + name + (side.isEmpty ? "" : ", " + side)
    if let certificate {
      let shown = scene.text(certificate.detail).split(separator: "; ").dropFirst()
      if !shown.isEmpty { text += " (certificate: " + shown.joined(separator: ", ") + ")" }
    }
    self.text = text
    lines = [alert.citation] + (certificate.map { [$0.citation] } ?? [])
  }

  /// RFC 8446 §6, RFC 5246 §7.2.
  private static func name(_ code: UInt8) -> String {
    switch code {
    case 40: "no common parameters (handshake_failure)"
    case 42: "bad certificate"
    case 43: "unsupported certificate"
    case 44: "certificate revoked"
    case 45: "certificate expired"
    case 46: "certificate not accepted (certificate_unknown)"
    case 48: "unknown authority (unknown_ca)"
    case 49: "access denied"
    case 51: "decrypt error"
    case 70: "protocol version not supported"
    case 71: "insufficient security"
    case 80: "internal error"
    case 86: "inappropriate fallback"
    case 112: "host name not known (unrecognized_name)"
    case 116: "a client certificate is required"
    case 120: "no common application protocol"
    default: "alert \(code)"
    }
  }
}
