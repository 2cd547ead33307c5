import Evidence
import Foundation
import Report
import Testing

struct RowTests {
  static func text(_ write: (Report, inout Output) -> Void) -> String {
    var out = Output()
    write(ExampleReport.make(), &out)
    return out.text
  }

  @Test func `there is one row per failure and each is one JSON object`() throws {
    let lines = RowTests.text { AttributionRows.write($0, to: &$1) }.split(separator: "\n")
    #expect(lines.count == ExampleReport.make().failures.count)
    for line in lines {
      let row = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(row["status"] is Int)
      #expect((row["evidence"] as? [String])?.isEmpty == false)
    }
  }

  @Test func `a stamp written without a string is the stamp written with one`() {
    for nanoseconds in [0, 1, 999, 1_000_000, 123_456_000, 951_782_399_999_999_999, -1] {
      let instant = Instant(nanoseconds: Int64(nanoseconds))
      var out = Output()
      out.append(rfc3339: instant)
      #expect(out.text == instant.rfc3339)
    }
  }

  @Test func `a drain gets every byte once, and none after it refuses`() {
    let whole = RowTests.text { AttributionRows.write($0, to: &$1) }
    var got: [UInt8] = []
    var out = Output { bytes in
      got += bytes
      return true
    }
    AttributionRows.write(ExampleReport.make(), to: &out)
    out.flush()
    #expect(String(decoding: got, as: UTF8.self) == whole)

    var calls = 0
    var closed = Output { _ in
      calls += 1
      return false
    }
    for _ in 0..<3 {
      AttributionRows.write(ExampleReport.make(), to: &closed)
      closed.flush()
    }
    #expect(calls == 1)
  }

  @Test func `SARIF locates every result in a cited line and opens what is undecided`() throws {
    let text = RowTests.text { SARIFReport.write($0, to: &$1) }
    let log = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let results = try #require(run["results"] as? [[String: Any]])
    let rules = try #require(
      ((run["tool"] as? [String: Any])?["driver"] as? [String: Any])?["rules"] as? [[String: Any]])
    #expect(results.count == 4)
    for result in results {
      let rule = try #require(result["ruleIndex"] as? Int)
      #expect(rules[rule]["id"] as? String == result["ruleId"] as? String)
      #expect((result["locations"] as? [Any])?.count == 1)
    }
    #expect(results.map { $0["kind"] as? String } == [nil, nil, "informational", "open"])
    #expect(
      results.map { $0["level"] as? String } == ["error", "error", "none", "none"])
  }

  @Test func `JUnit fails on faults and skips the undecided`() throws {
    let text = RowTests.text { JUnitReport.write($0, to: &$1) }
    #expect(text.contains("tests=\"4\" failures=\"2\" errors=\"0\" skipped=\"1\""))
    #expect(text.ranges(of: "<failure ").count == 2)
    #expect(text.ranges(of: "<skipped ").count == 1)
  }

  @Test func `an empty report is still a whole document in every renderer`() throws {
    for renderer in GoldenTests.renderers {
      var out = Output()
      renderer.write(Report(), &out)
      if renderer.file.hasSuffix(".json") || renderer.file.hasSuffix(".sarif") {
        _ = try JSONSerialization.jsonObject(with: Data(out.bytes))
      }
      let isOfRows = ["attributions.ndjson", "weighing.ndjson"].contains(renderer.file)
      #expect(isOfRows || !out.bytes.isEmpty)
    }
  }
}
