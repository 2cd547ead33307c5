internal import Evidence

/// Who looks for something in a case, whatever they call themselves. Computed once, for `Scene` to
/// keep.
extension Scene {
  /// Finds those who try many routes that their service never serves to anybody, while it serves
  /// others: they look for something, whatever they are called.
  func foundStrangers() -> Set<Int> {
    var found: Set<Int> = []
    struct Place: Hashable {
      var party: Int32
      var route: Symbol
    }
    var accepted: Set<Place> = []
    var acceptedRoutes: [Int32: Set<Symbol>] = [:]
    var last = Place(party: -1, route: .none)
    for (i, b) in briefs.enumerated() where b.isSuccess && b.endpoint == .none {
      let place = Place(party: b.party, route: file.exchanges[i].request.route)
      if place == last { continue }
      last = place
      if accepted.insert(place).inserted, acceptedRoutes[b.party, default: []].count < 4 {
        acceptedRoutes[b.party, default: []].insert(place.route)
      }
    }
    var tried: [Int32: (places: Set<Place>, rows: [Int])] = [:]
    for (i, b) in briefs.enumerated()
    where b.endpoint == .none && b.status == 401 && !b.isProbe
      && (acceptedRoutes[b.party]?.count ?? 0) >= 2
    {
      let place = Place(party: b.party, route: file.exchanges[i].request.route)
      if accepted.contains(place) { continue }
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
}
