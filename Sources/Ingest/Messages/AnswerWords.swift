internal import ByteScan
package import Evidence

/// Looks the words of failed answers (`WWW-Authenticate`, error bodies and queries) up among the known texts.
package enum AnswerWords {
  /// - Returns: by symbol; each text once, however many answers have it.
  package static func read(_ observations: Observations) -> [Symbol: Statement] {
    var result: [Symbol: Statement] = [:]
    var known: Set<Symbol> = []
    var keycloaks: [Symbol: Bool] = [:]
    for r in observations.requests where !r.challenge.isNone || !r.reason.isNone {
      for symbol in [r.challenge, r.reason]
      where !symbol.isNone && known.count < most && !known.contains(symbol) {
        // Keycloak's events tell what it answers, in fewer words.
        let isKeycloaks = keycloaks[r.path] ?? isKeycloaks(r.path, observations)
        keycloaks[r.path] = isKeycloaks
        if isKeycloaks { continue }
        known.insert(symbol)
        let words = Array(observations.symbols.bytes(of: symbol))
        let row = MessageSignatures.match(words.span, 0, words.count, voice: .others)
        if let row, row.statement != .other { result[symbol] = row.statement }
      }
    }
    return result
  }

  private static func isKeycloaks(_ path: Symbol, _ observations: Observations) -> Bool {
    let text = Array(observations.symbols.bytes(of: path))
    return Bytes.contains("/realms/", text.span, 0, text.count)
  }

  /// Products answer with a few texts; whoever answers with very many says something of each request.
  private static let most = 10_000
}
