import Foundation
import Testing

/// `stream FILE` and what becomes of the file meanwhile.
struct FollowTests {
  /// Starts `stream g.log`, changes the file, and interrupts it; the report.
  private func followed(_ changes: String) throws -> [String: Any] {
    let folder = Scratch.folder.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(Lines.refusals.utf8).write(to: folder.appending(path: "g.log"))
    let later = Lines.refusals.replacing("18:20:1", with: "18:21:1").replacing(
      "f0c1d2e4b", with: "aaaaaaaaa")
    try Data(later.utf8).write(to: folder.appending(path: "later"))
    let result = try Tool.shell(
      """
      "$WHY401" stream g.log -q --json r.json & sleep 0.5
      \(changes)
      sleep 1; kill -INT $!; wait $!; echo "status $?"
      """, folder: folder)
    #expect(result.output.hasSuffix("status 130\n"))
    let data = try Data(contentsOf: folder.appending(path: "r.json"))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func refusals(_ report: [String: Any]) -> Int? {
    (report["totals"] as? [String: Any])?["failures_401"] as? Int
  }

  @Test func `a file is read on as it grows, also in the middle of a line`() throws {
    let report = try followed(
      "head -c 100 later >> g.log; sleep 0.3; tail -c +101 later >> g.log")
    #expect(refusals(report) == 4)
  }

  @Test(arguments: ["mv g.log g.log.1; cp later g.log", "head -n 1 later > g.log"])
  func `a file that is rotated or emptied is read from its new begin`(_ change: String) throws {
    let report = try followed(change)
    #expect(refusals(report) == (change.hasPrefix("mv") ? 4 : 3))
    #expect("\(report)".contains("begun anew while it was followed"))
  }

  @Test func `a file beside a pipe is followed as long as the pipe lasts`() throws {
    let log = try Scratch.file(Lines.refusals)
    let result = try Tool.shell(
      """
      { sleep 1; cat \(log.path) >> \(log.path).grown; sleep 1; } \
        | timeout 20 "$WHY401" stream - \(log.path).grown; echo "status $?"
      """.replacing("{ sleep 1;", with: "cp \(log.path) \(log.path).grown; { sleep 1;"))
    #expect(result.output.contains("4 × 401 of 4 requests"))
    #expect(!result.output.contains("status 124"))
  }

  @Test func `a file on standard input ends by itself`() throws {
    let log = try Scratch.file(Lines.refusals)
    let result = try Tool.shell("timeout 20 \"$WHY401\" stream < \(log.path); echo \"status $?\"")
    #expect(result.output.hasPrefix("2 × 401 of 2 requests"))
    #expect(!result.output.contains("status 124"))
  }

  @Test func `a verdict of the first minute is no more than possible until the minute is over`()
    throws
  {
    let run = RecordedRunTests.folder.appending(path: "nginx-1")
    let later = try Scratch.file(
      Lines.success.replacing("23/Nov/2026:18:20:17", with: "23/Nov/2029:18:20:17"))
    let result = try Tool.shell(
      """
      { cat inputs/*.log; sleep 4; cat \(later.path); sleep 4; } | "$WHY401" stream --ndjson -
      """, folder: run)
    let lines = result.output.split(separator: "\n").filter { $0.contains("\"provisional\":true") }
    func confidences(_ lines: some Sequence<Substring>) throws -> [Double] {
      try lines.map { line in
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        return object?["confidence"] as? Double ?? -1
      }
    }
    let all = try confidences(lines)
    let first = try #require(all.first)
    #expect(first <= 0.79)
    #expect(all.contains { $0 > 0.9 }, "\(all)")
  }
}
