internal import Evidence

/// Calls of Keycloak on an edge so quiet that its connections idle. Firewalls and balancers forget a connection after a
/// while without saying so, and the next call on it is lost: those fail that come after a pause, and no others, whether
/// or not another call follows soon (RFC 9293 section 3.8.4; conntrack's `nf_conntrack_tcp_timeout_established`, idle
/// timeouts of load balancers).
enum IdlePauses {
  /// Seconds: what forgets sooner would be noticed by everybody.
  private static let shortest = 40.0
  private static let fewestFailed = 4
  private static let fewestServed = 10
  /// A busy edge has no pauses.
  private static let most = 5000

  /// The pause that separates failed calls from good ones, if there is one, with some of either; nil where most of a group's
  /// failures do not come after it.
  static func separating(
    _ group: Group, _ scene: Scene
  ) -> (pause: Double, failed: [Int], served: [Int])? {
    guard group.endpoint.isKeycloak, group.status >= 500 || group.status == 499 else { return nil }
    let calls = scene.byParty[Int(group.party)]
    guard calls.count <= most else { return nil }
    var failed: [(gap: Double, row: Int)] = []
    var served: [(gap: Double, row: Int)] = []
    var end: Instant?
    for i in calls where !scene.isProbe(i) {
      let b = scene.briefs[i]
      if let end {
        let gap = b.start - end
        if b.isSuccess {
          served.append((gap, i))
        } else if b.status >= 500 || b.status == 499 {
          guard mayBeLost(i, scene) else { return nil }
          failed.append((gap, i))
        }
      }
      end = max(end ?? b.end, b.end)
    }
    guard failed.count >= fewestFailed, served.count >= fewestServed else { return nil }
    // One in ten may have another reason, or go out on a connection of its own.
    let pause = failed.map(\.gap).sorted()[failed.count / 10]
    guard pause >= shortest, served.count(where: { $0.gap >= pause }) * 4 <= failed.count,
      served.count(where: { $0.gap < pause }) >= fewestServed
    else { return nil }
    let late = failed.filter { $0.gap >= pause }.map(\.row)
    let own = Set(late).intersection(group.rows)
    guard own.count * 10 >= group.count * 7 else { return nil }
    return (
      pause, Array(late.prefix(3)), Array(served.filter { $0.gap < pause }.map(\.row).prefix(2))
    )
  }

  /// Never answered, reset, or refused without a word why.
  private static func mayBeLost(_ i: Int, _ scene: Scene) -> Bool {
    if scene.briefs[i].status == 499 { return true }
    let (kind, proof) = TroubleFinder.classify(i, scene)
    return kind == .reset || kind == .timedOut || kind == .refused && proof == nil
  }
}
