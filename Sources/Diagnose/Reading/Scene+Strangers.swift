internal import Evidence

/// Who looks for something in a case, whatever they call themselves. Computed once, for `Scene` to
/// keep.
extension Scene {
  /// Whether the edge passes a party's requests to a proxy that logs users in, by the name that its users give it.
  func isAuthProxy(_ party: Int32) -> Bool {
    let name = file.parties[Int(party)].name.lowercased()
    return [
      "oauth2-proxy", "oauth2proxy", "keycloak-gatekeeper", "louketo", "authelia", "pomerium",
      "vouch-proxy",
    ].contains { name.contains($0) }
  }

  /// Finds those who try many routes that their service never serves to anybody, while it serves
  /// others: they look for something, whatever they are called.
  func foundStrangers() -> Set<Int> {
    var found: Set<Int> = []
    var accepted = Numbering()
    var routes = [Int](repeating: 0, count: file.parties.count)
    for (i, b) in briefs.enumerated() where b.isSuccess && b.endpoint == .none {
      if accepted.insert(key(ofPlace: i)) { routes[Int(b.party)] += 1 }
    }
    if accepted.count == 0 { return found }
    var tried: [Int32: (places: Set<UInt64>, rows: [Int])] = [:]
    for (i, b) in briefs.enumerated()
    where b.endpoint == .none && b.status == 401 && !b.isProbe && routes[Int(b.party)] >= 2 {
      let place = key(ofPlace: i)
      if accepted.known(place) >= 0 { continue }
      tried[b.actor, default: ([], [])].places.insert(place)
      tried[b.actor]?.rows.append(i)
    }
    // Who looks for something asks each address a few times; a client with a fault repeats itself.
    for value in tried.values
    where value.places.count >= 4 && value.rows.count <= value.places.count * 4
      || value.places.count >= 3 && value.rows.contains(where: { isScanner($0) })
    {
      found.formUnion(value.rows)
    }
    return found
  }

  /// Party and route of an exchange.
  private func key(ofPlace i: Int) -> UInt64 {
    Numbering.key(briefs[i].party, outlines[i].route)
  }
}
