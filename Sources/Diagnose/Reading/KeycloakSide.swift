internal import Evidence

/// Clients of Keycloak in its admin events.
enum Clients {
  /// An admin event that may have changed the secret of a client: which one, its path names by an id that
  /// other events do not.
  static func secretChange(
    _ group: Group, _ scene: Scene, before time: Instant
  ) -> (text: String, citations: [Citation])? {
    func isSecret(_ e: AdminEvent) -> Bool { scene.text(e.resourcePath).hasSuffix("client-secret") }
    return Signals.adminEvents(scene, before: time, within: 600) { e in
      scene.text(e.resourcePath).hasPrefix("clients/")
        && (isSecret(e) || scene.text(e.operation) == "UPDATE")
    }.last.map { e in
      (
        isSecret(e)
          ? "a client was given another secret about then"
          : "an administrator changed a client about then",
        [e.citation]
      )
    }
  }
}

/// The realm's keys.
enum Keys {
  /// A good fetch of the JWKS by a party, in Keycloak's access log or at the edge.
  static func fetched(by party: Int32, _ scene: Scene) -> Citation? {
    let own = Set(scene.file.parties[Int(party)].addresses)
    guard !own.isEmpty else { return nil }
    for leg in scene.file.legs where leg.hop == .keycloak && leg.status == 200 {
      if own.contains(leg.client), scene.text(leg.route).hasSuffix("/certs") { return leg.citation }
    }
    for i in scene.keyFetches {
      let r = scene.file.exchanges[i].request
      if own.contains(r.client) { return r.citation }
    }
    return nil
  }

  /// Keycloak's word of its first keys for an algorithm of signatures that is not the usual one: a client or the
  /// realm was told to use it.
  static func ofOtherAlgorithms(_ scene: Scene, before time: Instant) -> [Message] {
    generated(scene, before: time) { isOtherAlgorithm($0) }
  }

  /// Keycloak's word of its first keys for algorithms.
  private static func generated(
    _ scene: Scene, before time: Instant, _ isWanted: (String) -> Bool
  ) -> [Message] {
    Signals.messages([.keysGenerated], scene.first, time, margin: 0, scene).filter {
      isWanted(scene.text($0.subject))
    }
  }

  /// RFC 7518 section 3.1, RFC 8037; Keycloak signs with RS256 unless told otherwise.
  private static func isOtherAlgorithm(_ name: String) -> Bool {
    ["RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"].contains(name)
  }

  /// What `changes` shows: that a component is a key provider stands in no line.
  static func change(_ scene: Scene, before time: Instant) -> String {
    !generated(scene, before: time, { !isOtherAlgorithm($0) }).isEmpty
      ? "Keycloak made new keys before"
      : "an administrator changed a component of a realm before, as key providers are"
  }

  /// Admin events on components, or Keycloak's own word of new keys, before a time.
  static func changes(_ scene: Scene, before time: Instant) -> [Citation] {
    let from = scene.first
    let all = scene.adminChanges
    let events = all.componentEvents.filter {
      $0.time >= from && $0.time <= time.advanced(seconds: 2)
    }
    let words = generated(scene, before: time) { !isOtherAlgorithm($0) }
    let calls = all.componentCalls.filter { $0.time >= from && $0.time <= time }
    let result = events.map(\.citation) + words.map(\.citation) + calls.map(\.citation)
    return Array(result.prefix(3))
  }
}

/// Restarts of a service in the middle of a story.
enum Restarts {
  /// A few 502/503 of a party between refusals with a given statement and good answers.
  static func isRestartOf(
    _ group: Group, _ profile: Profile, _ scene: Scene, statement: Statement
  ) -> Bool {
    guard group.status == 502 || group.status == 503, group.count <= 30, profile.median < 100_000
    else { return false }
    let from = profile.first.advanced(seconds: -15)
    let before = scene.within(scene.byParty[Int(group.party)], from, profile.first)
    return before.contains { scene.answers.statement($0) == statement }
  }
}
