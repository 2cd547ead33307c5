internal import Evidence

/// Clocks read off the wire: the `Date` of an answer, and the `iat` of a token just issued, against
/// the capture's own clock.
enum WireClocks {
  /// Seconds below which an offset is not worth a word.
  static let least = 5.0

  static func measure(_ file: inout CaseFile) {
    var owner: [Symbol: Int32] = [:]
    for (i, party) in file.parties.enumerated() {
      for address in party.addresses { owner[address] = Int32(i) }
    }
    guard !owner.isEmpty else { return }
    var hops = WireHops()
    var samples: [Int32: [(Double, Citation)]] = [:]
    var proxies: [Double] = []
    let tokens = file.observations.tokens
    for r in WireHops.all(file) {
      if r.issued >= 0, Int(r.issued) < tokens.count, tokens[Int(r.issued)].issuedAt > 0,
        let keycloak = file.parties.firstIndex(where: { $0.kind == .keycloak })
      {
        let issued = Double(tokens[Int(r.issued)].issuedAt)
        let offset = issued + 0.5 - Double(r.end.nanoseconds) / 1e9
        samples[Int32(keycloak), default: []].append((offset, r.citation))
      } else if r.dateOffset != Request.noDate {
        let server = hops.host(r.upstreamAddress, &file.observations.symbols)
        if let party = owner[server] {
          samples[party, default: []].append((Double(r.dateOffset) + 0.5, r.citation))
        } else {
          proxies.append(Double(r.dateOffset) + 0.5)
        }
      }
    }
    // The capture's clock may itself be wrong against the edge's.
    proxies.sort()
    let base = proxies.count >= 3 ? proxies[proxies.count / 2] : 0
    for party in samples.keys.sorted() {
      var list = samples[party] ?? []
      guard list.count >= 3 else { continue }
      file.datedParties.insert(party)
      list.sort { $0 < $1 }
      let middle = list[list.count / 2].0 - base
      let spread = (list[list.count * 3 / 4].0 - list[list.count / 4].0) / 2
      guard abs(middle) >= least, spread < abs(middle) / 4 + 1 else { continue }
      let isKeycloak = file.parties[Int(party)].kind == .keycloak
      let name = isKeycloak ? "Keycloak" : file.parties[Int(party)].name
      if isKeycloak, file.clocks.contains(where: \.isKeycloak) { continue }
      var offset = ClockOffset(
        name: name, seconds: middle, spread: spread, pairs: list.count,
        examples: list.map(\.1).sorted().prefix(2).map { $0 })
      offset.party = party
      offset.isKeycloak = isKeycloak
      file.clocks.append(offset)
    }
  }
}
