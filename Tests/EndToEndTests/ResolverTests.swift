import Foundation
import Testing

/// What gateways on lua-resty-dns say of Keycloak's name.
struct ResolverTests {
  @Test
  func `a gateway's name server that does not answer is told from one that knows no such name`()
    throws
  {
    #expect(
      try Self.causes(
        "failed to query the DNS server: failed to receive reply from UDP server 10.96.0.10:53: timeout",
        seconds: 2) == ["dns.blocked"])
    #expect(
      try Self.causes("server returned error code: 3: name error", seconds: 0.003) == [
        "dns.nxdomain"
      ])
    #expect(
      try Self.causes("server returned error code: 2: server failure", seconds: 0.003) == [
        "dns.servfail"
      ])
  }

  @Test func `an empty answer of the name server is that to a name without addresses`() throws {
    let query = "failed to query the DNS server: dns client error: "
    #expect(
      try Self.causes(query + "101 empty record received", seconds: 0.003) == ["dns.nxdomain"])
    #expect(
      !(try Self.causes(query + "100 cache only lookup failed", seconds: 0.003)).contains(
        "dns.nxdomain"))
  }

  /// APISIX, which for half a minute answers calls for tokens itself, and its errors.
  private static func causes(_ error: String, seconds: Double) throws -> [String] {
    var access = ""
    var errors = ""
    for k in 0..<100 {
      let isLost = (30..<60).contains(k)
      let clock = String(format: "10:%02d:%02d", k / 60, k % 60)
      let client = 20 + k % 5
      let path = "/realms/shop/protocol/openid-connect/token"
      let answer =
        isLost
        ? "503 194 \(seconds) \"-\" \"client-\(client)/1.0\" - - -"
        : "200 1441 0.013 \"-\" \"client-\(client)/1.0\" 198.51.100.20:8080 200 0.012"
      access += """
        203.0.113.\(client) - - [12/May/2026:\(clock) +0000] api.example.com "POST \(path) HTTP/1.1" \
        \(answer) "http://api.example.com"

        """
      guard isLost else { continue }
      errors += """
        2026/05/12 \(clock) [error] 45#45: *\(900 + k) [lua] upstream.lua:80: parse_domain_for_nodes(): \
        failed to parse domain: keycloak.iam.svc, error: \(error), client: 203.0.113.\(client), server: _, \
        request: "POST \(path) HTTP/1.1", host: "api.example.com"

        """
    }
    return try EdgeLog.causes(
      of: [("access", access), ("error", errors)].map {
        try Scratch.file($0.1, name: "\($0.0)-\(UUID().uuidString).log").path
      })
  }
}
