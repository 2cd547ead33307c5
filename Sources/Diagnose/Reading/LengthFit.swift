internal import Evidence

/// Guesses which refusal an application's answers hold from their sizes.
///
/// An error body is a constant of the application plus the text (facts: lengths are fingerprints).
/// The constant is fitted, never assumed: each candidate is scored by how many of the sizes it
/// explains with texts of known libraries; shapes of JSON that are common get a head start. Always
/// weak evidence: several texts share a length.
struct LengthFit {
  /// Statement → probability, by size class.
  private(set) var candidates: [SizeClass: [Statement: Double]] = [:]
  /// Where a kid of another length than Keycloak's fits best.
  private(set) var foreignKeyID: Set<SizeClass> = []

  struct SizeClass: Hashable {
    var party: Int32
    var status: UInt16
    var bytes: Int32
  }

  /// `{"error":…,"message":…}` and its relatives, with and without blanks and line end.
  private static let constants: [Int: Double] = [
    39: 2.6, 51: 2.4, 41: 0.8, 38: 0.6, 48: 0.8, 40: 0.4, 37: 0.4, 49: 0.4, 52: 0.4, 36: 0,
    50: 0, 12: 0.2, 13: 0.2, 14: 0.2, 15: 0.2, 16: 0,
  ]

  init(_ sizes: [SizeClass: Int], countsHeaders: (SizeClass) -> Bool) {
    let usable = sizes.keys.filter { $0.bytes > 0 && !countsHeaders($0) }
      .sorted { ($0.party, $0.status, $0.bytes) < ($1.party, $1.status, $1.bytes) }
    guard !usable.isEmpty else { return }
    let lengths = LengthFit.lengths
    var weights: [Int: Double] = [:]
    for (constant, prior) in LengthFit.constants {
      var score = prior
      for size in usable where size.status == 401 || size.status == 503 {
        score += lengths[Int(size.bytes) - constant] != nil ? 1.6 : -0.5
      }
      weights[constant] = score
    }
    let top = weights.values.max() ?? 0
    var total = 0.0
    for (constant, score) in weights {
      weights[constant] = Math.exp(score - top)
      total += Math.exp(score - top)
    }
    for size in usable {
      var shares: [Statement: Double] = [:]
      var foreign = 0.0
      for (constant, weight) in weights.sorted(by: { $0.key < $1.key }) {
        let matches = lengths[Int(size.bytes) - constant] ?? []
        for match in matches {
          // A foreign key id may have many lengths: a match says little.
          let value = weight / total / Double(matches.count) * (match.isForeignKeyID ? 0.5 : 1)
          shares[match.statement, default: 0] += value
          if match.isForeignKeyID { foreign += value }
        }
      }
      candidates[size] = shares
      if foreign > 0.2 { foreignKeyID.insert(size) }
    }
  }

  private struct Match {
    var statement: Statement
    var isForeignKeyID: Bool
  }

  private static let lengths: [Int: [Match]] = {
    var result: [Int: [Match]] = [:]
    for text in RefusalTexts.all {
      for variable in text.variable.isEmpty ? [0] : text.variable {
        let foreign =
          text.statement == .tokenUnknownKey && variable != RefusalTexts.keycloakKeyIDLength
        let length = text.escapedLength(variable: variable)
        let match = Match(statement: text.statement, isForeignKeyID: foreign)
        if result[length]?.contains(where: {
          $0.statement == match.statement && $0.isForeignKeyID == foreign
        }) != true {
          result[length, default: []].append(match)
        }
      }
    }
    return result
  }()
}
