internal import Evidence

/// Sessions that a start of Keycloak lost: up to 25 it keeps those of users in memory, unless told otherwise; from 26 on
/// they are in the database.
///
/// <https://www.keycloak.org/docs/latest/upgrading/#persisting-user-sessions>
enum SessionLoss {
  /// Seconds that a start may lie back, and in which services may still know what Keycloak said before it.
  private static let farthest = 1800.0
  private static let remembered = 30.0

  /// The last start of Keycloak before a group, if the clients of most rows were there before and got no token since,
  /// and were not served since by the same service.
  static func start(before group: Group, _ profile: Profile, _ scene: Scene) -> Citation? {
    guard profile.first.isKnown, scene.replicas.count(profile) < 2 else { return nil }
    let starts = Signals.messages(
      [.keycloakStarted], profile.first.advanced(seconds: -farthest), profile.first, margin: 0,
      scene)
    guard let start = starts.last, keepsInMemory(scene.text(start.subject)) else { return nil }
    let rows = group.rows.prefix(200)
    let lost = rows.count { isLost($0, start.time, scene) }
    return lost * 3 > rows.count * 2 ? start.citation : nil
  }

  /// By its version; unknown ones (WildFly's lines have none here) do.
  private static func keepsInMemory(_ version: String) -> Bool {
    guard let major = Int(version.prefix { $0.isNumber }) else { return true }
    return major < 26
  }

  private static func isLost(_ i: Int, _ start: Instant, _ scene: Scene) -> Bool {
    let b = scene.briefs[i]
    let token = scene.lastToken(before: b.start, for: i)
    if let token, scene.briefs[token].end >= start { return false }
    let own = scene.byActor[Int(b.actor)]
    // Somebody new has nothing to lose.
    guard
      token != nil || scene.within(own, scene.first, start).contains(where: { isKnown($0, scene) })
    else { return false }
    return !scene.within(own, start.advanced(seconds: remembered), b.start).prefix(500).contains {
      scene.isServed($0, as: i)
    }
  }

  /// A good answer of a service.
  private static func isKnown(_ i: Int, _ scene: Scene) -> Bool {
    scene.briefs[i].isSuccess && !scene.briefs[i].isProbe && !scene.briefs[i].endpoint.isKeycloak
  }
}
