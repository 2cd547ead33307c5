import Evidence

/// Replicas of Keycloak, as far as its log shows them: who writes events at the same time. A pod that takes the place of
/// another one begins when that has ended.
struct Replicas: Sendable {
  private struct Span {
    var first: Instant
    var last: Instant
    var citation: Citation
  }

  private var spans: [Span] = []
  /// Cluster views that hold one member only, with their writers.
  private var views: [(writer: Symbol, citation: Citation)] = []
  private var byWriter: [Symbol: Int] = [:]

  init() {}

  init(_ file: borrowing CaseFile) {
    for event in file.observations.tokenEvents where !event.writer.isNone && event.time.isKnown {
      if let place = byWriter[event.writer] {
        spans[place].first = min(spans[place].first, event.time)
        spans[place].last = max(spans[place].last, event.time)
      } else {
        byWriter[event.writer] = spans.count
        spans.append(Span(first: event.time, last: event.time, citation: event.citation))
      }
    }
    for message in file.observations.messages
    where message.statement == .clusterView && file.text(message.subject) == "1" {
      views.append((message.writer, message.citation))
    }
  }

  /// How many wrote at the same time while something was going on.
  func count(_ profile: Profile) -> Int { present(profile).count }

  /// An event of each of them, at most three.
  func citations(_ profile: Profile) -> [Citation] {
    Array(present(profile).map(\.citation).sorted().prefix(3))
  }

  /// Cluster views of one member each, of replicas that were there at the same time as far as is known.
  func singleViews(_ profile: Profile) -> [Citation] {
    let present = present(profile).map(\.citation)
    return views.filter { view in
      guard let place = byWriter[view.writer], spans.count > 1 else { return true }
      return present.contains(spans[place].citation)
    }.map(\.citation)
  }

  /// A replica may be silent for so long.
  private static let pause = 10.0

  /// Those that were there within half a minute, and wrote together with the one that came last.
  private func present(_ profile: Profile) -> [Span] {
    guard spans.count > 1, profile.first.isKnown else { return spans }
    let from = profile.first.advanced(seconds: -30)
    let to = profile.last.advanced(seconds: 30)
    let near = spans.filter { $0.first <= to && $0.last >= from }
    guard let latest = near.map(\.first).max() else { return [] }
    return near.filter { $0.last >= latest.advanced(seconds: -Replicas.pause) }
  }
}
