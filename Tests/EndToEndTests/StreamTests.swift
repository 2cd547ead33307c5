import Foundation
import Testing

/// A pipe tells what files tell.
struct StreamTests {
  /// What a report comes to: causes with their counts by status, and the totals, as text.
  static func sum(_ output: String) throws -> [String] {
    func text(_ object: Any) throws -> String {
      let data = try JSONSerialization.data(withJSONObject: object, options: .sortedKeys)
      return String(decoding: data, as: UTF8.self)
    }
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    let totals = try #require(report["totals"] as? [String: Any])
    let findings = try #require(report["findings"] as? [[String: Any]])
    let counted = ["requests", "failures_401", "adjacent", "explained", "benign", "undecided"]
    return try findings.map { finding in
      let cause = try #require(finding["cause"] as? String)
      return try cause + " " + text(try #require(finding["counts"]))
    } + counted.map { "\($0) \(totals[$0] as? Int ?? -1)" }
  }

  @Test(arguments: ["nginx-1", "haproxy-1", "envoy-1", "envoy-2"])
  func `all files of an incident through one pipe give the findings of batch`(
    _ run: String
  ) throws {
    let folder = RecordedRunTests.folder.appending(path: run)
    let batch = try StreamTests.sum(Tool.run(["inputs", "--json", "-"], folder: folder).output)
    #expect(batch.count > 6)
    let dash = try Tool.shell(
      "cat inputs/*.log | \"$WHY401\" stream - --json -; true", folder: folder)
    #expect(try StreamTests.sum(dash.output) == batch)
    let bare = try Tool.shell(
      "cat inputs/*.log | \"$WHY401\" stream --json -; true", folder: folder)
    #expect(bare.output == dash.output)
  }
}
