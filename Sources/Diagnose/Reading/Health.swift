internal import Evidence

/// Whether Keycloak served others.
enum Health {
  /// The edge's calls to Keycloak that were answered well within the span of a group.
  static func keycloakServed(_ profile: Profile, _ scene: Scene) -> Bool {
    guard profile.first.isKnown else { return false }
    let (good, bad) = scene.keycloakCalls(
      profile.first.advanced(seconds: -1), profile.last.advanced(seconds: 1))
    return good >= 2 && good > bad
  }

  /// Microseconds: a good answer of Keycloak that is late.
  private static let late: Int64 = 1_000_000

  /// Answers of Keycloak to the edge within the span of a group that were late, or too late for the client, where
  /// most are, and usually are not: whoever asks Keycloak meanwhile waits.
  static func slowMeanwhile(
    _ group: Group, _ profile: Profile, _ scene: Scene
  ) -> [Citation] {
    guard profile.first.isKnown else { return [] }
    let together = waiting(group, profile, scene)
    if together.hung >= 3, together.hung >= 3 * together.prompt {
      return Array(together.lines.prefix(3))
    }
    // Somebody is answered at once while others wait.
    if together.prompt >= 3, together.prompt > together.hung { return [] }
    let from = profile.first.advanced(seconds: -2)
    let to = profile.last.advanced(seconds: 2)
    for party in scene.file.parties.indices
    where scene.file.parties[party].kind == .keycloak
      && isUsuallyInTime(party, except: from, to, scene)
    {
      let good = scene.within(scene.byParty[party], from, to).prefix(2000).filter {
        let e = scene.exchange($0)
        return (scene.briefs[$0].isSuccess || e.isGivenUp) && e.request.duration >= 0
      }
      let slow = good.filter { scene.exchange($0).request.duration >= late }
      if slow.count >= 3, slow.count * 2 > good.count {
        return slow.prefix(3).map { scene.exchange($0).request.citation }
      }
    }
    return []
  }

  /// Seconds before a refusal in which a call may have begun that still waits for Keycloak then.
  private static let longestWait = 60.0
  /// Refusals that are looked at.
  private static let mostRows = 100
  /// Seconds around a group in which its like tell of it.
  private static let beside = 15.0

  /// Of refusals that waited: how many waited together with a call of the edge to Keycloak that was answered late, and
  /// during how many others Keycloak answered a call at once (`some`: another one late); with lines of the late ones. Who
  /// waits for a Keycloak that hangs is not alone; behind dropped packets others are served meanwhile.
  static func waiting(
    _ group: Group, _ profile: Profile, _ scene: Scene
  ) -> (hung: Int, prompt: Int, some: Int, lines: [Citation]) {
    var hung = 0
    var prompt = 0
    var some = 0
    var lines: [Citation] = []
    // Those who wait beside them wait for the same.
    let rows =
      group.endpoint.isKeycloak
      ? Array(group.rows.prefix(mostRows))
      : Array(
        scene.within(
          scene.kinships.rows[Int(group.kin)], profile.first.advanced(seconds: -beside),
          profile.last.advanced(seconds: beside)
        ).prefix(mostRows))
    for i in rows {
      let b = scene.briefs[i]
      guard b.end - b.start >= 0.8 else { continue }
      var waits: Int?
      var isPrompt = false
      for party in scene.file.parties.indices where scene.file.parties[party].kind == .keycloak {
        for j in scene.within(
          scene.byParty[party], b.start.advanced(seconds: -longestWait), b.end
        ).suffix(500) {
          let call = scene.briefs[j]
          let took = call.end - call.start
          guard call.isSuccess, scene.exchange(j).request.duration >= 0 else { continue }
          let shared = min(call.end, b.end) - max(call.start, b.start)
          if shared >= 1, shared >= (b.end - b.start) / 4 {
            waits = waits ?? j
          } else if call.start >= b.start, call.end <= b.end, took < 0.5 {
            isPrompt = true
          }
        }
      }
      if isPrompt {
        prompt += 1
        if waits != nil { some += 1 }
      } else if let waits {
        hung += 1
        if lines.count < 3 { lines += OtherSide.lines([waits], scene) }
      }
    }
    return (hung, prompt, some, lines)
  }

  /// By its good answers, also where those of a long spell are late: before and after it they are not.
  private static func isUsuallyInTime(
    _ party: Int, except from: Instant, _ to: Instant, _ scene: Scene
  ) -> Bool {
    if (0..<late / 5).contains(scene.servedMedian[party]) { return true }
    let all = scene.byParty[party]
    let low = scene.lowerBound(all, from)
    let high = scene.lowerBound(all, to)
    let outside = Array(all[..<low].suffix(500)) + Array(all[high...].prefix(500))
    let known = outside.filter {
      scene.briefs[$0].isSuccess && scene.exchange($0).request.duration >= 0
    }
    let slow = known.count { scene.exchange($0).request.duration >= late / 5 }
    return known.count >= 8 && slow * 2 < known.count
  }

  /// Tokens that Keycloak gave out within the span of a group, which it cannot without its database.
  static func tokensIssued(_ profile: Profile, _ scene: Scene) -> Int {
    guard profile.first.isKnown else { return 0 }
    return scene.file.parties.indices.reduce(0) { sum, party in
      guard scene.file.parties[party].kind == .keycloak else { return sum }
      return sum
        + scene.within(scene.byParty[party], profile.first, profile.last).count {
          scene.briefs[$0].endpoint == .token && scene.briefs[$0].isSuccess
        }
    }
  }

  /// Callers other than the edge got through to Keycloak during a spell.
  static func keycloakServesOthers(_ trouble: Trouble, _ scene: Scene) -> Bool {
    var clients: Set<Symbol> = []
    for e in scene.file.exchanges where e.endpoint == .token { clients.insert(e.request.client) }
    return scene.file.observations.tokenEvents.contains {
      $0.time > trouble.first.advanced(seconds: 1) && $0.time < trouble.last
        && !clients.contains($0.address)
    }
  }
}
