internal import Evidence

/// Commands of a terminal whose answers were pasted without their heads: what was asked with, beside what the answer
/// says.
struct Commands {
  private let told: [Message]

  init(_ scene: Scene) {
    told = scene.file.observations.messages.filter { Commands.isCommand($0.statement) }
  }

  /// What an answer means in the light of the command before it; nil where it adds nothing.
  func meaning(_ m: Message) -> Meaning? {
    guard !told.isEmpty, [.tokenMissing, .tokenRefused, .other].contains(m.statement),
      let command = told.last(where: {
        $0.citation.source == m.citation.source && $0.citation.number < m.citation.number
      })
    else { return nil }
    switch command.statement {
    // A browser's question before the request carries no credential: whoever wants one keeps all pages out.
    case .commandPreflight where m.statement != .other:
      return .refusal(.ingressCORSPreflight, 0.6, or: [(.benignNoToken, 0.2)])
    // It was sent, and who answers has not seen it; or it looks for another scheme.
    case .commandWithCredential where m.statement == .tokenMissing:
      return .refusal(.ingressAuthHeaderStripped, 0.5, or: [(.tokenMalformed, 0.3)])
    case .commandWithoutCredential where m.statement == .tokenRefused:
      return .general(.tokenMissing, 0.5, or: [(.benignNoToken, 0.35)])
    default: return nil
    }
  }

  static func isCommand(_ statement: Statement) -> Bool {
    statement == .commandPreflight || statement == .commandWithCredential
      || statement == .commandWithoutCredential
  }
}
