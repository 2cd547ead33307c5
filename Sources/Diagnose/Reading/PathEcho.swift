internal import Evidence

/// Services whose refusals repeat the path that was asked for, as the error objects of Spring Boot (`path`) and of RFC
/// 9457 (`instance`) do: their answers are of one length but for the path's, and say so only when
/// that is taken off.
struct PathEcho: Sendable {
  /// What an answer repeats.
  private enum Part: CaseIterable { case path, target }

  private struct Answer: Hashable, Sendable {
    var party: Int32
    var status: UInt16
  }

  private var answers: Set<Answer> = []

  /// Refusals of a service that are needed to tell.
  private static let fewest = 6
  /// About how many of them are looked at.
  private static let most = 2000

  /// Takes the path's length, as far as it is beyond the shortest, off the sizes of such answers.
  init(_ file: CaseFile, _ briefs: inout [Brief], _ failuresByParty: RowLists, _ crew: Crew) {
    let all = briefs
    let found = crew.map(file.parties.count) { PathEcho.echoes($0, file, all, failuresByParty) }
    for echo in found.joined() {
      answers.insert(echo.answer)
      for (i, length) in zip(echo.rows, echo.beyond) {
        briefs[i].bytes = max(0, briefs[i].bytes - length)
      }
    }
  }

  /// Answers of a party that repeat a part of what was asked for, and how long that is beyond the shortest.
  private struct Echo: Sendable {
    var answer: Answer
    var rows: [Int]
    var beyond: [Int32]
  }

  private static func echoes(
    _ party: Int, _ file: CaseFile, _ briefs: [Brief], _ failuresByParty: RowLists
  ) -> [Echo] {
    guard file.parties[party].kind != .keycloak else { return [] }
    var rows: (unauthorized: [Int], forbidden: [Int]) = ([], [])
    for i in failuresByParty[party] {
      let b = briefs[i]
      guard b.status == 401 || b.status == 403, b.bytes > 0, !b.endpoint.isKeycloak,
        file.exchanges.requests[i].answeredBy != .edge
      else { continue }
      if b.status == 401 { rows.unauthorized.append(i) } else { rows.forbidden.append(i) }
    }
    return [(UInt16(401), rows.unauthorized), (403, rows.forbidden)].compactMap { status, list in
      guard list.count >= PathEcho.fewest, let part = part(list, file, briefs) else { return nil }
      let lengths = list.map { length(part, $0, file) }
      let shortest = lengths.min() ?? 0
      let answer = Answer(party: Int32(truncatingIfNeeded: party), status: status)
      return Echo(answer: answer, rows: list, beyond: lengths.map { $0 - shortest })
    }
  }

  func contains(party: Int32, status: UInt16) -> Bool {
    answers.contains(Answer(party: party, status: status))
  }

  /// The part whose length explains why sizes differ: without it they are much fewer.
  private static func part(_ rows: [Int], _ file: CaseFile, _ briefs: [Brief]) -> Part? {
    let some = stride(from: 0, to: rows.count, by: rows.count / most + 1).map { rows[$0] }
    let sizes = spread(some.lazy.map { briefs[$0].bytes })
    guard sizes.kinds >= 3 else { return nil }
    return Part.allCases.map { part in
      (part, spread(some.lazy.map { briefs[$0].bytes - length(part, $0, file) }))
    }
    .filter { $0.1.kinds < sizes.kinds && $0.1.entropy <= 0.7 * sizes.entropy }
    .min { $0.1.entropy < $1.1.entropy }?.0
  }

  /// How many different numbers there are, and how evenly they come (in nats).
  private static func spread(_ numbers: some Sequence<Int32>) -> (kinds: Int, entropy: Double) {
    let sorted = numbers.sorted()
    var counts: [Int] = []
    for (k, n) in sorted.enumerated() {
      if k > 0, sorted[k - 1] == n { counts[counts.count - 1] += 1 } else { counts.append(1) }
    }
    counts.sort()
    let total = Double(sorted.count)
    let entropy = counts.reduce(0.0) { sum, count in
      let share = Double(count) / total
      return sum - share * Math.log(share)
    }
    return (counts.count, entropy)
  }

  private static func length(_ part: Part, _ i: Int, _ file: CaseFile) -> Int32 {
    switch part {
    case .path:
      Int32(clamping: file.observations.symbols.length(of: file.exchanges.requests[i].path))
    case .target: Int32(file.exchanges.requests[i].targetLength)
    }
  }
}
