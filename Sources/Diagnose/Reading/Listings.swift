internal import Evidence

/// The exchanges of a case in lists by party, actor and client, each in order of time.
struct Listings: Sendable {
  /// By `Kind`.
  private let lists: [RowLists]

  private enum Kind: Int, CaseIterable {
    case byParty, byActor, byClient, tokenCalls, redirects, failures, served
  }

  /// - Parameters: how many parties, actors and clients there are.
  init(_ briefs: [Brief], parties: Int, actors: Int, clients: Int, _ crew: Crew) {
    lists = crew.map(Kind.allCases.count) { k -> RowLists in
      let all = briefs.count
      switch Kind.allCases[k] {
      case .byParty: return RowLists(lists: parties, exchanges: all) { briefs[$0].party }
      case .byActor: return RowLists(lists: actors, exchanges: all) { briefs[$0].actor }
      case .byClient: return RowLists(lists: clients, exchanges: all) { briefs[$0].client }
      case .tokenCalls:
        return RowLists(lists: actors, exchanges: all) {
          briefs[$0].endpoint == .token ? briefs[$0].actor : -1
        }
      case .redirects:
        return RowLists(lists: clients, exchanges: all) {
          briefs[$0].isRedirect ? briefs[$0].client : -1
        }
      case .failures:
        return RowLists(lists: parties, exchanges: all) {
          briefs[$0].isFailure && !briefs[$0].isProbe ? briefs[$0].party : -1
        }
      case .served:
        return RowLists(lists: parties, exchanges: all) {
          briefs[$0].isSuccess && !briefs[$0].isProbe ? briefs[$0].party : -1
        }
      }
    }
  }

  private func list(_ kind: Kind) -> RowLists { lists[kind.rawValue] }

  var byParty: RowLists { list(.byParty) }
  var byActor: RowLists { list(.byActor) }
  var byClient: RowLists { list(.byClient) }
  /// Calls of Keycloak's token end-point by actor.
  var tokenCallsOfActor: RowLists { list(.tokenCalls) }
  var redirectsOfClient: RowLists { list(.redirects) }
  /// Failures that are no probes, by party.
  var failuresByParty: RowLists { list(.failures) }
  /// Successes that are no probes, by party.
  var servedByParty: RowLists { list(.served) }
}
