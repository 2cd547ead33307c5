internal import Evidence

/// Refusals of one client that differ: in the size of the answer, or in the length of what was sent.
struct MixedRefusals {
  private static let mostRows = 1000

  /// A line of each of several answers; of each of several lengths.
  let bySize: [Citation]
  let byLength: [Citation]

  init(_ group: Group, _ profile: Profile, _ scene: Scene) {
    var sizes: [Int32] = []
    var lengths: [Int] = []
    var ofSize: [Int] = []
    var ofLength: [Int] = []
    let empty = scene.emptySizeTells(group.party) ? scene.emptySizes[group.party] ?? [] : []
    for i in MixedRefusals.refused(group, scene) {
      let b = scene.briefs[i]
      if sizes.count < 3, !empty.contains(b.bytes), (profile.refusals[b.bytes] ?? 0) >= 2,
        !sizes.contains(b.bytes)
      {
        sizes.append(b.bytes)
        ofSize.append(i)
      }
      let r = scene.exchange(i).request
      if lengths.count < 3, r.requestBytes > 0, !lengths.contains(r.lengthWithoutTarget) {
        lengths.append(r.lengthWithoutTarget)
        ofLength.append(i)
      }
    }
    bySize = OtherSide.lines(ofSize, scene)
    byLength = OtherSide.lines(ofLength, scene)
  }

  /// Refusals of a group's first client at its party, its own rows first.
  private static func refused(_ group: Group, _ scene: Scene) -> [Int] {
    guard let first = group.rows.first else { return [] }
    let others = scene.byActor[Int(scene.briefs[first].actor)].prefix(mostRows).filter {
      let b = scene.briefs[$0]
      return b.party == group.party && (b.status == 401 || b.status == 400) && !b.isProbe
        && !scene.isScanner($0) && $0 != first
    }
    return [first] + others
  }

  /// Refusals of one client about which Keycloak was asked (with its event), and others without.
  static func checked(_ group: Group, _ scene: Scene) -> (asked: [Citation], unasked: [Citation]) {
    var asked: [Citation] = []
    var unasked: [Citation] = []
    for i in refused(group, scene) {
      let r = scene.exchange(i).request
      if let event = scene.event(scene.exchange(i).backEvent) {
        if asked.isEmpty { asked = [event.citation, r.citation] }
      } else if unasked.count < 2 {
        unasked.append(r.citation)
      }
    }
    return (asked, unasked)
  }

  /// Requests of the same user agent that are shorter by a header with that text.
  static func shorter(than group: Group, by text: String, _ scene: Scene) -> [Citation] {
    guard let first = group.rows.first else { return [] }
    let r = scene.exchange(first).request
    let length = r.lengthWithoutTarget - RequestLengths.headerBytes(text)
    let others = scene.failuresByParty[Int(group.party)].prefix(mostRows).filter {
      let other = scene.exchange($0).request
      return other.userAgent == r.userAgent && other.requestBytes > 0
        && other.lengthWithoutTarget == length
    }
    return OtherSide.lines(Signals.spread(others, 2, scene), scene)
  }

  /// Two served requests of another client of the service that are of one length.
  static func steady(beside group: Group, _ scene: Scene) -> [Citation] {
    guard let first = group.rows.first else { return [] }
    var seen: [Int32: (row: Int, length: Int)] = [:]
    for i in scene.servedByParty[Int(group.party)].prefix(mostRows) {
      let b = scene.briefs[i]
      let r = scene.exchange(i).request
      if b.actor == scene.briefs[first].actor || r.requestBytes <= 0 { continue }
      if let known = seen[b.actor], known.length == r.lengthWithoutTarget {
        return OtherSide.lines([known.row, i], scene)
      }
      seen[b.actor] = (i, r.lengthWithoutTarget)
    }
    return []
  }
}
