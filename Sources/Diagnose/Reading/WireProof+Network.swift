internal import Evidence

/// What captures show below HTTP while the requests of a group were being handled: names that did
/// not resolve, connections that were refused, calls that got no answer.
extension WireProof {
  mutating func network() {
    guard !group.circumstances.isProbe else { return }
    if group.endpoint.isKeycloak { return backing() }
    guard group.status != 403 else { return }
    let names = during {
      $0.kind == .dnsUnanswered
        || $0.kind == .dnsAnswer && ($0.code == 2 || $0.code == 3 && isFullName($0))
    }
    if names.share > 0.3 {
      let code =
        names.events.first { $0.kind == .dnsAnswer && $0.code == 2 }?.code
        ?? names.events[0].code
      let isSilent = names.events.allSatisfy { $0.kind == .dnsUnanswered }
      let cause: CauseID = isSilent ? .dnsBlocked : code == 2 ? .dnsSERVFAIL : .dnsNXDOMAIN
      let what =
        isSilent ? "got no answer" : code == 2 ? "is answered by SERVFAIL" : "does not exist"
      let name = scene.text(names.events[0].name)
      add(
        [cause], .wireNameLost,
        "while the requests were handled, the service asked for \(name): it \(what)",
        names.lines)
      add(
        [.benignNoToken, .tokenMissing, .foreignOtherIDP], .wireNameLostNotToken,
        "a name did not resolve while the requests were handled", names.lines
      )
      return
    }
    let refused = during { $0.kind == .refused && isKeycloak($0.destination) }
    if refused.share > 0.3 {
      add(
        [.keycloakDown], .wireKeycloakRefuses,
        "Keycloak's address refused the service's connections meanwhile",
        refused.lines)
      return
    }
    let silent = during { $0.kind == .requestUnanswered && isKeycloak($0.destination) }
    if silent.share > 0.3 {
      add(
        [.keycloakOverloaded], .wireKeycloakSilent,
        "calls to Keycloak were accepted and got no answer meanwhile", silent.lines)
    }
  }

  /// What Keycloak itself leans on: its directory and its database.
  private mutating func backing() {
    guard group.status >= 400 else { return }
    func failed(_ ports: Set<UInt16>) -> (share: Double, lines: [Citation], events: [NetworkEvent])
    {
      let own = keycloak()
      return during(any: true) {
        ports.contains($0.destinationPort) && (own.isEmpty || own.contains($0.source))
          && ($0.kind == .refused || $0.kind == .synUnanswered || $0.kind == .icmpUnreachable)
      }
    }
    let directory = failed([389, 636, 3268, 3269])
    if directory.share > 0.3 {
      add(
        [.keycloakFederationDown], .wireDirectoryRefuses,
        "Keycloak cannot connect to its directory meanwhile",
        directory.lines)
      add(
        [.keycloakError, .benignUserTypo], .wireDirectoryNotOther, "Keycloak's directory is gone",
        directory.lines)
    }
    let database = failed([5432, 3306, 1433, 1521, 26257])
    if database.share > 0.3, group.status >= 500 {
      add(
        [.keycloakDatabaseDown], .wireDatabaseRefuses,
        "Keycloak cannot connect to its database meanwhile",
        database.lines)
      add([.keycloakError], .wireDatabaseNotOther, "Keycloak's database is gone", database.lines)
    }
  }

  private func keycloak() -> Set<Symbol> {
    var result: Set<Symbol> = []
    for p in scene.file.parties where p.kind == .keycloak { result.formUnion(p.addresses) }
    return result
  }

  private func isKeycloak(_ address: Symbol) -> Bool {
    let own = keycloak()
    return own.isEmpty || own.contains(address)
  }

  /// NXDOMAIN for names made longer by a search list is normal.
  private func isFullName(_ e: NetworkEvent) -> Bool {
    let parts = scene.text(e.name).split(separator: ".")
    return parts.filter { $0 == "svc" }.count <= 1 && parts.filter { $0 == "cluster" }.count <= 1
      && !scene.file.observations.network.contains {
        $0.kind == .dnsAnswer && $0.code == 0 && $0.source == e.source && $0.name == e.name
          && abs($0.time - e.time) < 30
      }
  }

  /// The share of the group's requests during which such an event was seen; `any`: of any caller.
  private func during(any: Bool = false, _ matches: (NetworkEvent) -> Bool)
    -> (share: Double, lines: [Citation], events: [NetworkEvent])
  {
    let events =
      any
      ? scene.file.observations.network.filter(matches)
      : Wire.concerning(group, scene, matches)
    guard !events.isEmpty else { return (0, [], []) }
    var hit = 0
    var found: [NetworkEvent] = []
    let rows = group.rows.prefix(500).map { scene.exchange($0).request }
    for r in rows where r.start.isKnown {
      let from = r.start.advanced(seconds: r.isCoarse ? -1 : -0.05)
      guard let event = events.first(where: { $0.time >= from && $0.time <= r.end }) else {
        continue
      }
      hit += 1
      if found.count < 3 { found.append(event) }
    }
    return (Double(hit) / Double(max(1, rows.count)), found.map(\.citation), found)
  }
}
