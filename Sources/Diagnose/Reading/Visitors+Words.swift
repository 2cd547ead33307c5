internal import Evidence

/// How a report speaks of who was refused: by no more than the lines show.
extension Visitors {
  /// `the same address and user agent`, where a user agent was logged.
  static func name(of group: Group, _ scene: Scene) -> String {
    hasUserAgent(group, scene)
      ? "the same address and user agent"
      : scene.programs.isByPort ? "the same connection" : "the same address"
  }

  /// That nothing of theirs is served, and no more than that: an address may hold other programs that are.
  static func neverAuthenticate(_ group: Group, _ scene: Scene) -> String {
    let who = hasUserAgent(group, scene) ? "this address and user agent" : "this address"
    if !isServed(group, scene) { return "\(who) never authenticates" }
    if scene.programs.isByPort {
      return "these connections never authenticate; others of the same address do"
    }
    return scene.programs.tell
      ? "no request of \(who) that is as short is served, while longer ones are"
      : "\(who) is not served meanwhile"
  }

  private static func hasUserAgent(_ group: Group, _ scene: Scene) -> Bool {
    !scene.exchange(group.rows[0]).request.userAgent.isNone
  }

  /// Whether an actor of the group is served or given a token at any time.
  private static func isServed(_ group: Group, _ scene: Scene) -> Bool {
    Set(group.rows.prefix(200).map { scene.briefs[$0].actor }).contains { actor in
      scene.byActor[Int(actor)].contains { scene.briefs[$0].isSuccess && !scene.briefs[$0].isProbe }
    }
  }
}
