internal import Evidence
internal import Report

/// Where the report goes: any number of files, each by one renderer, and the terminal.
struct ReportOutputs {
  private typealias Renderer = @Sendable (Evidence.Report, inout Output) -> Void
  private struct Destination {
    let option: String
    let file: OutputFile
    let render: Renderer
  }
  private var destinations: [Destination] = []
  private var screen: TerminalReport.Screen?
  private var level = RedactionLevel.none

  /// Option → renderer.
  private static let renderers: [(option: String, render: Renderer)] = [
    ("json", { JSONReport.write($0, to: &$1) }),
    ("ndjson", { NDJSONReport.write($0, to: &$1) }),
    ("markdown", { MarkdownReport.write($0, to: &$1) }),
    ("html", { HTMLReport.write($0, to: &$1) }),
    ("sarif", { SARIFReport.write($0, to: &$1) }),
    ("junit", { JUnitReport.write($0, to: &$1) }),
    ("attributions", { AttributionRows.write($0, to: &$1) }),
    ("weighing", { WeighingRows.write($0, to: &$1) }),
  ]

  /// Why there will be no reports: the command line is wrong, or a file cannot be written.
  enum Refusal: Error {
    case wrong(Invocation.Wrong)
    case unwritable(String)
  }

  /// Looks at every file before anything is read: a path that cannot be written shows at once.
  static func open(_ invocation: Invocation, inputs: [String]) -> Result<ReportOutputs, Refusal> {
    var outputs = ReportOutputs()
    outputs.level = RedactionLevel.of(invocation)
    var isOutputTaken = false
    var conflicts = OutputConflicts(
      inputs: inputs + invocation.all("keylog") + invocation.all("config"))
    for (option, render) in renderers {
      guard let path = invocation.value(option) else { continue }
      if path == "-" {
        guard !isOutputTaken else {
          return .failure(.wrong(.init(text: "only one report can go to standard output")))
        }
        isOutputTaken = true
        outputs.destinations.append(.init(option: option, file: .output(), render: render))
        continue
      }
      if let conflict = conflicts.add(path, option) {
        return .failure(.wrong(.init(text: conflict)))
      }
      switch OutputFile.prepare(path) {
      case .failure(let error):
        return .failure(.unwritable("cannot write \(path): \(error.text)"))
      case .success(let file):
        outputs.destinations.append(.init(option: option, file: file, render: render))
      }
    }
    if !isOutputTaken, !invocation.has("quiet") {
      let paint = Paint(isOn: Terminal.wantsColor(invocation.value("color")))
      outputs.screen = TerminalReport.Screen(width: Terminal.width, paint: paint)
    }
    return .success(outputs)
  }

  /// While a stream runs: findings that are new, on the terminal or, where NDJSON goes to standard
  /// output, as lines there.
  func announce(_ findings: [Finding], of full: Evidence.Report) {
    var report = full
    report.findings = findings
    report = report.redacted(level)
    let output = Descriptor.output()
    var out = Output { output.write($0) }
    if let screen {
      ProvisionalFindings.write(report.findings, of: report, on: screen, to: &out)
    } else if destinations.contains(where: { $0.option == "ndjson" && $0.file.path == "-" }) {
      NDJSONReport.write(report.findings, of: report, to: &out)
    }
    out.flush()
  }

  /// Everything was to go to standard output, and nobody reads it any more.
  var areGone: Bool {
    let goesOut = screen != nil || !destinations.isEmpty
    return goesOut && destinations.allSatisfy { $0.file.path == "-" } && Terminal.isOutputGone
  }

  /// `false` when something could not be written (a reader that went away is no failure).
  func write(_ full: Evidence.Report) -> Bool {
    let report = full.redacted(level)
    var isWhole = true
    for destination in destinations {
      let error = destination.file.write { descriptor in
        var out = Output { descriptor.write($0) }
        destination.render(report, &out)
        out.flush()
      }
      if let error {
        Complaint.say("cannot write \(destination.file.path): \(error.text)")
        isWhole = false
      }
    }
    if let screen {
      let output = Descriptor.output()
      var out = Output { output.write($0) }
      TerminalReport.write(report, on: screen, to: &out)
      out.flush()
      isWhole = isWhole && output.failure == 0
    }
    return isWhole
  }
}

extension RedactionLevel {
  static func of(_ invocation: Invocation) -> RedactionLevel {
    invocation.value("redact").flatMap(RedactionLevel.init) ?? .none
  }
}
