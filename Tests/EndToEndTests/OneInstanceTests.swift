import Testing

/// Refusals of a part of a service: of one of its instances, of one of its routes.
struct OneInstanceTests {
  @Test func `young tokens that are called expired and served again met a wrong clock`() throws {
    let one = Self.service(instances: 3)
    #expect(try one.edge.causes(others: [("orders", one.words)]) == ["token.clock_skew"])
    let all = Self.service(instances: 1)
    #expect(try all.edge.causes(others: [("orders", all.words)]) == ["token.expired"])
  }

  @Test func `refusals that only young tokens meet, now and then, are of a clock behind`() throws {
    let young = try Self.clients(refusedBelow: 20).causes()
    #expect(young.first == "token.clock_skew")
    // As often, at any age.
    #expect(!(try Self.clients(refusedBelow: 60).causes()).contains("token.clock_skew"))
  }

  @Test func `a token that nobody else's is as old as, by far, is expired though one is older`()
    throws
  {
    // A visitor behind the same address brings a token from before these logs.
    #expect(try Self.lapsed(visitor: true).causes() == ["token.expired"])
    #expect(try Self.lapsed(visitor: false).causes() == ["token.expired"])
  }

  /// A client that never renews among others that do; another's address has a visitor who goes on with a token
  /// that nobody saw it get.
  private static func lapsed(visitor: Bool) -> EdgeLog {
    var log = EdgeLog()
    log.serve(0..<4, until: 400, every: 1.3, renewal: 55)
    if visitor {
      log.token(2, client: 5)
      log.call(390, client: 5, "/orders/items/1", (200, 300), length: 0)
    }
    log.token(1, client: 7)
    for k in 0..<200 {
      let time = 2 + 1.9 * Double(k)
      log.call(
        time, client: 7, "/orders/items/\(k % 9)", time > 65 ? (401, 0) : (200, 300), length: 0)
    }
    return log
  }

  /// Six clients with tokens of a minute; of five instances one refuses those younger than `limit` seconds, with
  /// an answer that it gives to everybody. After a refusal they get a new token.
  private static func clients(refusedBelow limit: Double) -> EdgeLog {
    var log = EdgeLog()
    for client in 0..<6 {
      var login = 0.3 * Double(client)
      log.token(login, client: client)
      for k in 0..<500 {
        let time = 1 + 1.1 * Double(k) + 0.15 * Double(client)
        if time - login > 55 {
          login = time
          log.token(login, client: client)
          continue
        }
        // Which instance answers looks like chance.
        var chance = UInt64(k * 6 + client + 1) &* 0x9E37_79B9_7F4A_7C15
        chance = (chance ^ chance >> 29) &* 0xBF58_476D_1CE4_E5B9
        let instance = (chance >> 40) % 13
        let isRefused = instance == 0 && time - login < limit
        log.call(
          time, client: client, "/orders/items/\(k % 5)",
          isRefused ? (401, 80) : (200, 300 + k % 7), length: 0)
        if isRefused {
          login = time + 0.1
          log.token(login, client: client)
        }
      }
    }
    return log
  }

  @Test func `an instance that refuses young tokens for a while has a clock behind`() throws {
    #expect(try Self.instances(refusedBelow: 30).causes() == ["token.clock_skew"])
    // All instances do: then it is not the clock of one.
    #expect(try Self.instances(refusedBelow: 30, all: true).causes() != ["token.clock_skew"])
  }

  /// Three instances, of which the third refuses tokens that are younger than `limit` seconds in the third and fourth
  /// minute; clients renew after 80 seconds.
  private static func instances(refusedBelow limit: Double, all: Bool = false) -> EdgeLog {
    var log = EdgeLog()
    for client in 0..<6 {
      log.visits(of: client, until: 480, every: 2.3, renewal: 80) { log, k, time, login in
        let instance = (k + client) % 3
        let isRefused =
          (all || instance == 2) && (120..<240).contains(time) && time - login < limit
        log.upstream = "10.42.5.\(80 + instance):8080"
        log.call(
          time, client: client, "/orders/items/\(k % 9)",
          isRefused ? (401, 70) : (200, 300 + k % 7), length: 1500)
      }
    }
    return log
  }

  @Test func `a route that alone refuses clients wants a right of them`() throws {
    #expect(try Self.routes(served: "/orders/items/1").causes() == ["user.role_missing"])
    #expect(!(try Self.routes(served: "/orders/admin/1").causes()).contains("user.role_missing"))
  }

  /// Four clients with tokens of a minute. Of three instances one calls tokens of four seconds expired; a single
  /// one those that are older than a minute.
  private static func service(instances: Int) -> (edge: EdgeLog, words: String) {
    var log = EdgeLog()
    var refusals: [Double] = []
    for client in 0..<4 {
      log.visits(of: client, until: 300, every: 1.3, renewal: instances == 1 ? 75 : 58) {
        log, k, time, login in
        let isRefused = instances == 1 ? time - login > 60 : k % 3 == 0 && time - login > 4
        if isRefused { refusals.append(time) }
        log.call(
          time, client: client, "/orders/items/\(k % 9)",
          isRefused ? (401, 118) : (200, 300 + k % 7),
          length: 1300)
      }
    }
    let words = refusals.sorted().map {
      KeycloakLines.at(
        [$0 + 0.001],
        "WARNING orders.auth token rejected: ExpiredSignatureError: Signature has expired")
    }
    return (log, words.joined())
  }

  /// A client with a token that is refused on a route of administration.
  private static func routes(served: String) -> EdgeLog {
    var log = EdgeLog()
    log.serve(60, from: 2, every: 2, apart: 0.3, length: 0)
    log.token(1, client: 7)
    for k in 0..<30 {
      log.call(3 + 2 * Double(k), client: 7, "/orders/admin/1", (401, 118), length: 0)
      log.call(4 + 2 * Double(k), client: 7, served, (200, 340), length: 0)
    }
    return log
  }
}
