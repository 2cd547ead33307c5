import Foundation
import Testing

/// Recorded incidents, explained from front to back.
struct RecordedRunTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Samples/runs")
  static let runs =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?
    .filter { !$0.hasSuffix(".md") }.sorted() ?? []

  @Test func `there are recorded runs`() { #expect(RecordedRunTests.runs.count >= 12) }

  @Test(arguments: runs)
  func `a recorded incident is named, and its counts reconcile`(_ run: String) throws {
    let folder = RecordedRunTests.folder.appending(path: run)
    let result = try Tool.run(["inputs", "--json", "-"], folder: folder)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let findings = try #require(report["findings"] as? [[String: Any]])
    let named = findings.compactMap { $0["cause"] as? String }
    let expected = try #require(
      try JSONSerialization.jsonObject(
        with: Data(contentsOf: folder.appending(path: "expected.json"))) as? [String: [String]])
    for cause in expected["causes"] ?? [] {
      #expect(named.contains(cause))
    }
    let totals = try #require(report["totals"] as? [String: Any])
    let parts = ["explained", "benign", "undecided"].compactMap { totals[$0] as? Int }
    #expect(parts.reduce(0, +) == totals["failures_401"] as? Int)
    for finding in findings {
      let claims = try #require(finding["for"] as? [[String: Any]])
      #expect(!claims.isEmpty)
      for claim in claims {
        for citation in try #require(claim["citations"] as? [String]) {
          try RecordedRunTests.expectLine(citation, in: folder)
        }
      }
    }
  }

  /// `inputs/x.log:12` names a line that is there.
  static func expectLine(_ citation: String, in folder: URL) throws {
    let colon = try #require(citation.lastIndex(of: ":"))
    let number = try #require(Int(citation[citation.index(after: colon)...]))
    let text = try Data(contentsOf: folder.appending(path: String(citation[..<colon])))
    #expect(number >= 1 && number <= text.count { $0 == 10 } + 1)
  }
}
