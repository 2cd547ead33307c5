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
      let name = keycloaks.contains(UInt16(i)) ? "Keycloak" : file.sources.all[i].name
      var offset = ClockOffset(
        name: name, seconds: seconds - (edge ?? 0), spread: 0, pairs: 0, examples: [])
      offset.source = Int32(i)
      file.clocks.append(offset)
    }
  }
}

extension CaseFile {
  /// Seconds that the operator told, by source.
  var toldOffsets: [UInt16: Double] {
    var result: [UInt16: Double] = [:]
    for clock in clocks where clock.source >= 0 { result[UInt16(clock.source)] = clock.seconds }
    return result
  }
}
