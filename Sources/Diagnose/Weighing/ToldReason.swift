internal import Evidence

/// What Keycloak told a service that asked it about a token. The events of refused userinfo calls carry the words of its
/// verifier since 24, and so may those of introspections: whoever asks turns them into a refusal of its own, whatever it
/// says itself.
///
/// <https://github.com/keycloak/keycloak/blob/main/core/src/main/java/org/keycloak/TokenVerifier.java>
struct ToldReason {
  private let meaning: Meaning
  private let claim: String
  private let lines: [Citation]

  /// Reasons that name what is wrong with a token, in lower case. Sessions, issuers, audiences of introspections and
  /// clients are weighed by the causes themselves.
  private static let specific = [
    "token type is incorrect", "invalid token signature", "key not found",
    "unsupported token algorithm", "public key not set", "secret key not set",
    "failed to parse jwt", "failed to read access token", "subject missing in token",
    "no audience in the token", "expected audience not available", "user disabled",
  ]

  /// The error says it: its reason differs from end-point to end-point, or is missing.
  private static let disabled = "user_disabled"

  /// Nil where no event goes with the group, or one that leaves the reason open.
  static func of(_ group: Group, _ scene: Scene) -> ToldReason? {
    guard Signals.isApplication(group), Signals.isMute(group), isSpecific(group, scene),
      let event = group.rows.lazy.compactMap({ scene.event(scene.exchange($0).backEvent) })
        .first(where: {
          $0.reason == group.circumstances.backReason && $0.error == group.circumstances.backError
        }),
      let meaning = EventMeanings.of(EventMeanings.Event(event, scene))
    else { return nil }
    // Without its directory Keycloak calls users disabled who are not.
    if meaning.share(of: .userDisabled) > 0,
      !(scene.messagesOf[.directoryUnavailable] ?? []).isEmpty
    {
      return nil
    }
    return ToldReason(
      meaning: meaning,
      claim:
        "Keycloak, asked about the token, says: “\(Signals.shorten(scene.text(event.reason.isNone ? event.error : event.reason)))”",
      lines: Signals.events(group, scene))
  }

  /// Keycloak's reason names what is wrong with the group's tokens.
  static func isSpecific(_ group: Group, _ scene: Scene) -> Bool {
    if Signals.backError(group, scene) == disabled { return true }
    guard !group.circumstances.backReason.isNone else { return false }
    let reason = Signals.backReason(group, scene).lowercased()
    return specific.contains { reason.contains($0) }
  }

  func tells(_ cause: CauseID) -> Bool { meaning.share(of: cause) > 0 }

  /// Adds what the words say for a cause that they name, or against any other.
  func weigh(_ cause: CauseID, _ weight: inout Weight) {
    let share = meaning.share(of: cause)
    guard share > 0 else {
      weight.note(.toldOtherReason, "Keycloak, asked about the token, names another reason")
      return
    }
    let rest = max(0.02, 1 - meaning.proposals.reduce(0) { $0 + $1.share })
    weight.add(.toldByKeycloak, claim, lines)
    weight.count(.keycloakEventMeans, times: Math.log(share / rest))
  }
}
