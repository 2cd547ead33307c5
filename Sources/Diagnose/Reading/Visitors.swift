internal import Evidence

/// Who counts as one client: an address, as a rule. Where nearly all requests come from one, a load balancer or a node
/// has put its own in the place of the clients' (SNAT, `externalTrafficPolicy: Cluster`): then each connection that
/// carries several requests, where the edge logs the client's port, else each user agent.
struct Visitors: Sendable {
  private(set) var areActors = false
  /// Number of the address that stands for nearly all; -1 without one.
  private(set) var shared: Int32 = -1
  /// Above every number that `of` gives.
  private(set) var count = 0
  /// By exchange, where connections are told apart.
  private var connections: [Int32] = []

  /// Of ten requests, that come from one address then.
  private static let most = 9
  /// Programs, each with as many requests, that make an address one of several clients.
  private static let fewest = 3

  init() {}

  init(_ briefs: [Brief], _ requests: [Request], clients: Int, actors: Int) {
    count = clients
    var counts = [Int32](repeating: 0, count: clients)
    var all = 0
    for b in briefs where Visitors.isMeant(b) {
      counts[Int(b.client)] += 1
      all += 1
    }
    guard let top = counts.indices.max(by: { counts[$0] < counts[$1] }),
      all > 0, Int(counts[top]) * 10 >= all * Visitors.most
    else { return }
    if findConnections(briefs, requests, of: top) { return }
    var programs = [Int32](repeating: 0, count: actors)
    for b in briefs where Visitors.isMeant(b) && Int(b.client) == top {
      programs[Int(b.actor)] += 1
    }
    guard programs.count(where: { Int($0) >= Visitors.fewest }) >= Visitors.fewest else { return }
    areActors = true
    shared = Int32(truncatingIfNeeded: top)
    count = actors
  }

  private static func isMeant(_ b: Brief) -> Bool {
    b.endpoint == .none && !b.isProbe && !b.isScanner && b.client > 0
  }

  /// The connections of the address `top`, where its ports are known and keep-alive makes them few.
  private mutating func findConnections(
    _ briefs: [Brief], _ requests: [Request], of top: Int
  ) -> Bool {
    var table = Numbering()
    var rows = 0
    var known = 0
    for (i, b) in briefs.enumerated() where Visitors.isMeant(b) && Int(b.client) == top {
      rows += 1
      guard requests[i].clientPort > 0 else { continue }
      known += 1
      _ = table.number(of: Numbering.key(b.actor, Int32(requests[i].clientPort)))
    }
    guard known * 10 >= rows * 8, table.count >= Visitors.fewest,
      known >= table.count * Visitors.fewest
    else { return false }
    // Of other addresses as well: numbers are of one kind.
    connections = briefs.enumerated().map { i, b in
      table.number(of: Numbering.key(b.actor, Int32(requests[i].clientPort)))
    }
    areActors = true
    shared = Int32(truncatingIfNeeded: top)
    count = table.count
    return true
  }

  func of(_ i: Int, _ briefs: [Brief]) -> Int32 {
    if !connections.isEmpty { return connections[i] }
    return areActors ? briefs[i].actor : briefs[i].client
  }
}
