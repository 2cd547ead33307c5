import Testing

/// What the length of a key's id in a refusal tells.
struct KeyIDSizeTests {
  @Test func `ids of 36 characters are those of keys for HMAC: refresh tokens of users`() throws {
    #expect(try Self.refused(idLength: 36).first == "token.wrong_type")
    #expect(try Self.refused(idLength: 36, isClient: true).first == "token.algorithm")
    for isClient in [false, true] {
      let usual = try Self.refused(idLength: 43, isClient: isClient)
      #expect(!usual.isEmpty)
      #expect(!usual.contains("token.wrong_type") && !usual.contains("token.algorithm"))
    }
  }

  @Test
  func `a token whose key's id is one for HMAC at one service is none of a lost key at the next`()
    throws
  {
    #expect(try Self.refusedTwice(idLength: 36) == ["token.wrong_type"])
    #expect(!(try Self.refusedTwice(idLength: 43)).contains("token.wrong_type"))
  }

  /// Two services refuse one client: one names the key's id, the other says
  /// `{"error":"unauthorized","message":"unsupported_algorithm: Algorithm of 'HS512' is not allowed"}`, which is as
  /// long as `invalid_key_id: No key for kid: '…'` might be with an id of 19 characters.
  private static func refusedTwice(idLength: Int) throws -> [String] {
    let unknown = 39 + "Unable to find a signing key that matches: \\\"\\\"".utf8.count + idLength
    let algorithm = 39 + "unsupported_algorithm: Algorithm of 'HS512' is not allowed".utf8.count
    var log = EdgeLog()
    log.serve(200, from: 2, every: 3, apart: 0.3, length: 0)
    for client in 0..<4 {
      for k in 0..<200 {
        log.call(
          2.4 + 3 * Double(k) + 0.3 * Double(client), client: client, "/parcels/items/\(k)",
          (200, 410 + k % 5), length: 0)
      }
    }
    for client in 5..<8 {
      log.token(1 + Double(client), client: client)
      for k in 0..<40 {
        let time = 60 + 3 * Double(k) + 0.2 * Double(client)
        log.call(time, client: client, "/orders/items/\(k)", (401, unknown), length: 0)
        log.call(time + 0.1, client: client, "/parcels/items/\(k)", (401, algorithm), length: 0)
      }
    }
    return try log.causes()
  }

  /// Four clients are served, and one is refused with
  /// `{"error":"unauthorized","message":"Unable to find a signing key that matches: \"…\""}`; other refusals of the
  /// service say `Signature has expired` and `Signature verification failed`.
  /// - Parameter isClient: it logs in by itself, as Keycloak's events say.
  private static func refused(idLength: Int, isClient: Bool = false) throws -> [String] {
    let text = 39 + "Unable to find a signing key that matches: \\\"\\\"".utf8.count + idLength
    var log = EdgeLog()
    log.serve(200, from: 2, every: 3, apart: 0.3, length: 0)
    for k in 0..<12 {
      log.call(4 + 14 * Double(k), client: 8, "/orders/items/1", (401, 39 + 21), length: 0)
      log.call(5 + 14 * Double(k), client: 9, "/orders/items/2", (401, 39 + 29), length: 0)
    }
    log.token(1, client: 7)
    for k in 0..<60 {
      log.call(2 + 3 * Double(k), client: 7, "/orders/items/\(k)", (401, text), length: 0)
    }
    let events = ([(1, 0.2), (2, 0.4), (3, 0.6), (7, 1)] as [(Int, Double)]).map {
      KeycloakLines.at(
        [$1 - 0.002],
        """
        DEBUG [org.keycloak.events] (executor-thread-4) \
        type="\(isClient ? "CLIENT_LOGIN" : "LOGIN")", realmId="shop", realmName="shop", \
        clientId="batch-\($0)", userId="u\($0)", ipAddress="203.0.113.\(20 + $0)"
        """)
    }
    return try log.causes(keycloak: events.joined())
  }
}
