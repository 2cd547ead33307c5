import Foundation
import Testing

/// Several faults at once: what is a stranger's says nothing of a fault.
struct OverlapTests {
  @Test func `others' first calls elsewhere leave an audience what it is`() throws {
    #expect(try Self.audience().causes().first == "token.audience_mismatch")
    let beside = try Self.audience(firstCalls: 12).causes()
    #expect(beside.contains("token.audience_mismatch"))
    // The same clients' tokens are refused by another service, too.
    #expect(try Self.audience(refusedAtCatalog: true).causes().first != "token.audience_mismatch")
  }

  @Test func `a size that fits other words speaks against a cause, one that fits for it`() throws {
    // With `{"error":"invalid_token","message":…}` around: "Not enough segments", "Signature verification failed".
    #expect(try Self.audience(size: 58).causes() == ["token.malformed"])
    #expect(try Self.audience(size: 68).causes() == ["token.bad_signature"])
  }

  /// Six clients that renew; two of them are refused by one of two services, with tokens that the other accepts.
  private static func audience(
    size: Int = 433, firstCalls: Int = 0, refusedAtCatalog: Bool = false
  ) -> EdgeLog {
    var log = EdgeLog()
    for client in 0..<6 {
      let begin = client < 2 ? 12.0 : 0
      log.token(begin + 0.2 * Double(client), client: client)
      for k in 0..<40 {
        let time = begin + 0.4 + 0.2 * Double(client) + 1.3 * Double(k)
        let isOdd = client < 2
        if time > 60 { break }
        log.call(
          time, client: client, "/orders/items/\(k % 9)",
          isOdd ? (401, size) : (200, 300 + k % 7), length: 0)
        log.call(
          time + 0.3, client: client, "/catalog/items/\(k % 9)",
          isOdd && refusedAtCatalog ? (401, 298) : (200, 410 + k % 7), length: 0)
      }
    }
    for k in 0..<firstCalls {
      let (time, client) = (10 + 3 * Double(k), 30 + k)
      log.call(time, client: client, "/parcels/1", (401, 61), length: 0)
      log.token(time + 0.2, client: client)
      for n in 0..<3 {
        log.call(
          time + 0.4 + 0.2 * Double(n), client: client, "/parcels/\(n)", (200, 120 + n), length: 0)
      }
    }
    return log
  }

  @Test func `a header that the service reads of others is not stripped for visitors`() throws {
    #expect(try Self.visitors(reader: false).contains("ingress.auth_header_stripped"))
    #expect(!(try Self.visitors(reader: true)).contains("ingress.auth_header_stripped"))
  }

  /// The causes of one client's refusals by a service that answers all as if they sent no token from a reload of the
  /// edge on until the next; or, where it reads what the others send, refuses that in other words.
  private static func visitors(reader: Bool) throws -> [String] {
    var log = EdgeLog()
    for client in 0..<4 {
      log.visits(of: client, until: 90, every: 0.9, renewal: 20) { log, k, time, _ in
        let isLost = (30..<60).contains(time)
        let answer = reader && client > 0 ? (401, 84) : (401, 61)
        log.call(
          time, client: client, "/orders/items/\(k % 9)", isLost ? answer : (200, 300 + k % 7),
          length: 0)
      }
    }
    for k in 0..<6 {
      log.call(
        2 + 15 * Double(k), client: 180, "/orders/.env", (401, 61), agent: "zgrab/0.x", length: 0)
    }
    let inputs = try [log.text(), EdgeErrors.reloads(at: 30, 60)].map {
      try Scratch.file($0, name: "\(UUID()).log").path
    }
    let rows = try Tool.attributions(inputs).filter {
      ($0["client"] as? String ?? "").hasSuffix(".20") && $0["status"] as? Int == 401
    }
    return rows.compactMap { $0["cause"] as? String }
  }

  @Test func `passwords refused at one door leave another service's issuer what it is`() throws {
    for doorkeeper in [true, false] {
      let causes = try Self.issuer(doorkeeper: doorkeeper).causes()
      #expect(causes.contains("token.issuer_mismatch"))
      #expect(!causes.contains("proxy.forwarded_headers_missing"))
    }
  }

  /// A service that refuses everybody beside one that serves; from the 20th second on two clients are turned away by
  /// the edge at a third.
  private static func issuer(doorkeeper: Bool) -> EdgeLog {
    var log = EdgeLog()
    for client in 0..<4 {
      log.visits(of: client, until: 60, every: 0.9, renewal: 12) { log, k, time, _ in
        log.call(time, client: client, "/orders/items/\(k % 9)", (401, 53), length: 0)
        log.call(
          time + 0.2, client: client, "/catalog/items/\(k % 9)", (200, 410 + k % 7), length: 0)
      }
    }
    for k in 0..<30 where doorkeeper {
      log.call(
        20 + Double(k), client: 10 + k % 2, "/console/\(k % 3)", (401, 172), length: 0,
        answeredByEdge: true)
    }
    return log
  }

