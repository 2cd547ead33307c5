internal import Evidence

/// A spell in which Keycloak itself does not serve a realm: it does not know it (renamed, deleted, not imported) and
/// answers 404, or it is off. Services that ask it on their own refuse everybody from that moment on. What only the
/// edge's way to it got wrong leaves those services alone.
struct LostRealm: Sendable {
  var name: String
  /// Calls of the realm that were answered so.
  var rows: [Int] = []
  var first = Instant.unknown
  var last = Instant.unknown
  /// Services that refuse everybody from its beginning on, with lines.
  var services: [Int32: [Citation]] = [:]

  /// Seconds after which a service has asked Keycloak anew, and after which it serves again.
  private static let cache = 30.0
  /// Seconds before the spell in which a service worked.
  private static let before = 120.0

  static func find(_ scene: Scene) -> [LostRealm] {
    var spells: [LostRealm] = []
    var open: [String: LostRealm] = [:]
    var names = TextMemo<String?>()
    for (p, party) in scene.file.parties.enumerated() where party.kind == .keycloak {
      for i in scene.byParty[p] {
        let b = scene.briefs[i]
        let isOff = b.status == 403 && b.endpoint == .token
        guard b.status == 404 || isOff || b.isSuccess, isOfRealm(b.endpoint) else { continue }
        let request = scene.file.exchanges.requests[i]
        guard let name = names.value(of: request.path, { Realms.realm(scene.text($0)) }) else {
          continue
        }
        if b.isSuccess {
          if let ended = open.removeValue(forKey: name) { spells.append(ended) }
        } else if !LostPaths.isOfEdge(request, scene), !isOff || isSwitchedOff(i, request, scene) {
          var spell = open[name] ?? LostRealm(name: name, first: b.start)
          spell.rows.append(i)
          spell.last = max(spell.last.isKnown ? spell.last : b.end, b.end)
          open[name] = spell
        }
      }
      spells += open.keys.sorted().compactMap { open[$0] }
      open = [:]
    }
    return spells.filter { $0.rows.count >= 3 && $0.last - $0.first >= 5 }
      .map { spell in
        var spell = spell
        spell.findServices(scene)
        return spell
      }
  }

  /// The token end-point of a realm that is off answers 403 without an event: by its size, or by what Keycloak says to
  /// logins about then.
  private static func isSwitchedOff(_ i: Int, _ r: Request, _ scene: Scene) -> Bool {
    guard scene.exchange(i).event < 0 else { return false }
    if !scene.countsHeaders(r), r.responseBytes == realmNotEnabled { return true }
    let events = scene.file.observations.tokenEvents
    return scene.eventLists.disabledRealm.contains {
      abs(events[$0].time - r.start) <= before
    }
  }
  /// Bytes of `{"error":"access_denied","error_description":"Realm not enabled"}`.
  private static let realmNotEnabled: Int32 = 65

  private static func isOfRealm(_ endpoint: Endpoint) -> Bool {
    switch endpoint {
    case .token, .authorization, .certs, .userinfo, .introspection, .discovery: true
    default: false
    }
  }

  /// Everybody who came was served before, and refused without a word from soon after the beginning to nearly the end.
  private mutating func findServices(_ scene: Scene) {
    if scene.reload(near: first, within: 20) != nil { return }
    let soon = first.advanced(seconds: LostRealm.cache)
    for (p, party) in scene.file.parties.enumerated() where party.kind == .application {
      let refused = scene.within(scene.failuresByParty[p], first.advanced(seconds: -2), last).filter
      {
        scene.briefs[$0].status == 401 && scene.credentials[$0] != .absent && !scene.isScanner($0)
      }
      guard refused.count >= 3, let begin = refused.first, scene.briefs[begin].start < soon,
        Set(refused.prefix(200).map { scene.briefs[$0].actor }).count >= 2
      else { continue }
      let came = scene.attendance[p]
      let servedBefore = came.served(
        first.advanced(seconds: -LostRealm.before), first.advanced(seconds: -2))
      let from = scene.briefs[begin].end.advanced(seconds: 2)
      let served = came.served(min(from, last), last)
      guard servedBefore >= 4, served * 10 <= refused.count else { continue }
      services[Int32(p)] = OtherSide.lines(Signals.spread(refused, 2, scene), scene)
    }
  }

  /// The spell of a group's calls to Keycloak.
  static func of(_ group: Group, _ scene: Scene) -> LostRealm? {
    guard let first = group.rows.first else { return nil }
    // In order of time, as the rows of a party are.
    return scene.lostRealms.first { spell in
      let k = spell.rows.partitioningIndex { $0 >= first }
      return k < spell.rows.count && spell.rows[k] == first
    }
  }

  /// The spell from whose beginning on a group's service refuses everybody.
  static func refusing(_ group: Group, _ scene: Scene) -> LostRealm? {
    guard Signals.isApplication(group), Signals.isMute(group), group.status == 401,
      group.circumstances.credentials != .absent
    else { return nil }
    return scene.lostRealms.first { spell in
      guard spell.services[group.party] != nil else { return false }
      let within = group.rows.count {
        scene.briefs[$0].start >= spell.first.advanced(seconds: -2)
          && scene.briefs[$0].start <= spell.last.advanced(seconds: cache)
      }
      return within * 10 >= group.count * 8
    }
  }
}
