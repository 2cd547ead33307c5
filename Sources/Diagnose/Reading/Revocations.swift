internal import Evidence

/// Tokens that were revoked one by one (RFC 7009): Keycloak finds them inactive from then on, and writes REVOKE_GRANT.
enum Revocations {
  /// Revocations of the tokens that most rows of a group carry, as far as one can say: of the token or the session of
  /// the client's last call for one.
  static func of(_ group: Group, _ scene: Scene) -> [Citation] {
    guard !(scene.eventLists.revokedTokens.isEmpty && scene.eventLists.revokedSessions.isEmpty),
      Signals.isApplication(group)
    else { return [] }
    let rows = group.rows.prefix(200)
    var found: Set<Citation> = []
    let hits = rows.count { i in
      let start = scene.briefs[i].start
      guard let call = scene.lastToken(before: start, for: i),
        let issue = scene.event(scene.exchange(call).event),
        let end = revocation(of: issue, before: start, scene)
      else { return false }
      found.insert(end.citation)
      return true
    }
    return hits * 10 >= rows.count * 6 ? Array(found.sorted().prefix(3)) : []
  }

  /// Of the token itself; of its session where the issue does not tell the token.
  private static func revocation(
    of issue: TokenEvent, before time: Instant, _ scene: Scene
  ) -> TokenEvent? {
    let place =
      issue.tokenID.isNone
      ? scene.eventLists.revokedSessions[issue.session]
      : scene.eventLists.revokedTokens[issue.tokenID]
    guard let place else { return nil }
    let event = scene.file.observations.tokenEvents[place]
    return event.time >= issue.time && event.time <= time ? event : nil
  }
}
