internal import Evidence

/// Commands of a terminal whose answers were pasted without their heads: what was asked with, beside what the answer
/// says.
struct Commands {
  /// An answer stands right below its command, which may itself go over some lines.
  private static let reach = 16

  private struct Booked {
    var number: Int
    /// `.commandOther`: whatever follows belongs to no command that is known.
    var statement: Statement
  }

  /// By source, in the order of their lines.
  private var booked: [UInt16: [Booked]] = [:]

  init(_ scene: Scene) {
    for m in scene.file.observations.messages where Commands.isCommand(m.statement) {
      book(m.citation, m.statement)
    }
    guard !booked.isEmpty else { return }
    for m in scene.file.observations.messages where Commands.isLogged(m) {
      bar(m.citation)
    }
    for e in scene.file.exchanges { bar(e.request.citation) }
    for e in scene.file.observations.tokenEvents { bar(e.citation) }
    for source in booked.keys {
      // A line that is both ends what was before.
      booked[source]?.sort {
        ($0.number, $0.statement == .commandOther ? 1 : 0)
          < ($1.number, $1.statement == .commandOther ? 1 : 0)
      }
    }
  }

  private mutating func book(_ citation: Citation, _ statement: Statement) {
    booked[citation.source, default: []].append(
      Booked(number: citation.number, statement: statement))
  }

  private mutating func bar(_ citation: Citation) {
    if booked[citation.source] != nil { book(citation, .commandOther) }
  }

  private static func isLogged(_ m: Message) -> Bool {
    !isCommand(m.statement) && (m.level != .unknown || !m.logger.isNone)
  }

  /// What an answer means in the light of the command before it; nil where it adds nothing.
  func meaning(_ m: Message) -> Meaning? {
    guard [.tokenMissing, .tokenRefused, .other].contains(m.statement) else { return nil }
    switch asked(above: m.citation) {
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

  /// The last command at or above a line, if it is near.
  private func asked(above citation: Citation) -> Statement? {
    guard let booked = booked[citation.source],
      let last = booked[..<booked.partitioningIndex { $0.number > citation.number }].last
    else { return nil }
    let distance = citation.number - last.number
    return distance > 0 && distance <= Commands.reach ? last.statement : nil
  }

  private static func isCommand(_ statement: Statement) -> Bool {
    statement == .commandPreflight || statement == .commandWithCredential
      || statement == .commandWithoutCredential || statement == .commandOther
  }
}
