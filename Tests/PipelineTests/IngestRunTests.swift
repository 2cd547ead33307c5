import Evidence
import Foundation
import Testing

@testable import Ingest
@testable import Pipeline

@Suite struct IngestRunTests {
  static func accessLine(_ i: Int) -> String {
    let status = i % 7 == 0 ? 401 : 200
    let second = i % 60 < 10 ? "0\(i % 60)" : "\(i % 60)"
    return
      "10.244.0.\(i % 9) - - [21/Aug/2026:10:\(10 + i / 60 % 50):\(second) +0000] \"GET /api/orders/\(i)?x=1 HTTP/2.0\" \(status) 112 \"-\" \"okhttp/4.12.0\" 911 0.014 [shop-orders-8080] [] 10.244.2.17:8080 112 0.013 \(status) 5f0c0f1e9b0a4c7d8e2f6a7b8c9d0e1f"
  }
  static func log(_ count: Int, from: Int = 0) -> String {
    (from..<from + count).map { accessLine($0) + "\n" }.joined()
  }

  /// Everything that later stages see, as text.
  static func shown(_ run: IngestRun) -> [String] {
    let o = run.observations
    func text(_ s: Symbol) -> String { o.symbols.text(s) }
    var out = run.sources.all.map(\.name)
    for r in o.requests {
      out.append(
        "\(run.sources.text(r.citation)) \(r.start.rfc3339) \(r.status) \(text(r.path)) \(text(r.requestID)) \(text(r.client)) \(text(r.writer))"
      )
    }
    for item in o.successes.items.sorted(by: { $0.priority < $1.priority }) {
      let r = item.request
      out.append(
        "\(item.priority) \(run.sources.text(r.citation)) \(r.start.rfc3339) \(text(r.route))")
    }
    for m in o.messages {
      out.append(
        "\(run.sources.text(m.citation)) \(m.time.rfc3339) \(m.statement.rawValue) \(text(m.text)) \(text(m.writer))"
      )
    }
    for e in o.tokenEvents {
      out.append(
        "\(run.sources.text(e.citation)) \(e.time.rfc3339) \(text(e.type)) \(text(e.error))")
    }
    for (source, c) in o.coverage.sorted(by: { $0.key < $1.key }) {
      out.append(
        "\(source) \(c.lines) \(c.bytes) \(c.continuations) \(c.unparsed) \(c.unparsedExamples.map(\.number)) \(c.formats.map { "\($0.key.rawValue)=\($0.value)" }.sorted()) \(c.statuses.sorted { $0.key < $1.key }) \(c.first.rfc3339) \(c.last.rfc3339) \(c.zoneUncertain) \(c.zoneOffset ?? 0) \(c.problems)"
      )
    }
    return out + run.problems
  }

  static func options(threads: Int, block: Int = 8 << 20, chunk: Int = 256 << 10) -> IngestOptions {
    var options = IngestOptions(threads: threads)
    options.blockSize = block
    options.chunkSize = chunk
    return options
  }

  @Test func `threads, blocks and the order of inputs make no difference`() throws {
    let folder = try TemporaryFolder()
    let a = try folder.write("a.log", Self.log(300))
    let b = try folder.write("b.log", Self.log(200, from: 1000))
    let c = try folder.write("c.log.gz", try folder.gzip(Self.log(100, from: 5000)))
    let d = try folder.write(
      "d.log",
      (0..<50).map {
        "[pod/k-\($0 % 2)/k] 2026/08/21 10:00:0\($0 % 10) [error] 33#33: *\($0) connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.1, server: x, request: \"GET /a HTTP/1.1\", upstream: \"http://10.0.0.2:80/a\", host: \"x\"\n[pod/k-\($0 % 2)/k] \tmore\n"
      }.joined())
    let reference = Self.shown(IngestRun([a, b, c, d], Self.options(threads: 1)))
    #expect(reference.count > 600)
    #expect(reference.contains { $0.hasPrefix("\(a):8 ") })
    for (threads, block, chunk) in [
      (1, 4096, 4096), (4, 4096, 100), (4, 1000, 65536), (3, 777, 1), (2, 8 << 20, 17),
    ] {
      for inputs in [[a, b, c, d], [d, c, b, a], [folder.path], [folder.path + "/", b]] {
        let run = IngestRun(inputs, Self.options(threads: threads, block: block, chunk: chunk))
        let shown = Self.shown(run).map { $0.replacingOccurrences(of: "//", with: "/") }
        #expect(shown == reference, "\(threads) threads, blocks of \(block), chunks of \(chunk)")
      }
    }
  }

  @Test func `a file named twice is read once`() throws {
    let folder = try TemporaryFolder()
    let a = try folder.write("a.log", Self.log(14))
    let run = IngestRun([a, a, folder.path], Self.options(threads: 2))
    #expect(run.observations.requests.count == 2)
  }

  @Test func `blocks cut at every offset give the same`() throws {
    let folder = try TemporaryFolder()
    let text =
      Self.log(3)
        + """
        2026-08-21T10:00:00.1Z stdout P 10.244.0.1 - - [21/Aug/2026:10:00:00 +0000] "GET /x HTTP/1.1" 401
        2026-08-21T10:00:00.1Z stdout F  1 "-" "curl"

        unknown
        2026/08/21 10:00:00 [error] 33#33: *1 user "x": password mismatch, client: 10.0.0.1, server: x, request: "GET /a HTTP/1.1", host: "x"
          indented
        """
    let a = try folder.write("a.log", text)
    let reference = Self.shown(IngestRun([a], Self.options(threads: 1)))
    for block in 1...text.utf8.count where block < 40 || block % 13 == 0 {
      let run = IngestRun([a], Self.options(threads: 2, block: block, chunk: 64))
      #expect(Self.shown(run) == reference, "blocks of \(block)")
    }
  }

  @Test func `what cannot be read is said, and the rest is read`() throws {
    let folder = try TemporaryFolder()
    let a = try folder.write("a.log", Self.log(14))
    let binary = try folder.write("b.bin", (0..<4000).map { UInt8(truncatingIfNeeded: $0 * 7) })
    let run = IngestRun([folder.path, folder.path + "/absent"], Self.options(threads: 2))
    #expect(run.problems == ["\(folder.path)/absent: no such file or directory"])
    #expect(run.sources.all.map(\.name) == [a, binary])
    #expect(run.observations.requests.count == 2)
    #expect(run.observations.coverage[1]?.problems == ["binary data (4000 bytes) were passed over"])
  }

  @Test func `the zone that one line shows is used for all of its file`() throws {
    let folder = try TemporaryFolder()
    let error = "[error] 1#1: *1 user \"x\": password mismatch, client: 10.0.0.1, server: x, "
    let a = try folder.write(
      "a.log",
      """
      2026/08/21 05:00:00 \(error)request: "GET /a HTTP/1.1", host: "x"
      2026/08/21 05:00:01 \(error)request: "GET /a HTTP/1.1", host: "x", [21/Aug/2026:05:00:01 -0500]
      """)
    let run = IngestRun([a], Self.options(threads: 2))
    #expect(
      run.observations.messages.map(\.time.rfc3339) == [
        "2026-08-21T10:00:00Z", "2026-08-21T10:00:01Z",
      ])
    #expect(run.observations.coverage[0]?.zoneOffset == -18_000)
    #expect(run.observations.coverage[0]?.zoneUncertain == false)
    #expect(run.observations.coverage[0]?.first.rfc3339 == "2026-08-21T10:00:00Z")
  }
}
