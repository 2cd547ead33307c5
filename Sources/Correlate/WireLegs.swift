internal import Evidence

/// The captured legs behind a captured leg: the proxy's own request, and the calls to Keycloak that
/// the application makes while it handles the exchange. Joined by address and time, one to one.
enum WireLegs {
  static func join(_ file: inout CaseFile, _ taken: inout [Bool]) {
    guard file.legs.contains(where: { $0.hop == .wire }) else { return }
    var hops = WireHops()
    var endpoints = Endpoints(symbols: file.observations.symbols.count)
    var byClient: [Symbol: [Int]] = [:]
    var byForwarded: [Symbol: [Int]] = [:]
    for (i, leg) in file.legs.enumerated() where leg.hop == .wire {
      byClient[leg.client, default: []].append(i)
      if !leg.forwardedFor.isNone { byForwarded[leg.forwardedFor, default: []].append(i) }
    }
    for i in file.exchanges.indices {
      let e = file.exchanges[i]
      // The leg that is known to be farthest in.
      guard var last = Self.innermost(e, file) else {
        if e.isFailure, !e.endpoint.isKeycloak, e.wireBack < 0, !e.request.isCoarse {
          behind(i, byClient, &endpoints, &file, &taken)
        }
        continue
      }
      if e.wireInner < 0, !e.endpoint.isKeycloak || file.outermost == .wire {
        let server = hops.host(last.upstreamAddress, &file.observations.symbols)
        let candidates = [
          within(byClient[server] ?? [], last, file),
          within(last.forwardedFor.isNone ? byForwarded[last.client] ?? [] : [], last, file),
        ]
        for k in candidates.joined() where !taken[k] {
          let leg = file.legs[k]
          guard leg.method == last.method, leg.path == last.path, leg.citation != last.citation,
            hops.contains(last, leg, &file.observations.symbols)
          else { continue }
          file.exchanges.links[i].wireInner = Int32(k)
          taken[k] = true
          last = leg
          break
        }
      }
      guard !e.endpoint.isKeycloak else { continue }
      let server = hops.host(last.upstreamAddress, &file.observations.symbols)
      let claims = self.claims(last, file)
      var best = -1
      for k in within(byClient[server] ?? [], last, file) {
        let leg = file.legs[k]
        guard endpoints.of(leg, file.observations.symbols).isKeycloak,
          leg.end <= last.end.advanced(seconds: 0.05) || leg.status == 0
        else { continue }
        // The very token, where both are readable; else the only call of that time.
        if leg.presented >= 0, let claims {
          guard file.observations.tokens[Int(leg.presented)].claimsHash == claims else { continue }
        } else if taken[k] {
          continue
        }
        best = k
        if leg.presented >= 0 { break }
      }
      if best >= 0 {
        file.exchanges.links[i].wireBack = Int32(best)
        taken[best] = true
      }
    }
  }

  /// Only Keycloak's side was captured: a refused introspection from one of the party's addresses
  /// while the exchange was handled, the nearest to its end.
  private static func behind(
    _ i: Int, _ byClient: [Symbol: [Int]], _ endpoints: inout Endpoints, _ file: inout CaseFile,
    _ taken: inout [Bool]
  ) {
    let r = file.exchanges[i].request
    var best = -1
    for address in file.parties[Int(file.exchanges[i].party)].addresses {
      for k in within(byClient[address] ?? [], r, file) where !taken[k] {
        let leg = file.legs[k]
        guard leg.end <= r.end.advanced(seconds: 0.005), leg.status >= 200,
          endpoints.of(leg, file.observations.symbols) == .introspection
            || endpoints.of(leg, file.observations.symbols) == .userinfo,
          leg.status >= 400 || file.text(leg.reason) == "active: false"
        else { continue }
        if best < 0 || leg.end > file.legs[best].end { best = k }
      }
    }
    guard best >= 0 else { return }
    file.exchanges.links[i].wireBack = Int32(best)
    taken[best] = true
  }

  static func innermost(_ e: Exchange, _ file: CaseFile) -> Request? {
    if e.wireInner >= 0 { return file.legs[Int(e.wireInner)] }
    if e.wire >= 0 { return file.legs[Int(e.wire)] }
    return e.request.hop == .wire ? e.request : nil
  }

  private static func claims(_ r: Request, _ file: CaseFile) -> UInt64? {
    guard r.token >= 0, Int(r.token) < file.observations.tokens.count else { return nil }
    let token = file.observations.tokens[Int(r.token)]
    return token.form == .jwt ? token.claimsHash : nil
  }

  /// Legs (in order of start) that start within `outer`.
  private static func within(_ legs: [Int], _ outer: Request, _ file: CaseFile) -> ArraySlice<Int> {
    let from = outer.start.advanced(seconds: -0.0005)
    let to = outer.status == 0 ? outer.start.advanced(seconds: 60) : outer.end
    let first = legs.partitioningIndex { file.legs[$0].start >= from }
    return legs[first...].prefix { file.legs[$0].start <= to }
  }
}
