import Evidence
import Report
import Testing

/// Text from an input can neither steer a terminal nor leave the place it is printed in.
struct HostileTextTests {
  /// Clears the screen, rings, turns text round, opens a tag, breaks a table, ends a string.
  static let hostile =
    "\u{1b}[2J\u{7}\u{202e}evil\u{2066}\u{200b}</script><img src=x>|`\"'\\\u{9b}31m\r\n& @all #1"

  static func report() -> Report {
    var report = ExampleReport.make()
    report.sources = Sources(
      report.sources.all.map { Source(name: $0.name + hostile, isCapture: $0.isCapture) })
    for i in report.findings.indices {
      var finding = Finding(
        cause: report.findings[i].cause, title: hostile, confidence: 0.9,
        proof: CitedClaim(hostile, ExampleReport.log(1)))
      finding.id = "F\(i + 1)"
      finding.statuses = [401: 1]
      finding.answeredBy = hostile
      finding.routes = [(hostile, 1)]
      finding.clients = [(hostile, 1)]
      finding.users = [(hostile, 1)]
      finding.against = [CitedClaim(hostile, ExampleReport.log(1))]
      finding.remarks = [hostile]
      finding.runnerUp = RunnerUp(cause: .keysRotated, share: 0.1, separatedBy: hostile)
      finding.fix = [hostile]
      finding.verify = [hostile]
      finding.missing = [MissingInput(what: hostile, command: hostile)]
      finding.clusters = [
        ClusterRow(
          answeredBy: hostile, method: hostile, host: hostile, route: hostile, service: hostile,
          client: hostile, status: 401, count: 1, first: .unknown, last: .unknown,
          example: ExampleReport.log(1))
      ]
      report.findings[i] = finding
    }
    report.notes = [Note(kind: .reading, text: hostile)]
    for i in report.inputs.indices {
      report.inputs[i].role = hostile
      report.inputs[i].problems = [hostile]
    }
    report.totals.answeredBy = [(hostile, 1)]
    for i in report.failures.indices {
      report.failures[i].path = report.symbols.intern(hostile)
      report.failures[i].client = report.symbols.intern([0xff, 0xfe, 0x1b, 0x5b].span)
    }
    return report
  }

  @Test(arguments: GoldenTests.renderers.indices.filter { $0 != 1 })
  func `no control, bidirectional or invisible character gets through`(_ index: Int) {
    var out = Output()
    GoldenTests.renderers[index].write(HostileTextTests.report(), &out)
    let text = String(validating: out.bytes, as: UTF8.self)
    #expect(text != nil)
    let bad = (text ?? "").unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0x0a: false
      case 0..<0x20, 0x7f...0x9f, 0x200b...0x200f, 0x202a...0x202e, 0x2066...0x2069: true
      default: false
      }
    }
    #expect(bad.isEmpty)
    #expect(out.text.contains("evil"))
  }

  @Test func `colour is the only escape sequence on a coloured terminal`() {
    var out = Output()
    let screen = TerminalReport.Screen(paint: Paint(isOn: true))
    TerminalReport.write(HostileTextTests.report(), on: screen, to: &out)
    for piece in out.text.split(separator: "\u{1b}").dropFirst() {
      let end = piece.firstIndex(of: "m") ?? piece.startIndex
      #expect(piece[..<end].allSatisfy { "[0123456789;".contains($0) })
    }
  }

  @Test func `markup from an input stays text in HTML`() {
    var out = Output()
    HTMLReport.write(HostileTextTests.report(), to: &out)
    #expect(!out.text.contains("<img"))
    #expect(!out.text.contains("</script>"))
    #expect(out.text.contains("&lt;/script&gt;"))
  }

  @Test func `a pipe from an input ends no table cell and a mention addresses nobody`() {
    var out = Output()
    MarkdownReport.write(HostileTextTests.report(), to: &out)
    let rows = out.text.split(separator: "\n").filter { $0.hasPrefix("| F") }
    #expect(rows.count == 4)
    for row in rows {
      #expect(row.replacing("\\|", with: "").count { $0 == "|" } == 6)
      #expect(!row.contains(" @all"))
    }
  }

  @Test func `bytes that are no text become replacement characters, others are kept`() {
    let bytes: [UInt8] = [0x61, 0xff, 0xc3, 0xa4, 0xe2, 0x82, 0x00, 0xed, 0xa0, 0x80]
    let text = String(decoding: Neutral.bytes(bytes[...]), as: UTF8.self)
    #expect(text == "a\u{fffd}ä\u{fffd}\u{fffd}\\x00\u{fffd}\u{fffd}\u{fffd}")
  }

  @Test(arguments: [
    ("/cb?code=SECRET&state=x next", "/cb?… next"),
    ("https://a.example/x?id_token=eyJ", "https://a.example/x?…"),
    ("why? nobody knows", "why? nobody knows"),
    ("is a=b? yes", "is a=b? yes"),
  ])
  func `a query is cut and a question is not`(_ given: String, _ expected: String) {
    #expect(Neutral.text(given) == expected)
  }
}
