import Testing

/// Faults of what tokens hold, told from what stands around their refusals.
struct TokenFaultTests {
  @Test func `tokens got since Keycloak made keys of another algorithm are refused for it`() throws
  {
    #expect(try Self.signedAnew("ES256") == ["token.algorithm"])
    #expect(!(try Self.signedAnew("RS256")).contains("token.algorithm"))
    let old = try Self.signedAnew("ES256", isNew: false)
    #expect(!old.isEmpty && !old.contains("token.algorithm"))
  }

  /// Six clients; from the 42nd second on a service refuses two of them, who got their tokens a second before, or, all
  /// of them, at the start. Keycloak makes keys at the 41st.
  private static func signedAnew(_ algorithm: String, isNew: Bool = true) throws -> [String] {
    var log = EdgeLog()
    for client in 0..<6 {
      let isOdd = client < 2
      log.token(0.2 * Double(client), client: client)
      if isOdd, isNew { log.token(41 + 0.2 * Double(client), client: client) }
      for k in 0..<80 {
        let time = 1.5 + Double(k) + 0.13 * Double(client)
        log.call(
          time, client: client, "/parcels/items/\(k % 9)",
          isOdd && time > 42 ? (401, 433) : (200, 300 + k % 7), length: 0)
      }
    }
    let keys = KeycloakLines.at(
      [40.9],
      """
      INFO  [org.keycloak.keys.DefaultKeyManager] (executor-thread-7) No keys found for realm=shop and \
      algorithm=\(algorithm) for use=SIG. Generating keys.
      """)
    return try log.causes(keycloak: keys)
  }

  @Test func `a user whose tokens Keycloak calls good lacks a claim`() throws {
    #expect(try Self.introspected(asked: { _ in 1 }) == ["token.claim_rejected"])
    // Of others, while the requests are refused.
    let others = try Self.introspected(asked: { 2 + $0 % 4 })
    #expect(!others.isEmpty && !others.contains("token.claim_rejected"))
    // Somebody else was changed.
    let unchanged = try Self.introspected(asked: { _ in 1 }, changed: 3)
    #expect(!unchanged.contains("token.claim_rejected"))
  }

  /// Six clients of a service that asks Keycloak about each token; it refuses one of them since a user was changed.
  /// - Parameter asked: about whom it asks at a refusal.
  private static func introspected(asked: (_ call: Int) -> Int, changed: Int = 1) throws -> [String]
  {
    var log = EdgeLog()
    var keycloak = KeycloakLines.at(
      [39.2],
      """
      DEBUG [org.keycloak.events] (executor-thread-8) operationType="UPDATE", realmId="shop", \
      realmName="shop", clientId="admin-cli", userId="a1", ipAddress="10.42.7.3", resourceType="USER", \
      resourcePath="users/user-\(changed)"
      """)
    keycloak += log.checked(6, isRefused: { $0 == 1 && $1 > 40 }) { call, _ in
      [
        """
        DEBUG [org.keycloak.events] (executor-thread-\(call.client)) type="INTROSPECT_TOKEN", realmId="shop", \
        realmName="shop", clientId="parcels", \
        userId="user-\(call.isRefused ? asked(call.number) : call.client)", ipAddress="10.42.7.9"
        """
      ]
    }
    return try log.causes(keycloak: KeycloakLines.inOrder(keycloak))
  }

  @Test func `Spring Security's refusals are known by how much longer than its bare one they are`()
    throws
  {
    // Signed JWT rejected: Invalid signature
    #expect(try Self.spring(197, clients: 1...2).first == "token.bad_signature")
    #expect(try Self.spring(196, clients: 1...2).first != "token.bad_signature")
    // The iss claim is not valid, The aud claim is not valid
    let contents = ["token.issuer_mismatch", "token.audience_mismatch"]
    #expect(try contents.contains(Self.spring(185, clients: 1...1, isAlone: true).first ?? ""))
    #expect(try !contents.contains(Self.spring(186, clients: 1...1, isAlone: true).first ?? ""))
    // Signed JWT rejected: Another algorithm expected, or no matching key(s) found; of tokens that were accepted before.
    #expect(
      try Self.spring(235, clients: 0...4, since: 30).first == "resource_server.settings_wrong")
    #expect(
      try Self.spring(234, clients: 0...4, since: 30).first != "resource_server.settings_wrong")
  }

  /// Five clients, some of whom a service behind HAProxy refuses from the k-th call on, with an answer that is longer
  /// than that to a scanner.
  /// - Parameter isAlone: no other service serves these clients.
  private static func spring(
    _ more: Int, clients: ClosedRange<Int>, since: Int = 0, isAlone: Bool = false
  ) throws -> [String] {
    var log = HAProxyLog()
    for k in 0..<60 {
      for client in 0..<5 {
        let time = 1 + Double(k) + 0.13 * Double(client)
        if k % 20 == 0 { log.token(time - 0.5, client: client) }
        log.call(
          time, client: client, "/parcels/items/\(k % 9)",
          clients.contains(client) && k >= since ? (401, 248 + more) : (200, 620 + k % 7))
        if !isAlone {
          log.call(time + 0.05, client: client, "/billing/items/\(k % 9)", (200, 710 + k % 7))
        }
      }
      if k % 6 == 0 {
        log.call(1.9 + Double(k), client: 99, "/parcels/.env", (401, 248), agent: "zgrab/0.x")
      }
    }
    return try log.causes()
  }
}
