internal import Evidence

/// What an issuer or a checker says of new keys, beside signatures that did not fit right after: alone it is
/// everyday life, for every start and every renewal of keys says it.
struct KeyRotations {
  private let told: [Message]

  /// How long after new keys a checker may still hold the old ones, in seconds.
  private static let longest = 600.0

  static let meaning = Meaning.refusal(
    .keysRotated, 0.66, or: [(.tokenBadSignature, 0.15), (.tokenOtherRealm, 0.05)])

  init(_ scene: Scene) {
    told = scene.file.observations.messages.filter {
      $0.statement == .keysRenewed && $0.time.isKnown
    }
  }

  /// The last word of new keys before a token whose key or signature did not fit.
  func before(_ message: Message, _ meaning: Meaning) -> Message? {
    guard !told.isEmpty, message.time.isKnown,
      message.statement == .tokenSignature || message.statement == .tokenUnknownKey,
      meaning.share(of: .keysRotated) > 0
    else { return nil }
    return told.last {
      let age = message.time - $0.time
      return age >= -2 && age <= KeyRotations.longest
    }
  }

  func hint(_ message: Message, _ scene: Scene) -> Hint {
    Hint(
      meaning: KeyRotations.meaning,
      claim: "“\(Signals.shorten(scene.text(message.text)))”", kind: message.statement.rawValue,
      citation: message.citation, time: message.time)
  }
}
