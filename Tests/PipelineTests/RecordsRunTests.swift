import Evidence
import Foundation
import Testing

@testable import Ingest
@testable import Pipeline

@Suite struct RecordsRunTests {
  private static func records(_ inputs: [String], _ options: IngestOptions) -> [String] {
    var bytes: [UInt8] = []
    _ = RecordsRun(inputs, options) {
      bytes += $0
      return true
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  static let mixed =
    IngestRunTests.log(8) + """
      2026/08/21 10:00:00 [error] 33#33: *1 user "x": password mismatch, client: 10.0.0.1, server: x, request: "GET /a HTTP/1.1", host: "x"
        indented

      {"unknown \u{1b}[31m \u{202e} "words"
      """

  @Test func `every line has its record, in order`() throws {
    let folder = try TemporaryFolder()
    let a = try folder.write("a.log", Self.mixed)
    let records = Self.records([a], IngestRunTests.options(threads: 1))
    #expect(records.count == 12)
    for (i, record) in records.enumerated() {
      #expect(record.hasPrefix("{\"citation\":\"\(a):\(i + 1)\",\"format\":"))
      let object = try JSONSerialization.jsonObject(with: Data(record.utf8)) as? [String: Any]
      #expect(object?["kind"] is String)
    }
    #expect(
      records[1]
        == "{\"citation\":\"\(a):2\",\"format\":\"nginx.ingress\",\"kind\":\"request\",\"time\":\"2026-08-21T10:10:01Z\",\"client.address\":\"10.244.0.1\",\"http.request.method\":\"GET\",\"url.path\":\"/api/orders/1\",\"http.response.status_code\":200,\"user_agent.original\":\"okhttp/4.12.0\",\"http.request.size\":911,\"http.response.size\":112,\"duration\":0.014,\"request_id\":\"5f0c0f1e9b0a4c7d8e2f6a7b8c9d0e1f\",\"upstream.status_code\":200,\"upstream.address\":\"10.244.2.17:8080\",\"upstream.name\":\"shop-orders-8080\"}"
    )
    #expect(records[8].contains("\"statement\":\"edge.basic_password_mismatch\""))
    #expect(records[9].contains("\"kind\":\"continuation\""))
    #expect(records[11].contains("\"kind\":\"unparsed\",\"length\":"))
  }

  @Test func `a line behind one of several texts has its record, too`() throws {
    let folder = try TemporaryFolder()
    let access = #"192.0.2.5 - - [21/Aug/2026:10:00:00 +0000] \"GET /a HTTP/1.1\" 401 12"#
    let a = try folder.write(
      "a.log",
      """
      {"log":"\(access)\\n\(access)\\n","stream":"stdout","time":"2026-08-21T10:00:00.1Z"}
      {"log":"\(access)\\n\(access)\\n","stream":"stdout","time":"2026-08-2
      nothing known
      """)
    let records = Self.records([a], IngestRunTests.options(threads: 1))
    let lines = records.map { $0.dropFirst("{\"citation\":\"\(a):".utf8.count).prefix(1) }
    #expect(lines == ["1", "1", "2", "3"])
  }

  @Test func `an event that a runtime cut in a small log is no pasted event that goes on`() throws {
    let folder = try TemporaryFolder()
    let event =
      #"type=\"LOGIN_ERROR\", realmId=\"f1\", realmName=\"shop\", clientId=\"web\", ipAddress="#
    let a = try folder.write(
      "a.log",
      """
      2026-08-21T10:00:00.100000000Z stdout P {"timestamp":"2026-08-21T10:00:00.099Z","loggerClassName":"org.jboss.logging.Logger","loggerName":"org.keycloak.events","level":"WARN","message":
      2026-08-21T10:00:00.100000001Z stdout P "\(event)
      2026-08-21T10:00:00.100000002Z stdout F \\"192.0.2.5\\", error=\\"expired_code\\"","mdc":{}}
      """)
    let records = Self.records([a], IngestRunTests.options(threads: 1))
    #expect(records.count == 3)
    #expect(records.last?.contains("\"keycloak.error\":\"expired_code\"") == true)
  }

  @Test func `blocks, threads and compression make no difference`() throws {
    let folder = try TemporaryFolder()
    let a = try folder.write("a.log", Self.mixed)
    let reference = Self.records([a], IngestRunTests.options(threads: 1))
    for (threads, block, chunk) in [(2, 300, 64), (3, 1000, 7), (1, 100, 4096)] {
      #expect(
        Self.records([a], IngestRunTests.options(threads: threads, block: block, chunk: chunk))
          == reference)
    }
    let b = try folder.write("a.log.gz", try folder.gzip(Self.mixed))
    let compressed = Self.records([b], IngestRunTests.options(threads: 1, chunk: 50))
    #expect(compressed.map { $0.replacingOccurrences(of: ".log.gz:", with: ".log:") } == reference)
  }
}
