internal import Evidence

/// Logins whose code a client redeemed twice. Keycloak answers the second call with `Code not valid` and takes the
/// client out of the session, so that the tokens of the first call are refused wherever it is asked about them.
///
/// <https://github.com/keycloak/keycloak/blob/main/services/src/main/java/org/keycloak/protocol/oidc/utils/OAuth2CodeParser.java>,
/// RFC 6749 section 4.1.2.
enum CodeReuse {
  /// Seconds between the two calls.
  private static let apart = 10.0

  /// The two calls before a group's first rows, and the events of the second; empty where it is not so for most rows.
  static func calls(before group: Group, _ scene: Scene) -> [Citation] {
    guard Signals.isApplication(group), scene.file.observations.tokenEvents.isEmpty == false
    else { return [] }
    let rows = group.rows.prefix(200)
    var hits = 0
    var lines: [Citation] = []
    for i in rows {
      guard let pair = pair(before: i, scene) else { continue }
      hits += 1
      guard lines.count < 4 else { continue }
      lines.append(scene.exchange(pair.first).request.citation)
      lines.append(scene.exchange(pair.second).request.citation)
      if let event = scene.event(scene.exchange(pair.second).event) { lines.append(event.citation) }
    }
    return hits * 10 >= rows.count * 6 ? lines : []
  }

  /// The last two calls for a token before a refusal, if the first got one and the second was refused for its code.
  private static func pair(before i: Int, _ scene: Scene) -> (first: Int, second: Int)? {
    let b = scene.briefs[i]
    let calls = scene.tokenCallsOfActor[b.actor] ?? []
    // A refusal in the second of the call may stand before it.
    let until = scene.exchange(i).request.isCoarse ? b.end.advanced(seconds: 0.01) : b.start
    let last = scene.lowerBound(calls, until) - 1
    guard last >= 1, isRefusedCode(calls[last], scene) else { return nil }
    let (first, second) = (calls[last - 1], calls[last])
    return scene.briefs[first].isSuccess
      && scene.briefs[second].start - scene.briefs[first].start < apart
      ? (first, second) : nil
  }

  private static func isRefusedCode(_ call: Int, _ scene: Scene) -> Bool {
    guard scene.briefs[call].status == 400, let event = scene.event(scene.exchange(call).event)
    else { return false }
    return scene.text(event.error) == "invalid_code"
  }
}
