internal import Evidence

/// The exchanges of a case in lists by party, actor and client, each in order of time.
struct Listings: Sendable {
  private(set) var byParty = Listings.none
  private(set) var byActor = Listings.none
  private(set) var byClient = Listings.none
  /// Calls of Keycloak's token end-point by actor.
  private(set) var tokenCallsOfActor = Listings.none
  private(set) var redirectsOfClient = Listings.none
  /// Failures that are no probes, by party.
  private(set) var failuresByParty = Listings.none
  /// Successes that are no probes, by party.
  private(set) var servedByParty = Listings.none

  private static let none = RowLists(lists: 0, exchanges: 0) { _ in -1 }

  private enum Kind: CaseIterable {
    case byParty, byActor, byClient, tokenCalls, redirects, failures, served
  }

  /// - Parameters: how many parties, actors and clients there are.
  init(_ briefs: [Brief], parties: Int, actors: Int, clients: Int, _ crew: Crew) {
    let made = crew.map(Kind.allCases.count) { k -> RowLists in
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
    for (kind, lists) in zip(Kind.allCases, made) {
      switch kind {
      case .byParty: byParty = lists
      case .byActor: byActor = lists
      case .byClient: byClient = lists
      case .tokenCalls: tokenCallsOfActor = lists
      case .redirects: redirectsOfClient = lists
      case .failures: failuresByParty = lists
      case .served: servedByParty = lists
      }
    }
  }
}
