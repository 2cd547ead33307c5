import Testing

/// Where a refused client gets its tokens.
struct TokenOriginTests {
  @Test func `who has tokens of the realm master only shows them to a service of another realm`()
    throws
  {
    #expect(try Self.clients(realms: ["master"]).causes() == ["token.other_realm"])
    #expect(
      !(try Self.clients(realms: ["master", "shop"]).causes()).contains("token.other_realm"))
  }

  @Test func `programs of one address have tokens of their own, where their ports tell them apart`()
    throws
  {
    var log = HAProxyLog()
    for client in 0..<4 {
      for program in 0..<2 where program == 0 || client < 2 {
        log.program = program
        for k in 0..<60 {
          let time = 2 + 2 * Double(k) + 0.3 * Double(client) + Double(program)
          if k % 10 == 0 {
            log.token(time - 0.8, client: client, realm: program == 0 ? "shop" : "sandbox")
          }
          log.call(
            time, client: client, "/orders/items/\(k % 9)",
            program == 1 ? (401, 230) : (200, 520 + k % 7))
        }
      }
    }
    #expect(try log.causes() == ["token.other_realm"])
  }

  /// Four clients of realm shop are served; a fifth is refused, which gets its tokens of some realms in turn.
  private static func clients(realms: [String]) -> HAProxyLog {
    var log = HAProxyLog()
    for client in 0..<5 {
      for k in 0..<60 {
        let time = 2 + 2 * Double(k) + 0.3 * Double(client)
        if k % 10 == 0 {
          log.token(
            time - 1, client: client, realm: client == 4 ? realms[k / 10 % realms.count] : "shop")
        }
        log.call(
          time, client: client, "/orders/items/\(k % 9)",
          client == 4 ? (401, 230) : (200, 520 + k % 7))
      }
    }
    return log
  }
}
