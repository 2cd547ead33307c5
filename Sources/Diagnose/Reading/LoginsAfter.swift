internal import Evidence

/// Whether logins follow refusals more often than by chance. Behind one address many programs log in
/// all the time; a program without a token has another request length than the same program with one,
/// so that nothing but the moment ties the two together.
enum LoginsAfter {
  /// A login that a refusal causes comes within a second.
  private static let reach = 1.0
  /// Seconds before and after a refusal over which the usual number of logins is taken.
  private static let around = 15.0
  /// How often a login follows where refusals cause them.
  private static let usual = 0.9

  /// Natural logarithm of the likelihood ratio of "a refusal makes the client log in" to "logins come
  /// when they come"; 0 where nothing can be said.
  static func evidence(_ group: Group, _ scene: Scene) -> Double {
    let rows = group.rows.prefix(200)
    guard rows.count >= 5 else { return 0 }
    var sum = 0.0
    for i in rows {
      let calls = scene.tokenCallsOfActor[Int(scene.briefs[i].actor)]
      guard !calls.isEmpty else { return 0 }
      let r = scene.exchange(i).request
      // The end of a call in whole seconds makes its computed start up to a second too early.
      let from = r.start.advanced(seconds: r.isCoarse ? -1 : 0)
      let end = r.end.advanced(seconds: reach)
      let follows = scene.within(calls, from, end).contains {
        scene.briefs[$0].end >= r.end && scene.briefs[$0].isSuccess
      }
      let near = scene.within(
        calls, r.start.advanced(seconds: -around), r.end.advanced(seconds: around)
      ).count
      // The one that may have been caused does not count.
      let rate = max(Double(near - 1), 0.5) / (2 * around)
      let chance = min(1 - Math.exp(-rate * (end - from)), 0.97)
      sum += follows ? Math.log(usual / chance) : Math.log((1 - usual) / (1 - chance))
    }
    return sum
  }

  /// Whether the refusals of a group are what makes their clients log in.
  static func areCaused(by group: Group, _ scene: Scene) -> Bool { evidence(group, scene) >= 4 }
}
