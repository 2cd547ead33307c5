import Foundation
import Testing

/// `--since` and `--until`.
struct WindowTests {
  private static let lines = Lines.success + Lines.refusals

  private func headline(_ options: [String], _ file: URL) throws -> String {
    let result = try Tool.run(options + [file.path])
    return String(result.output.prefix { $0 != "\n" })
  }

  @Test(arguments: [
    (["--since", "2026-11-23T18:20:19Z"], "1 × 401 of 1 request"),
    (["--until", "2026-11-23T18:20:18Z"], "1 × 401 of 2 requests"),
    (["--since", "1s"], "2 × 401 of 2 requests"),
    (["--since", "2s", "--until", "1s"], "1 × 401 of 2 requests"),
    (["--since", "1h30m"], "2 × 401 of 3 requests"),
    (["--since", "2026-11-23T19:20:19+01:00"], "1 × 401 of 1 request"),
    (["--since", "2024-02-29T00:00:00Z"], "2 × 401 of 3 requests"),
    (["--since", "2026-11-23T18:20:20Z"], "No HTTP request was read"),
  ])
  func `what is stamped outside of the span does not count`(
    _ options: [String], _ words: String
  ) throws {
    let file = try Scratch.file(Self.lines)
    #expect(try headline(options, file) == words)
    let result = try Tool.run(options + [file.path])
    #expect(result.output.contains("only what is stamped"))
  }

  @Test func `requests of a recorded log are those of its lines from then on`() throws {
    let folder = RecordedRunTests.folder.appending(path: "nginx-1")
    let log = try String(
      contentsOf: folder.appending(path: "inputs/ingress-access.log"), encoding: .utf8)
    let stamps = log.split(separator: "\n").compactMap { line -> String? in
      guard let open = line.firstIndex(of: "["), let close = line.firstIndex(of: "]") else {
        return nil
      }
      return String(line[line.index(after: open)..<close])
    }
    // All of one day, so that clocks are compared as texts.
    let clock = stamps.map { $0.split(separator: ":").dropFirst().joined(separator: ":").prefix(8) }
    let middle = clock.sorted()[clock.count / 2]
    let day = "2026-11-23"
    #expect(stamps.allSatisfy { $0.hasPrefix("23/Nov/2026:") && $0.hasSuffix("+0000") })
    let result = try Tool.run(
      ["inputs/ingress-access.log", "-q", "--json", "-", "--since", "\(day)T\(middle)Z"],
      folder: folder)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let totals = try #require(report["totals"] as? [String: Any])
    #expect(totals["requests"] as? Int == clock.count { $0 >= middle })
    let records = try Tool.run(
      ["records", "inputs/ingress-access.log", "--since", "\(day)T\(middle)Z"], folder: folder)
    #expect(records.output.split(separator: "\n").count == clock.count { $0 >= middle })
  }

  @Test func `stamps without a zone are compared in the zone that was found`() throws {
    // The bracket is local time, the stamp of the container runtime is not.
    let lines = (0..<20).map {
      "2026-08-21T10:00:\(10 + $0).000000000Z stdout F 2026-08-21 12:00:\(10 + $0),000 ERROR [app] token is expired\n"
    }
    let file = try Scratch.file(lines.joined(), name: "app.log")
    let result = try Tool.run(["records", file.path, "--since", "2026-08-21T10:00:20Z"])
    #expect(result.output.split(separator: "\n").count == 10)
  }

  @Test func `a pipe keeps to times, and cannot count back`() throws {
    let since = try Tool.run(["-", "--since", "2026-11-23T18:20:19Z"], input: Self.lines)
    #expect(since.output.hasPrefix("1 × 401 of 1 request"))
    let back = try Tool.run(["-", "--since", "30m"], input: Self.lines)
    #expect(back.status == 64)
    #expect(back.errors.contains("counts back from the last line, which a pipe does not show"))
  }

  @Test(arguments: ["yesterday", "30", "m30", "-5m", "30m ", "2026-13-40", "2026-02-30T00:00:00Z"])
  func `what is neither a time nor a duration is wrong usage`(_ text: String) throws {
    let result = try Tool.run(["--since=\(text)", "/dev/null"])
    #expect(result.status == 64)
    #expect(result.errors.contains("--since is a time like"))
  }
}
