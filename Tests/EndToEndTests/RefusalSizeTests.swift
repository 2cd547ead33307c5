import Foundation
import Testing

/// Sizes of refusals and what they are taken for.
struct RefusalSizeTests {
  @Test func `refusals that repeat the path are of one kind`() throws {
    #expect(!(try Self.log { 100 + $0.utf8.count }.causes()).contains("token.malformed"))
  }

  @Test func `refusals of several sizes on paths of one length are of several kinds`() throws {
    #expect(
      try Self.log(isLong: false) { [101, 117, 123, 140][Int($0.utf8.last ?? 0) % 4] }.causes()
        .contains("token.malformed"))
  }

  @Test func `a program's refusal seconds after its token is no call before the login`() throws {
    #expect(!(try Self.young(age: 8).causes()).contains("benign.first_call_before_login"))
    #expect(try Self.young(age: 400).causes().contains("benign.first_call_before_login"))
  }

  @Test func `Envoy's own answer is known by its length where its details are not logged`() throws {
    func causes(_ bytes: Int, _ upstream: String) throws -> [String] {
      let lines = (0..<12).map { k in
        """
        [2026-05-12T10:00:\(10 + k).100Z] "GET /orders/\(k) HTTP/1.1" 403 - 0 \(bytes) 1 \(upstream == "-" ? "-" : "1") "203.0.113.9" \
        "app/1.0" "5d1f0000-0000-4000-8000-0000000000\(10 + k)" "api.example" "\(upstream)"
        """ + "\n"
      }
      let file = try Scratch.file(lines.joined(), name: "envoy-\(bytes)-\(upstream.utf8.count).log")
      return try EdgeLog.causes(of: [file.path])
    }
    #expect(try causes(32, "-") == ["token.audience_mismatch"])
    #expect(try causes(33, "-") != ["token.audience_mismatch"])
    #expect(try causes(32, "198.51.100.7:8080") != ["token.audience_mismatch"])
  }

  @Test func `Contour's own answer is known by its length, too`() throws {
    func causes(_ bytes: Int, _ upstream: String) throws -> [String] {
      let lines = (0..<12).map { k in
        """
        {"@timestamp":"2026-05-12T10:00:\(10 + k).100Z","authority":"api.example","bytes_received":0,\
        "bytes_sent":\(bytes),"downstream_remote_address":"203.0.113.9:4\(1000 + k)","duration":1,"method":"GET",\
        "path":"/orders/\(k)","protocol":"HTTP/1.1","request_id":"5d1f0000-0000-4000-8000-0000000000\(10 + k)",\
        "response_code":403,"response_flags":"-","upstream_cluster":"shop/orders/8080/da39a3ee5e",\
        \(upstream)"user_agent":"app/1.0","x_forwarded_for":"203.0.113.9"}
        """ + "\n"
      }
      let file = try Scratch.file(lines.joined(), name: "\(UUID()).log")
      return try EdgeLog.causes(of: [file.path])
    }
    #expect(try causes(32, "") == ["token.audience_mismatch"])
    #expect(try causes(33, "") != ["token.audience_mismatch"])
    let passed = #""upstream_host":"198.51.100.7:8080","upstream_service_time":"1","#
    #expect(try causes(32, passed) != ["token.audience_mismatch"])
  }

  @Test func `Keycloak's refusal is known by its size behind HAProxy, too`() throws {
    func causes(_ status: Int, _ bytes: Int) throws -> [String] {
      let lines = (0..<8).map { k in
        "May 12 10:00:\(10 + k) edge haproxy[8]: 203.0.113.\(k):4\(1000 + k) "
          + "[12/May/2026:10:00:\(10 + k).100] https sso/kc1 0/0/0/2/2 \(status) \(bytes) - - ---- 3/3/0/0/0 0/0 "
          + "\"POST /realms/shop/protocol/openid-connect/token HTTP/1.1\"\n"
      }
      let file = try Scratch.file(lines.joined(), name: "haproxy-\(status)-\(bytes).log")
      return try EdgeLog.causes(of: [file.path])
    }
    #expect(try causes(403, 340) == ["proxy.https_required"])
    #expect(try causes(403, 341) == ["realm.not_found"])
    #expect(try causes(401, 377) == ["client.bad_secret"])
    #expect(try causes(401, 380) == ["client.grant_not_allowed"])
    #expect(!(try causes(401, 379)).contains("client.grant_not_allowed"))
    #expect(!(try causes(403, 339)).contains("proxy.https_required"))
  }

  @Test func `a claim that one client's tokens lack is known by the size of the refusal`() throws {
    // {"error":"unauthorized","message":"Signature has expired"} and the like: 39 bytes and the text.
    func causes(_ size: Int) throws -> [String] {
      var log = EdgeLog()
      log.serve(200, from: 2, every: 3, apart: 0.3, length: 1300)
      for k in 0..<12 {
        log.call(4 + 14 * Double(k), client: 8, "/orders/items/1", (401, 60), length: 1300)
      }
      for k in 0..<12 {
        log.call(5 + 14 * Double(k), client: 9, "/orders/items/2", (401, 39 + 29), length: 1300)
      }
      log.token(1, client: 7)
      for k in 0..<60 {
        log.call(2 + 3 * Double(k), client: 7, "/orders/items/\(k)", (401, size), length: 1284)
      }
      return try log.causes()
    }
    // Token is missing the \"groups\" claim
    #expect(try causes(39 + 37).contains("token.claim_rejected"))
    #expect(!(try causes(39 + 40)).contains("token.claim_rejected"))
  }

  /// Four clients are served; the header of a fifth, who was, is refused on many paths.
  private static func log(isLong: Bool = true, size: (String) -> Int) -> EdgeLog {
    var log = EdgeLog()
    log.serve(60, from: 2, every: 4, apart: 0.4, length: 1300)
    log.token(1, client: 7)
    for k in 0..<6 {
      log.call(3 + Double(k), client: 7, "/orders/items/\(k)", (200, 300), length: 1300)
    }
    for k in 10..<60 {
      let path = "/orders/" + String(repeating: "x", count: isLong ? k % 5 * 3 + 1 : 1) + "/\(k)"
      log.call(
        10 + 3 * Double(k), client: 7, path, (401, size(path)), length: 1284 + path.utf8.count)
    }
    return log
  }

  /// Programs that get a token `age` seconds before a refusal, and another right after it.
  private static func young(age: Double) -> EdgeLog {
    var log = EdgeLog()
    log.serve(300, from: 2, every: 4, apart: 0.4, length: 0)
    for client in 5..<9 {
      let start = 20 + 7 * Double(client)
      log.token(start, client: client)
      log.call(start + 1, client: client, "/orders/items/1", (200, 300), length: 0)
      let time = start + age
      log.call(time, client: client, "/orders/items/2", (401, 0), length: 0)
      log.token(time + 0.1, client: client)
      log.call(time + 0.2, client: client, "/orders/items/2", (200, 301), length: 0)
    }
    return log
  }
}
