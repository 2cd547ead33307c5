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
  /// Who began a session, and the event that says so; empty where one alone wrote.
  private var makers: [Symbol: (writer: Symbol, citation: Citation)] = [:]

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
    guard spans.count > 1 else { return }
    for event in file.observations.tokenEvents
    where event.error.isNone && !event.session.isNone && !event.writer.isNone
      && makers[event.session] == nil
    {
      makers[event.session] = (event.writer, event.citation)
    }
  }

  /// Sessions that a group's events miss although the replica that writes this began them itself: their beginnings.
  /// Empty where another one misses as many.
  func missedByMaker(_ group: Group, _ scene: Scene) -> [Citation] {
    guard !makers.isEmpty else { return [] }
    var own: [Citation] = []
    var others = 0
    for i in group.rows {
      let links = scene.file.exchanges.links[i]
      for event in [links.event, links.backEvent].compactMap(scene.event)
      where !event.error.isNone && !event.session.isNone {
        guard let maker = makers[event.session] else { continue }
        if maker.writer == event.writer { own.append(maker.citation) } else { others += 1 }
      }
    }
    return own.count > others ? Array(own.sorted().prefix(3)) : []
  }

  /// Whether one may miss sessions of another's: several wrote, and none misses those that it began.
  func mayDiffer(_ group: Group, _ profile: Profile, _ scene: Scene) -> Bool {
    count(profile) >= 2 && missedByMaker(group, scene).isEmpty
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
