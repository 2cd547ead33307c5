internal import Evidence

/// Introspections by the address that asks: where they all but stop while Keycloak writes events of others, the asker's
/// calls do not arrive.
struct Silence: Sendable {
  private struct Asker: Sendable {
    var address: Symbol
    /// Events, in order of time.
    var events: [Int]
  }
  private var askers: [Asker] = []

  /// Events that are expected where they are missing, and of others that show Keycloak going on.
  private static let fewest = 6.0
  /// Of those that are expected, at most.
  private static let share = 0.4

  init() {}

  init(_ file: CaseFile) {
    var isQuestion = TextMemo<Bool>()
    var places: [Symbol: Int] = [:]
    for (i, e) in file.observations.tokenEvents.enumerated() where e.time.isKnown {
      guard isQuestion.value(of: e.type, { file.text($0).hasPrefix("INTROSPECT_TOKEN") }) else {
        continue
      }
      let place = places[e.address] ?? askers.count
      if place == askers.count {
        places[e.address] = place
        askers.append(Asker(address: e.address, events: []))
      }
      askers[place].events.append(i)
    }
  }

  struct Finding {
    var address: Symbol
    var heard: Int
    var expected: Int
    /// The last event before and the first after it.
    var lines: [Citation]
  }

  /// The address whose introspections are missing in a span, if it is one.
  func within(_ first: Instant, _ last: Instant, _ scene: Scene) -> Finding? {
    let all = scene.file.observations.tokenEvents
    guard let begin = all.first?.time, let end = all.last?.time, last - first > 2 else {
      return nil
    }
    var found: [Finding] = []
    let span: Double = last - first
    for asker in askers where Double(asker.events.count) >= Silence.fewest {
      let low = asker.events.partitioningIndex { all[$0].time > first.advanced(seconds: 0.5) }
      let high = asker.events.partitioningIndex { all[$0].time >= last }
      let heard = max(0, high - low)
      let outside: Double = (end - begin) - span
      guard outside > span / 2 else { continue }
      let expected = Double(asker.events.count - heard) / outside * span
      guard expected >= Silence.fewest, Double(heard) <= expected * Silence.share else { continue }
      let others =
        scene.firstEvent(after: last) - scene.firstEvent(after: first) - heard
      guard Double(others) >= Silence.fewest else { continue }
      let around = [
        low > 0 ? asker.events[low - 1] : nil, high < asker.events.count ? asker.events[high] : nil,
      ]
      found.append(
        Finding(
          address: asker.address, heard: heard, expected: Int(expected.rounded()),
          lines: around.compactMap { $0.map { all[$0].citation } }))
    }
    return found.count == 1 ? found[0] : nil
  }
}