  @Test func `a client without the role lacks it during an outage, too`() throws {
    #expect(try Self.outage(after: (403, 71)) == ["user.role_missing"])
    // The name server's log makes that outage likelier everywhere.
    #expect(try Self.outage(after: (403, 71), isNamed: true) == ["user.role_missing"])
    #expect(try Self.outage(after: (200, 310)) != ["user.role_missing"])
  }

  /// The causes of what a client meets whom a service forbids its requests before all lose Keycloak, and answers as
  /// given when they have it again.
  private static func outage(
    after: (status: Int, size: Int), isNamed: Bool = false
  ) throws -> Set<String> {
    var log = EdgeLog()
    for client in 0..<3 {
      for k in 0..<60 {
        let time = 0.7 * Double(client) + 1.5 * Double(k)
        log.token(time, client: client)
        for (service, size) in [("orders", 61), ("billing", 83)] {
          let isLost = (41..<70).contains(time)
          let good = client < 2 ? (200, 300 + k % 7) : time < 41 ? (403, 71) : after
          log.call(
            time + 0.4, client: client, "/\(service)/items/\(k % 9)", isLost ? (401, size) : good,
            length: 0)
        }
      }
    }
    var inputs = [try Scratch.file(log.text(), name: "\(UUID()).log").path]
    if isNamed {
      let lines = (5..<85).map { k in
        """
        2026-05-12T10:\(String(format: "%02d:%02d", k / 60, k % 60)).200Z [INFO] 10.42.0.9:41000 - 7 \
        "A IN keycloak.iam.svc.cluster.local. udp 53 false 512" SERVFAIL qr,rd 53 0.000101s

        """
      }
      inputs.append(try Scratch.file(lines.joined(), name: "coredns-\(UUID()).log").path)
    }
    let rows = try Tool.attributions(inputs)
    return Set(
      rows.filter {
        ($0["client"] as? String ?? "").hasSuffix(".22") && $0["status"] as? Int == 401
      }
      .compactMap { $0["cause"] as? String })
  }

  @Test func `tokens of a service whose clients renew often end, however old others get`() throws {
    #expect(try Self.lifespans(renewal: 14).causes() == ["token.expired"])
    // Tokens as old are served by the same service.
    #expect(!(try Self.lifespans(renewal: 50).causes()).contains("token.expired"))
  }

  /// One service's clients keep a token for a minute, another's renew sooner but for one, refused from 16 s on.
  private static func lifespans(renewal: Double) -> EdgeLog {
    var log = EdgeLog()
    log.serve(0..<4, until: 100, every: 0.9, renewal: 60)
    for client in 4..<8 {
      log.visits(of: client, until: 100, every: 0.9, renewal: renewal) { log, k, time, _ in
        log.call(time, client: client, "/billing/items/\(k % 9)", (200, 410 + k % 7), length: 0)
      }
    }
    log.token(20, client: 9)
    for k in 0..<60 {
      let time = 20.2 + 0.9 * Double(k)
      log.call(
        time, client: 9, "/billing/items/\(k % 9)",
        time - 20 > 16 ? (401, 97) : (200, 410 + k % 7), length: 0)
    }
    return log
  }

  @Test func `HAProxy's sizes tell what a usual server's refusals say`() throws {
    // gunicorn: "Invalid issuer", "The token is not yet valid (iat)".
    #expect(try Self.haproxy(268) == "token.issuer_mismatch")
    #expect(try Self.haproxy(304) == "token.clock_skew")
    // Werkzeug, whose name is longer.
    #expect(try Self.haproxy(324) == "token.clock_skew")
    #expect(try Self.haproxy(305) != "token.clock_skew")
  }

  /// The first cause where a service behind HAProxy refuses all its clients with answers of a size.
  private static func haproxy(_ size: Int) throws -> String? {
    var lines: [String] = []
    func line(_ time: Double, _ client: Int, _ peer: String, _ request: String, _ answer: String) {
      let clock = String(
        format: "10:%02d:%06.3f", Int(time) / 60, time.truncatingRemainder(dividingBy: 60))
      lines.append(
        "May 12 \(clock.prefix(8)) edge haproxy[8]: 203.0.113.\(client):\(40_000 + client) "
          + "[12/May/2026:\(clock)] http \(peer)/SRV_1 0/0/0/4/4 \(answer) - - ---- 9/9/0/0/0 0/0 "
          + "\"\(request) HTTP/1.1\"")
    }
    for k in 0..<40 {
      let time = 1 + 1.1 * Double(k)
      let client = 20 + k % 4
      line(
        time, client, "auth_keycloak_8080", "POST /realms/shop/protocol/openid-connect/token",
        "200 3646")
      line(time + 0.1, client, "shop_orders_8080", "GET /orders/items/\(k % 9)", "401 \(size)")
      line(
        time + 0.3, client, "shop_catalog_8080", "GET /catalog/items/\(k % 9)", "200 \(290 + k % 4)"
      )
    }
    let log = try Scratch.file(lines.joined(separator: "\n") + "\n", name: "\(UUID()).log")
    return try EdgeLog.causes(of: [log.path]).first
  }
}
