import Foundation
import Testing

/// Services have names of their own: what looks like a health check's path or a scanner's may be theirs.
struct TelltaleNameTests {
  @Test(arguments: [
    "/health-records/items", "/healthcare/ping/items", "/actuators/items", "/digital.github/items",
    "/metrics-api/items", "/orders/health/records",
  ])
  func `the name of a service makes no health check and no scanner of its clients`(_ path: String)
    throws
  {
    let signs = try Self.asked(path)
    #expect(!signs.contains("noTokenProbe") && !signs.contains("noTokenScanner"))
    #expect(signs.contains("noTokenPrior"))
  }

  @Test(arguments: [
    "/orders/healthz", "/orders/actuator/health/liveness", "/orders/_cluster/health",
  ])
  func `the paths of health checks are known`(_ path: String) throws {
    #expect(try Self.asked(path).contains("noTokenProbe"))
  }

  @Test(arguments: ["/orders/.git/config", "/orders/.env.local", "/orders/actuator/env"])
  func `the paths that scanners ask for are known`(_ path: String) throws {
    #expect(try Self.asked(path).contains("noTokenScanner"))
  }

  @Test func `a client that scans barcodes is no scanner`() throws {
    #expect(!(try Self.asked("/orders/items", agent: "scanner-app/2.1")).contains("noTokenScanner"))
    let scan = "Mozilla/5.0 (compatible; internet-wide scan)"
    #expect(try Self.asked("/orders/items", agent: scan).contains("noTokenScanner"))
  }

  /// How refusals of somebody who asks for one path, among others who are served, were weighed.
  private static func asked(_ path: String, agent: String? = nil) throws -> String {
    var log = EdgeLog()
    log.serve(100, from: 2, every: 4, apart: 0.4, length: 1300)
    for k in 0..<30 {
      log.call(10 + 11 * Double(k), client: 9, path, (401, 61), agent: agent, length: 215)
    }
    return try Tool.weighing(EdgeLog.files(log.text()))
  }
}
