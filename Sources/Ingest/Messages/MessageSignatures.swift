internal import Evidence
internal import Synchronization

/// The table of known texts and its matcher. The first row (in the order of `all`) whose texts all
/// occur wins, so the order says which meaning is the more specific one.
package enum MessageSignatures {
  package static let all: [MessageSignature] = {
    let rows =
      edge + limits + pods + saml + barriers + checkers + infrastructure + stores + startups
      + guards + callers + portals
      + keycloakState + quoted + dotNet
      + proofs
      + grants
      + answers
      + clusters + pages + textNames + phones + browsers + servers + gateways + products
      + validators
      + languages + applications + directoryCodes + callReasons + tokens + middlemen
      + sessions
      + libraries
      + logins
      + keycloakChecks + callsInGeneral + bareStatuses + quotedStatuses + visitors + eras
      + parameters
      + exceptions + refusals
    // Words around a reason come after the reason, wherever their rows stand; the user knows best.
    return own.withLock { $0 }
      + (0...4).flatMap { vagueness in rows.filter { $0.vagueness == vagueness } }
  }()

  private static let own = Mutex<[MessageSignature]>([])

  /// Puts rows of the user's before all others. Heeded before the first line is read, by the whole process.
  package static func prepend(_ rows: [MessageSignature]) {
    own.withLock { $0 = rows + $0 }
  }

  /// The row for a message text, or nil when nobody's words are in it.
  package static func match(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, voice: MessageSignature.Voice
  ) -> MessageSignature? {
    var best = Int.max
    let hits = index.matcher.scan(s, from, to)
    for literal in hits {
      for row in index.rows[Int(literal)] where row < best {
        if all[row].isHeard(in: voice), index.holds(row, hits) { best = row }
      }
    }
    return best == Int.max ? nil : all[best]
  }

  private static let index = Index(all)

  /// Literals by identifier, and the rows whose characteristic text each one is.
  private struct Index: Sendable {
    let matcher: LiteralMatcher
    /// By literal: rows that it opens.
    var rows: [[Int]] = []
    /// By row: literals that it needs besides the first.
    var needs: [[UInt16]] = []

    init(_ table: [MessageSignature]) {
      var literals: [(text: String, isCaseless: Bool)] = []
      literals.reserveCapacity(table.count)
      rows.reserveCapacity(table.count)
      needs.reserveCapacity(table.count)
      var texts = SymbolTable()
      var known = Numbering()
      for (number, row) in table.enumerated() {
        var ids: [UInt16] = []
        for text in row.texts {
          let id = known.number(of: Numbering.key(row.isCaseless ? 1 : 0, texts.intern(text)))
          if Int(id) == literals.count {
            literals.append((text, row.isCaseless))
            rows.append([])
          }
          ids.append(UInt16(clamping: id))
        }
        if let first = ids.first { rows[Int(first)].append(number) }
        needs.append(Array(ids.dropFirst()))
      }
      matcher = LiteralMatcher(literals)
    }

    func holds(_ row: Int, _ hits: [UInt16]) -> Bool {
      for need in needs[row] where !hits.contains(need) { return false }
      return true
    }
  }
}
