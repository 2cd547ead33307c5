import Evidence
import Foundation
import Report
import Testing

/// Every renderer against its recorded text. `WHY401_RECORD=1` writes the files anew and fails, so
/// that a recording is looked at before it is trusted.
struct GoldenTests {
  static let renderers: [(file: String, write: @Sendable (Report, inout Output) -> Void)] = [
    ("report.txt", { TerminalReport.write($0, to: &$1) }),
    (
      "report.color.txt",
      {
        let screen = TerminalReport.Screen(width: 100, paint: Paint(isOn: true))
        TerminalReport.write($0, on: screen, to: &$1)
      }
    ),
    ("report.json", { JSONReport.write($0, to: &$1) }),
    ("report.ndjson", { NDJSONReport.write($0, to: &$1) }),
    ("report.md", { MarkdownReport.write($0, to: &$1) }),
    ("report.html", { HTMLReport.write($0, to: &$1) }),
    ("report.sarif", { SARIFReport.write($0, to: &$1) }),
    ("report.junit.xml", { JUnitReport.write($0, to: &$1) }),
    ("attributions.ndjson", { AttributionRows.write($0, to: &$1) }),
    ("weighing.ndjson", { WeighingRows.write($0, to: &$1) }),
    ("redacted.txt", { TerminalReport.write($0.redacted(.all), to: &$1) }),
  ]

  @Test(arguments: renderers.indices)
  func `a renderer writes what was recorded`(_ index: Int) throws {
    let renderer = GoldenTests.renderers[index]
    var out = Output()
    renderer.write(ExampleReport.make(), &out)
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/\(renderer.file)")
    if ProcessInfo.processInfo.environment["WHY401_RECORD"] != nil {
      try Data(out.bytes).write(to: url)
      Issue.record("recorded \(renderer.file); look at it, then run again without WHY401_RECORD")
      return
    }
    let recorded = try String(contentsOf: url, encoding: .utf8)
    #expect(out.text == recorded)
  }
}
