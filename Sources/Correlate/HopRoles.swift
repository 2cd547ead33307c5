internal import Evidence

/// Which hop the lines of one writer describe, where their format does not say: `combined` lines are
/// written by edges (Apache) and by applications (gunicorn) alike.
///
/// Judged by content alone, never by file names, so that files joined into one stream read the same.
struct HopRoles {
  struct Key: Hashable {
    var source: UInt16
    var writer: Symbol
    var format: Format
  }
  private struct Tally {
    var requests = 0
    var oauth = 0
    var clients: Set<Symbol> = []
    var hop: Hop = .unknown
    var routes: Set<Symbol> = []
  }
  private var tallies: [Key: Tally] = [:]

  init(_ observations: Observations, _ plain: [Request]) {
    var endpoints = Endpoints()
    for r in observations.requests { count(r, &endpoints, observations.symbols) }
    for r in plain { count(r, &endpoints, observations.symbols) }
  }

  static func key(_ r: Request) -> Key {
    Key(source: r.citation.source, writer: r.writer, format: r.format)
  }

  private mutating func count(
    _ r: Request, _ endpoints: inout Endpoints, _ symbols: borrowing SymbolTable
  ) {
    let isOAuth = endpoints.of(r, symbols).isKeycloak
    let key = HopRoles.key(r)
    var tally = tallies[key] ?? Tally()
    tally.requests += 1
    if isOAuth { tally.oauth += 1 }
    if tally.clients.count < 64 { tally.clients.insert(r.client) }
    if tally.routes.count < 256 { tally.routes.insert(r.route) }
    if r.hop != .unknown { tally.hop = r.hop }
    tallies[key] = tally
  }

  /// Decides the undecided ones: traffic to Keycloak *and* elsewhere, from many clients = an edge;
  /// routes that a known edge shows too, or a single client (the proxy) = an application.
  mutating func settle(_ symbols: borrowing SymbolTable) {
    let known = tallies.values.contains { $0.hop == .edge }
    for (key, tally) in tallies where tally.hop == .unknown {
      var decided = tally
      if known {
        decided.hop = .application
      } else if tally.oauth > 0 {
        decided.hop = .edge
      } else {
        // Several such logs and one of them an edge (it sees Keycloak too): the others stand behind.
        let otherEdge = tallies.contains {
          $0.key != key && $0.value.hop == .unknown && $0.value.oauth > 0
        }
        decided.hop = otherEdge ? .application : .edge
      }
      pending.append((key, decided))
    }
    for (key, tally) in pending { tallies[key] = tally }
    pending = []
  }
  private var pending: [(Key, Tally)] = []

  func hop(of r: Request) -> Hop {
    r.hop != .unknown ? r.hop : tallies[HopRoles.key(r)]?.hop ?? .unknown
  }
}
