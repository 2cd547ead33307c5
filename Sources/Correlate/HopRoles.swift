internal import Evidence

/// Which hop the lines of one writer describe, where their format does not say: `combined` lines are
/// written by edges (Apache) and by applications (gunicorn) alike.
///
/// Judged by content alone, never by file names, so that files joined into one stream read the same.
struct HopRoles {
  private struct Key: Hashable {
    var source: UInt16
    var writer: Symbol
    var format: Format
    init(_ r: Request) {
      source = r.citation.source
      writer = r.writer
      format = r.format
    }
  }
  private struct Tally {
    var seesKeycloak = false
    var hop: Hop = .unknown
    /// As the operator said.
    var isGiven = false
  }
  private let wishes: Wishes
  private let sources: Sources
  private var numbers: [Key: Int] = [:]
  private var tallies: [Tally] = []
  /// Neighbours are mostly of a few writers: the last of each slot.
  private var latest = [(key: Key, number: Int)?](repeating: nil, count: 16)

  init(_ wishes: Wishes, _ sources: Sources) {
    self.wishes = wishes
    self.sources = sources
  }

  /// Counts a request; all have to be counted before the first question.
  mutating func count(
    _ r: Request, _ endpoints: inout Endpoints, _ symbols: borrowing SymbolTable
  ) {
    let number = number(Key(r), symbols)
    if r.hop != .unknown, !tallies[number].isGiven { tallies[number].hop = r.hop }
    if !tallies[number].seesKeycloak, endpoints.of(r, symbols).isKeycloak {
      tallies[number].seesKeycloak = true
    }
  }

  private mutating func number(_ key: Key, _ symbols: borrowing SymbolTable) -> Int {
    let slot = Int((UInt32(key.source) &+ key.writer.index) & 15)
    if let last = latest[slot], last.key == key { return last.number }
    let number = numbers[key] ?? tallies.count
    if number == tallies.count {
      numbers[key] = number
      tallies.append(tally(key, symbols))
    }
    latest[slot] = (key, number)
    return number
  }

  private func tally(_ key: Key, _ symbols: borrowing SymbolTable) -> Tally {
    var tally = Tally()
    guard !wishes.roles.isEmpty, sources.all.indices.contains(Int(key.source)) else { return tally }
    tally.hop = wishes.role(
      input: sources.all[Int(key.source)].name, writer: symbols.text(key.writer))
    tally.isGiven = tally.hop != .unknown
    return tally
  }

  /// Decides the undecided ones: where an edge is known, they stand behind it; else one that sees
  /// traffic to Keycloak *and* elsewhere is an edge. Several such logs and one of them an edge: the
  /// others stand behind it. Where none sees Keycloak, one that is behind an edge by its clients is a service beside
  /// those whose logs are known to be.
  mutating func settle(_ requests: Span<Request>, _ symbols: borrowing SymbolTable) {
    let known = tallies.contains { $0.hop == .edge }
    let open = tallies.indices.filter { tallies[$0].hop == .unknown }
    let edges = open.filter { tallies[$0].seesKeycloak }
    let isBesideServices = !known && edges.isEmpty && tallies.contains { $0.hop == .application }
    let services = isBesideServices ? services(among: Set(open), requests, symbols) : []
    for k in open {
      if known || services.contains(k) {
        tallies[k].hop = .application
      } else {
        tallies[k].hop = tallies[k].seesKeycloak || edges.isEmpty ? .edge : .application
      }
    }
  }

  /// Of those that write `combined` lines, those of one service alone: all paths begin alike, and nearly all requests
  /// come from one address, that of the edge.
  private mutating func services(
    among open: Set<Int>, _ requests: Span<Request>, _ symbols: borrowing SymbolTable
  ) -> Set<Int> {
    struct Seen {
      var clients: [Symbol: Int] = [:]
      var segments: Set<Substring> = []
      var count = 0
    }
    var seen: [Int: Seen] = [:]
    for i in requests.indices {
      let k = number(Key(requests[i]), symbols)
      guard open.contains(k), seen[k]?.count ?? 0 < HopRoles.mostLookedAt else { continue }
      seen[k, default: Seen()].count += 1
      seen[k]?.clients[requests[i].client, default: 0] += 1
      let path = symbols.text(requests[i].route)
      // Health checks go past the service's own paths.
      if let first = path.split(separator: "/").first, path.dropFirst().contains("/") {
        seen[k]?.segments.insert(first)
      }
    }
    return Set(
      seen.filter { one in
        one.value.segments.count == 1
          && (one.value.clients.values.max() ?? 0) * 10 >= one.value.count * 9
      }.keys)
  }
  private static let mostLookedAt = 500

  mutating func hop(of r: Request, _ symbols: borrowing SymbolTable) -> Hop {
    if r.hop != .unknown, wishes.roles.isEmpty { return r.hop }
    let tally = tallies[number(Key(r), symbols)]
    return tally.isGiven || r.hop == .unknown ? tally.hop : r.hop
  }
}
