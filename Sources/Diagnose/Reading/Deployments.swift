internal import Evidence

/// When the instances behind a service were replaced, as the addresses that answered show.
struct Deployments: Sendable {
  struct Change: Sendable {
    /// The first request that an address got which had answered none before.
    var at: Instant
    var citation: Citation
  }
  /// By party, in order of time.
  private var changes: [Int32: [Change]] = [:]

  init() {}

  init(_ scene: Scene) {
    for p in scene.file.parties.indices
    where scene.file.parties[p].kind == .application && !scene.failuresByParty[p].isEmpty {
      let found = Deployments.changes(of: scene.byParty[p], scene)
      if !found.isEmpty { changes[Int32(p)] = found }
    }
  }

  func change(of party: Int32, near time: Instant) -> Change? {
    changes[party]?.first { abs($0.at - time) <= Deployments.near }
  }

  /// Where an address begins to answer alone that did not answer just before: instances that serve side by side
  /// take turns.
  private static func changes(of rows: Rows, _ scene: Scene) -> [Change] {
    let requests = scene.file.exchanges.requests
    guard let one = rows.first(where: { !requests[$0].upstreamAddress.isNone }),
      rows.contains(where: {
        let address = requests[$0].upstreamAddress
        return !address.isNone && address != requests[one].upstreamAddress
      })
    else { return [] }
    var uses: [(row: Int, address: Symbol)] = []
    for i in rows {
      let address = requests[i].upstreamAddress
      if !address.isNone { uses.append((i, address)) }
    }
    var result: [Change] = []
    for k in uses.indices.dropFirst(fewest) where uses[k].address != uses[k - 1].address {
      let before = uses[max(0, k - looked)..<k]
      let after = uses[k..<min(uses.count, k + looked)]
      guard after.count >= fewest, after.allSatisfy({ $0.address == uses[k].address }),
        !before.contains(where: { $0.address == uses[k].address })
      else { continue }
      result.append(
        Change(
          at: scene.briefs[uses[k].row].start,
          citation: scene.exchange(uses[k].row).request.citation))
    }
    return result
  }

  /// Requests before and after that are looked at, and how few there may be.
  private static let looked = 10
  private static let fewest = 4
  /// Seconds between a change and what it is taken for the cause of.
  private static let near = 4.0
}
