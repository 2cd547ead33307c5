import Foundation
import Testing

struct OutputTests {
  static let reports = [
    "json", "ndjson", "markdown", "html", "sarif", "junit", "attributions", "weighing",
  ]

  @Test(arguments: reports)
  func `a dash sends one report to standard output, alone`(_ option: String) throws {
    let result = try Tool.run(["-", "--\(option)", "-"], input: Lines.refusals)
    #expect(!result.output.isEmpty)
    #expect(!result.output.hasPrefix("2 × 401"))
    #expect(result.errors.isEmpty)
    #expect(!result.output.contains("\u{1b}"))
  }

  @Test func `several reports of one run are written beside the terminal's`() throws {
    let files = OutputTests.reports.map { Scratch.folder.appending(path: "several.\($0)") }
    var arguments = ["-"]
    for (option, file) in zip(OutputTests.reports, files) {
      arguments += ["--\(option)", file.path]
    }
    let result = try Tool.run(arguments, input: Lines.refusals)
    #expect(result.output.hasPrefix("2 × 401"))
    for file in files { #expect(try !Data(contentsOf: file).isEmpty) }
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: files[0])) as? [String: Any])
    let totals = try #require(report["totals"] as? [String: Any])
    #expect(totals["failures_401"] as? Int == 2)
    #expect(report["findings"] is [Any])
  }

  @Test func `the same input gives the same bytes, as file, pipe and stream`() throws {
    let log = try Scratch.file(Lines.success + Lines.refusals, name: "same.log")
    let path = log.path
    let batch = try Tool.shell("\"$WHY401\" - --json - < \(path); true")
    let pipe = try Tool.shell("cat \(path) | \"$WHY401\" - --json -; true")
    let stream = try Tool.shell("cat \(path) | \"$WHY401\" stream --json -; true")
    let again = try Tool.shell("cat \(path) | \"$WHY401\" --json -; true")
    #expect(!batch.output.isEmpty)
    #expect(pipe.output == batch.output)
    #expect(stream.output == batch.output)
    #expect(again.output == batch.output)
  }

  @Test func `a reader that goes away is success, not an error`() throws {
    let log = try Scratch.file(String(repeating: Lines.refusals, count: 300), name: "many.log")
    let result = try Tool.shell(
      "\"$WHY401\" \(log.path) --attributions - --fail-on never | head -n 1 > /dev/null;"
        + " echo ${PIPESTATUS[0]}")
    #expect(result.output == "0\n")
    #expect(result.errors.isEmpty)
  }

  @Test func `a full disk is 2 and is said`() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let result = try Tool.run(["-", "--json", "/dev/full"], input: Lines.refusals)
    #expect(result.status == 2)
    #expect(result.errors.contains("cannot write /dev/full"))
  }

  @Test func `colour is for terminals, and can be asked for`() throws {
    #expect(try !Tool.run(["-"], input: Lines.refusals).output.contains("\u{1b}"))
    #expect(
      try Tool.run(["-", "--color", "always"], input: Lines.refusals).output.contains("\u{1b}["))
  }

  @Test func `no line is wider than 80 columns but for what may be copied`() throws {
    let result = try Tool.run(["-"], input: Lines.refusals)
    for line in result.output.split(separator: "\n") where !line.contains("$ ") {
      #expect(line.count <= 80)
    }
    let help = try Tool.run(["help"])
    #expect(help.status == 0)
    for line in help.output.split(separator: "\n") { #expect(line.count <= 80) }
  }

  @Test func `every command has help, and every option is in completions and manual`() throws {
    let help = try Tool.run(["--help"]).output
    let manual = try Tool.run(["man"]).output.replacing("\\-", with: "-")
    let shells = try ["bash", "zsh", "fish"].map { try Tool.run(["completions", $0]).output }
    for option in OutputTests.reports + ["quiet", "color", "redact", "fail-on"] {
      #expect(help.contains("--\(option)"))
      #expect(manual.contains("--\(option)"))
      #expect(shells[0].contains("--\(option)"))
      #expect(shells[1].contains("--\(option)"))
      #expect(shells[2].contains("-l \(option)"))
    }
    for shell in shells { #expect(shell.contains("kubectl-why401")) }
    for section in ["FILES", "EXAMPLES", "SEE ALSO"] {
      #expect(manual.contains(".SH \(section)\n"))
    }
    for command in ["analyze", "stream", "explain", "causes", "token"] {
      #expect(try Tool.run([command, "--help"]).output.hasPrefix("why401 \(command):"))
      #expect(manual.contains("\\fB\(command)\\fR"))
    }
  }
}
