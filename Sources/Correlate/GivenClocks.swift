internal import Evidence

/// Clocks that the operator told, as offsets against the edge's.
enum GivenClocks {
  static func add(_ clocks: [Wishes.Clock], _ file: inout CaseFile) {
    guard !clocks.isEmpty else { return }
    let edges = Set(file.exchanges.lazy.map(\.request.citation.source))
    var told: [Double?] = file.sources.all.map { source in
      clocks.first { Wishes.fits($0.name, input: source.name) }?.seconds
    }
    // The edge is what all others are compared with: where its clock is off, they are, by as much.
    let edge = edges.sorted().lazy.compactMap { told[Int($0)] }.first
    let keycloaks = Set(file.observations.tokenEvents.lazy.map(\.citation.source))
    for i in told.indices where !edges.contains(UInt16(i)) {
      if told[i] == nil, edge != nil { told[i] = 0 }
      guard let seconds = told[i] else { continue }
      let isKeycloak = keycloaks.contains(UInt16(i))
      let name = isKeycloak ? "Keycloak" : file.sources.all[i].name
      var offset = ClockOffset(
        name: name, seconds: seconds - (edge ?? 0), spread: 0, pairs: 0, examples: [])
      offset.source = Int32(i)
      offset.isKeycloak = isKeycloak
      file.clocks.append(offset)
    }
  }
}
