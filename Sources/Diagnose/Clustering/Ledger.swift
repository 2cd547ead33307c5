internal import Evidence

/// What the inputs do not cover of the time in which requests failed: ends and silences of a log, and the command
/// that gets the rest. Nothing is concluded from what a log cannot show.
enum Ledger {
  /// Seconds without a line that are worth a word.
  private static let longest = 60.0
  /// A silence is that many times longer than what is usual between two lines.
  private static let unusual = 20.0
  /// Lines of a log from which its usual pace can be told.
  private static let fewest = 20

  /// The lines of one party, on the edge's clock, in order.
  private struct Log {
    var name: String
    /// Gets it.
    var command: String
    var times: [Instant]

    /// Seconds between two lines, as a rule.
    var pace: Double {
      guard let first = times.first, let last = times.last else { return .infinity }
      return (last - first) / Double(max(1, times.count - 1))
    }
    var silence: Double { max(longest, unusual * pace) }
  }

  static func notes(_ scene: Scene) -> [Note] {
    let lines = keycloakTimes(scene)
    let ofKeycloak = lines.isEmpty ? [] : spans(lines, scene) + HopCounts.notes(scene)
    return ofKeycloak + sharedAddress(scene)
  }

  /// Clients cannot be told apart by their addresses.
  private static func sharedAddress(_ scene: Scene) -> [Note] {
    guard scene.visitors.areActors,
      let i = scene.briefs.firstIndex(where: { $0.client == scene.visitors.shared })
    else { return [] }
    return [
      Note(
        kind: .coverage,
        text:
          "nearly all requests come from \(scene.text(scene.exchange(i).request.client)), as when a node or"
          + " a load balancer puts its own address in the place of the clients'"
          + " (`externalTrafficPolicy: Local`, the PROXY protocol or trusted forwarded headers keep theirs):"
          + " each user agent was taken for a client")
    ]
  }

  private static func spans(_ lines: [Instant], _ scene: Scene) -> [Note] {
    let failures = scene.briefs.lazy.filter { $0.isFailure && !$0.isProbe && $0.start.isKnown }
      .map(\.start).sorted()
    if failures.isEmpty { return [] }
    let edge = Log(
      name: "the edge's log",
      command: "kubectl -n NAMESPACE logs deploy/INGRESS-CONTROLLER --timestamps",
      times: scene.briefs.lazy.map(\.end).filter(\.isKnown).sorted())
    let refused = scene.file.observations.tokenEvents.lazy.filter {
      !$0.error.isNone && $0.time.isKnown
    }.map(\.time).sorted()
    let edges =
      ends(of: edge, refused, "refusals of Keycloak")
      + silences(of: edge, lines, "lines of Keycloak's log", least: 10)
    // A log that holds errors alone is silent when all is well.
    guard Sessions.successEventsVisible(scene) else { return edges }
    let keycloak = Log(
      name: "Keycloak's log", command: "kubectl -n NAMESPACE logs sts/keycloak --timestamps",
      times: lines)
    return ends(of: keycloak, failures, "failures")
      + silences(of: keycloak, failures, "failures", least: 3) + edges
  }

  /// Of Keycloak's messages and events.
  private static func keycloakTimes(_ scene: Scene) -> [Instant] {
    let observations = scene.file.observations
    let spoken = observations.messages.lazy.filter {
      $0.format == .keycloakText || $0.format == .keycloakJSON
    }
    return
      (spoken.map(\.time) + observations.tokenEvents.map(\.time)
      + observations.adminEvents.map(\.time))
      .filter(\.isKnown).sorted()
  }

  /// What others tell before a log begins and after it ends.
  private static func ends(of log: Log, _ others: [Instant], _ what: String) -> [Note] {
    guard log.times.count >= fewest, let first = log.times.first, let last = log.times.last else {
      return []
    }
    let before = others.partitioningIndex { $0 >= first.advanced(seconds: -log.silence) }
    let after =
      others.count - others.partitioningIndex { $0 > last.advanced(seconds: log.silence) }
    var notes: [Note] = []
    if before > 0 {
      notes.append(
        Note(
          kind: .coverage,
          text:
            "\(log.name) begins at \(first.clock), after \(of(before, others.count, what)): what was"
            + " before may be in the log of a container that ended (`\(log.command) --previous`) or in a"
            + " rotated file"))
    }
    if after > 0 {
      notes.append(
        Note(
          kind: .coverage,
          text: "\(log.name) ends at \(last.clock), before \(of(after, others.count, what))"
            + " (`\(log.command) --since-time=\(last.rfc3339)`)"))
    }
    return notes
  }

  /// Spans without a line of a log in which others have some.
  private static func silences(
    of log: Log, _ others: [Instant], _ what: String, least: Int
  ) -> [Note] {
    guard log.times.count >= fewest else { return [] }
    let gaps = zip(log.times, log.times.dropFirst()).filter { $1 - $0 > log.silence }
    return gaps.compactMap { from, to -> Note? in
      let within = others[
        others.partitioningIndex { $0 > from }..<others.partitioningIndex { $0 >= to }]
      guard within.count >= least else { return nil }
      return Note(
        kind: .coverage,
        text: "\(log.name) has no line from \(from.clock) to \(to.clock), a time with"
          + " \(within.count) \(what): nothing was written, or lines are missing")
    }.prefix(3).map { $0 }
  }

  private static func of(_ count: Int, _ all: Int, _ what: String) -> String {
    "\(count) of \(all) \(what)"
  }
}
