internal import Evidence

/// What captures show of the tokens that a group's requests carried.
enum WireTokens {
  private static func tokens(_ group: Group, _ scene: Scene) -> [BearerToken] {
    var result: [BearerToken] = []
    guard !scene.file.observations.tokens.isEmpty else { return result }
    for i in group.rows {
      let e = scene.exchange(i)
      for leg in [e.wire, e.wireInner] where leg >= 0 {
        let index = scene.file.legs[Int(leg)].token
        if index >= 0, Int(index) < scene.file.observations.tokens.count {
          result.append(scene.file.observations.tokens[Int(index)])
          break
        }
      }
      if e.wire < 0, e.wireInner < 0, e.request.token >= 0,
        Int(e.request.token) < scene.file.observations.tokens.count
      {
        result.append(scene.file.observations.tokens[Int(e.request.token)])
      }
    }
    return result
  }

  /// The share of the captured tokens of a group for which `matches` holds; 0 without any.
  static func share(_ group: Group, _ scene: Scene, _ matches: (BearerToken) -> Bool) -> Double {
    let all = tokens(group, scene)
    return all.isEmpty ? 0 : Double(all.count(where: matches)) / Double(all.count)
  }

  /// The same for their issuers, each of which is looked at once.
  static func share(_ group: Group, _ scene: Scene, issuer matches: (String) -> Bool) -> Double {
    var known: [Symbol: Bool] = [:]
    return share(group, scene) { token in
      if let answer = known[token.issuer] { return answer }
      let answer = matches(scene.text(token.issuer))
      known[token.issuer] = answer
      return answer
    }
  }

  /// The packets of captured tokens for which `matches` holds, three at most.
  static func citations(
    _ group: Group, _ scene: Scene, _ matches: (BearerToken) -> Bool
  ) -> [Citation] {
    tokens(group, scene).lazy.filter(matches).prefix(3).map(\.citation)
  }

  /// What is wrong with most of what was sent instead of tokens, and the packets that show just that.
  static func problem(_ group: Group, _ scene: Scene) -> (text: String, citations: [Citation]) {
    let broken = tokens(group, scene).filter { $0.form == .malformed }
    var counts: [Symbol: Int] = [:]
    for token in broken { counts[token.problem, default: 0] += 1 }
    let texts = counts.map { (text: scene.text($0.key), symbol: $0.key, count: $0.value) }
    guard let most = texts.min(by: { ($1.count, $0.text) < ($0.count, $1.text) }) else {
      return ("unreadable", [])
    }
    return (
      most.text.isEmpty ? "unreadable" : most.text,
      broken.filter { $0.problem == most.symbol }.prefix(3).map(\.citation)
    )
  }

  /// Requests whose outer leg has the header and whose inner leg has not.
  static func stripped(_ group: Group, _ scene: Scene) -> (share: Double, citations: [Citation]) {
    var both = 0
    var lost = 0
    var citations: [Citation] = []
    guard !scene.file.legs.isEmpty else { return (0, []) }
    for i in group.rows {
      let e = scene.exchange(i)
      guard e.wireInner >= 0 else { continue }
      let inner = scene.file.legs[Int(e.wireInner)]
      guard inner.authorization != .unknown else { continue }
      let outerSeen: Seen
      if e.wire >= 0 {
        outerSeen = scene.file.legs[Int(e.wire)].authorization
      } else {
        outerSeen = e.request.authorization
      }
      guard outerSeen != .unknown else { continue }
      both += 1
      if outerSeen == .present, inner.authorization == .absent {
        lost += 1
        if e.wire >= 0 { citations.append(scene.file.legs[Int(e.wire)].citation) }
        citations.append(inner.citation)
      }
    }
    return (both == 0 ? 0 : Double(lost) / Double(both), Array(citations.prefix(4)))
  }

  /// A captured token of the group whose issuer is http while the public side is https.
  static func plainIssuer(_ group: Group, _ scene: Scene, _ hints: Forwarding.Hints) -> Citation? {
    guard hints.isPublicHTTPS else { return nil }
    return tokens(group, scene).first { scene.text($0.issuer).hasPrefix("http://") }?.citation
  }
}

/// Key ids as quoted in refusals.
enum KeyIDs {
  /// The quoted kid has another length than the 43 characters of Keycloak's.
  static func isForeign(_ group: Group) -> Bool {
    let words = group.answer.words
    for quote in ["kid: '", "matches: \"", "matches: '", "kid: "] {
      guard let range = words.range(of: quote) else { continue }
      let rest = words[range.upperBound...]
      let kid = rest.prefix { $0 != "'" && $0 != "\"" && $0 != " " && $0 != "," }
      if kid.count >= 4 { return kid.count != 43 }
    }
    return false
  }
}

extension String {
  /// First place of `text` (no Foundation here).
  func range(of text: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) {
        return start..<(index(start, offsetBy: text.count, limitedBy: endIndex) ?? endIndex)
      }
      start = index(after: start)
    }
    return nil
  }
}
