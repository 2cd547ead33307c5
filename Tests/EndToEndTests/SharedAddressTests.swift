import Foundation
import Testing

/// Nodes and load balancers that put their own address in the place of the clients'.
struct SharedAddressTests {
  @Test func `where one address stands for all, each user agent is a client`() throws {
    #expect(try Self.weighed(address: "10.244.0.1").contains("EveryClient"))
    // One of several addresses is a client as others are.
    #expect(try Self.weighed(address: nil).contains("EveryClient"))
    #expect(!(try Self.weighed(address: "10.244.0.1", agent: "app/1.0")).contains("EveryClient"))
  }

  @Test func `where one address stands for all, each connection is a client`() throws {
    func weighed(port: Int?) throws -> String {
      var log = HAProxyLog()
      log.hasAgents = false
      for client in 0..<4 {
        log.token(0.2 * Double(client), client: client)
        for k in 0..<60 {
          let time = 3 + 2 * Double(k) + 0.3 * Double(client)
          log.call(
            time, client: client, "/orders/items/\(k)",
            time > 40 && time < 80 ? (401, 310) : (200, 420))
        }
      }
      let text = log.text.replacing(/203\.0\.113\.\d+:(\d+)/) {
        "10.244.0.1:\(port.map(String.init) ?? String($0.output.1))"
      }
      return try Tool.weighing(EdgeLog.files(text))
    }
    #expect(try weighed(port: nil).contains("EveryClient"))
    #expect(!(try weighed(port: 41000)).contains("EveryClient"))
  }

  @Test func `that the clients' addresses are hidden is said`() throws {
    func page(_ address: String?) throws -> String {
      let file = try Scratch.file(Self.log(address).text(), name: "\(UUID().uuidString).log")
      return SettingsTests.words(try Tool.run([file.path]).output)
    }
    #expect(try page("10.244.0.1").contains("nearly all requests come from 10.244.0.1"))
    #expect(!(try page(nil)).contains("nearly all requests"))
  }

  /// How refusals of all clients of a service for a minute were weighed.
  private static func weighed(address: String?, agent: String? = nil) throws -> String {
    try Tool.weighing(EdgeLog.files(log(address, agent).text()))
  }

  private static func log(_ address: String?, _ agent: String? = nil) -> EdgeLog {
    var log = EdgeLog()
    log.address = address
    for client in 0..<6 {
      log.token(0.2 * Double(client), client: client)
      for k in 0..<90 {
        let time = 3 + 2 * Double(k) + 0.3 * Double(client)
        let isRefused = time > 60 && time < 120
        log.call(
          time, client: client, "/orders/items/\(k)", isRefused ? (401, 74) : (200, 300),
          agent: agent, length: 1300)
      }
    }
    return log
  }
}
