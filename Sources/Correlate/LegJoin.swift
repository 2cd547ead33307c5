internal import Evidence

/// Finds the other sightings of an exchange: in the application's access log, and on the wire
/// before and behind the edge. By request id or trace id; else by method, path, status and time,
/// one to one.
enum LegJoin {
  static func join(_ file: inout CaseFile) {
    guard !file.legs.isEmpty else { return }
    var byID: [Symbol: [Int]] = [:]
    var byShape: [Shape: Candidates] = [:]
    for (i, leg) in file.legs.enumerated() {
      for id in [leg.requestID, leg.traceID] where !id.isNone { byID[id, default: []].append(i) }
      byShape[Shape(leg), default: Candidates()].append(i, leg.end)
    }
    for shape in byShape.keys { byShape[shape]?.sort() }
    var taken = [Bool](repeating: false, count: file.legs.count)
    for i in file.exchanges.indices {
      let r = file.exchanges[i].request
      for id in [r.requestID, r.traceID] where !id.isNone {
        for leg in byID[id] ?? []
        where !taken[leg] && file.legs[leg].citation != r.citation
          && near(file.legs[leg], r, 30)
        {
          attach(leg, to: i, &file, &taken)
        }
      }
    }
    for i in file.exchanges.indices where file.exchanges[i].isFailure {
      let r = file.exchanges[i].request
      guard let candidates = byShape[Shape(r)]?.near(r, widest) else { continue }
      for hop in [Hop.application, .wire, .keycloak] {
        if hop == .application, file.exchanges[i].inner >= 0 { continue }
        if hop == .wire, file.exchanges[i].wire >= 0 || file.exchanges[i].wireInner >= 0 {
          continue
        }
        var best = -1
        var distance = Double.infinity
        for leg in candidates
        where !taken[leg] && file.legs[leg].hop == hop && file.legs[leg].citation != r.citation {
          let d = self.distance(file.legs[leg], r)
          if d < distance {
            distance = d
            best = leg
          }
        }
        if best >= 0 { attach(best, to: i, &file, &taken) }
      }
    }
    WireLegs.join(&file, &taken)
  }

  /// Legs of one shape by their end on the edge's clock.
  private struct Candidates {
    private var legs: [(end: Instant, leg: Int)] = []
    private var undated: [Int] = []

    mutating func append(_ leg: Int, _ end: Instant) {
      if end.isKnown { legs.append((end, leg)) } else { undated.append(leg) }
    }
    mutating func sort() { legs.sort { ($0.end, $0.leg) < ($1.end, $1.leg) } }

    /// Those that may be within `slack` seconds of a request, in order; a little more is given.
    func near(_ r: Request, _ slack: Double) -> [Int] {
      guard r.start.isKnown, r.end.isKnown else { return (legs.map(\.leg) + undated).sorted() }
      let from = r.start.advanced(seconds: -slack - 0.001)
      let to = r.end.advanced(seconds: slack + 0.001)
      let first = legs.partitioningIndex { $0.end >= from }
      return (undated + legs[first...].prefix { $0.end <= to }.map(\.leg)).sorted()
    }
  }

  struct Shape: Hashable {
    var method: Symbol
    var route: Symbol
    var status: UInt16
    init(_ r: Request) {
      method = r.method
      route = r.route
      status = r.status
    }
  }

  private static func attach(
    _ leg: Int, to exchange: Int, _ file: inout CaseFile, _ taken: inout [Bool]
  ) {
    let request = file.legs[leg]
    switch request.hop {
    case .application where file.exchanges[exchange].inner < 0:
      file.exchanges.links[exchange].inner = Int32(leg)
      taken[leg] = true
    case .wire where isBackCall(request, file.exchanges[exchange], file):
      // The application passed the trace on when it asked Keycloak.
      if file.exchanges[exchange].wireBack < 0 {
        file.exchanges.links[exchange].wireBack = Int32(leg)
        taken[leg] = true
      }
    case .wire:
      let isOuter = request.client == file.exchanges[exchange].request.client
      if isOuter, file.exchanges[exchange].wire < 0 {
        file.exchanges.links[exchange].wire = Int32(leg)
        taken[leg] = true
      } else if !isOuter, file.exchanges[exchange].wireInner < 0 {
        file.exchanges.links[exchange].wireInner = Int32(leg)
        taken[leg] = true
      }
    default: break
    }
  }

  private static func isBackCall(_ leg: Request, _ e: Exchange, _ file: CaseFile) -> Bool {
    guard !e.endpoint.isKeycloak, leg.route != e.request.route else { return false }
    return Endpoints.classify(file.text(leg.route)).isKeycloak
  }

  /// Seconds beyond which no leg is of a request: one second that a whole-second stamp hides, and
  /// the slack.
  private static var widest: Double { 1.5 }

  /// How badly a leg fits a request, in seconds; infinite where it cannot be of it. Of those within
  /// the same second, the one with the same path and the same size of the answer is it.
  private static func distance(_ leg: Request, _ r: Request) -> Double {
    guard leg.end.isKnown, r.end.isKnown else { return 0 }
    let end = leg.end
    let hidden = leg.isCoarse && !r.isCoarse ? 1.0 : 0
    let slack = r.isCoarse ? 1.3 : 0.5
    guard end - r.start > -slack - hidden, end - r.end < slack else { return .infinity }
    var distance = max(end - r.end, (r.end - end) - hidden, 0)
    if leg.isCoarse || r.isCoarse {
      if leg.path != r.path { distance += 1 }
      if leg.sizeCountsHeaders == r.sizeCountsHeaders, leg.responseBytes != r.responseBytes {
        distance += 1
      }
    }
    return distance
  }

  private static func near(_ leg: Request, _ r: Request, _ slack: Double) -> Bool {
    guard leg.end.isKnown, r.end.isKnown else { return true }
    return leg.end - r.start > -slack && leg.end - r.end < slack
  }
}
