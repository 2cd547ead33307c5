internal import Evidence

/// Who counts as one client: an address, as a rule. Where nearly all requests come from one, a load balancer or a node
/// has put its own in the place of the clients' (SNAT, `externalTrafficPolicy: Cluster`): then each user agent.
struct Visitors: Sendable {
  private(set) var areActors = false
  /// Number of the address that stands for nearly all; -1 without one.
  private(set) var shared: Int32 = -1
  /// Above every number that `of` gives.
  private(set) var count = 0

  /// Of ten requests, that come from one address then.
  private static let most = 9
  /// Programs, each with as many requests, that make an address one of several clients.
  private static let fewest = 3

  init() {}

  init(_ briefs: [Brief], clients: Int, actors: Int) {
    count = clients
    var requests = [Int32](repeating: 0, count: clients)
    var all = 0
    for b in briefs where Visitors.isMeant(b) {
      requests[Int(b.client)] += 1
      all += 1
    }
    guard let top = requests.indices.max(by: { requests[$0] < requests[$1] }),
      all > 0, Int(requests[top]) * 10 >= all * Visitors.most
    else { return }
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

  func of(_ brief: Brief) -> Int32 { areActors ? brief.actor : brief.client }
}
