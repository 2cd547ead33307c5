import Foundation
import Testing

/// What a report may take the place of.
struct OutputFileTests {
  private func folder() throws -> URL {
    let url = Scratch.folder.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try Data((Lines.success + Lines.refusals).utf8).write(to: url.appending(path: "edge.log"))
    return url
  }
  private func text(_ name: String, _ folder: URL) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  @Test(arguments: [
    "edge.log --json edge.log", "edge.log --html ./edge.log", "edge.log --json link.log",
    ". --json edge.log", "- --json edge.log < edge.log",
  ])
  func `a report never takes the place of an input`(_ line: String) throws {
    let folder = try folder()
    let before = try text("edge.log", folder)
    let result = try Tool.shell("ln -s edge.log link.log; \"$WHY401\" -q \(line)", folder: folder)
    #expect(result.status == 64)
    #expect(result.errors.contains("would destroy an input"))
    #expect(try text("edge.log", folder) == before)
  }

  @Test(arguments: ["--json r --html r", "--json r --html ./r", "--json old --html hard"])
  func `two reports do not share a file`(_ options: String) throws {
    let folder = try folder()
    let result = try Tool.shell(
      "echo x > old; ln old hard; \"$WHY401\" -q edge.log \(options)", folder: folder)
    #expect(result.status == 64)
    #expect(result.errors.contains("name the same file"))
    #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "r").path))
    let both = try Tool.shell(
      "\"$WHY401\" -q edge.log --json /dev/null --html /dev/null --fail-on never", folder: folder)
    #expect(both.status == 0)
  }

  @Test func `yesterday's report stays until today's is whole, and keeps its rights`() throws {
    let folder = try folder()
    let result = try Tool.shell(
      """
      echo yesterday > r.json; chmod 640 r.json; mkfifo p
      "$WHY401" stream p -q --json r.json --fail-on never & exec 3> p; sleep 0.5
      cat r.json; cat edge.log >&3; exec 3>&-; wait $!
      stat -c %a r.json; head -2 r.json; ls -A | wc -l
      """, folder: folder)
    #expect(result.output.hasPrefix("yesterday\n640\n{\n  \"schema\""))
    #expect(result.output.hasSuffix("\n3\n"))
  }

  @Test func `a report beside the logs is replaced, and is no input`() throws {
    let folder = try folder()
    let first = try Tool.shell(
      "\"$WHY401\" . -q --fail-on never --json r.json; cat r.json", folder: folder)
    let second = try Tool.shell(
      "\"$WHY401\" . -q --fail-on never --json r.json; cat r.json", folder: folder)
    #expect(first.output.contains("\"failures_401\": 2"))
    #expect(second.output.contains("\"failures_401\": 2"))
    #expect(second.output.contains("a report of why401; passed over"))
  }

  @Test func `a pipe and a device are written to as they are`() throws {
    let folder = try folder()
    let result = try Tool.shell(
      """
      mkfifo p; cat p > got & "$WHY401" edge.log -q --json p --fail-on never; wait; head -c 1 got; ls -F p
      "$WHY401" edge.log -q --json /dev/stdout --fail-on never | head -c 1
      """, folder: folder)
    #expect(result.output == "{p|\n{")
  }

  @Test func `inputs that could not be read are named in every report`() throws {
    let folder = try folder()
    let gone = "could not be read: gone.log: no such file"
    for option in ["markdown", "html", "ndjson", "sarif", "junit"] {
      let result = try Tool.run(["edge.log", "gone.log", "-q", "--\(option)", "-"], folder: folder)
      #expect(result.output.contains(gone), "\(option)")
    }
    let whole = try Tool.run(["edge.log", "-q", "--sarif", "-"], folder: folder)
    #expect(whole.output.contains("\"executionSuccessful\": true"))
    let part = try Tool.run(["edge.log", "gone.log", "-q", "--sarif", "-"], folder: folder)
    #expect(part.output.contains("\"executionSuccessful\": false"))
    let cases = try Tool.run(["edge.log", "gone.log", "-q", "--junit", "-"], folder: folder)
    #expect(cases.output.contains("errors=\"1\""))
    #expect(
      !cases.output.contains(
        "<testsuites name=\"why401\" tests=\"2\" failures=\"0\" errors=\"1\" skipped"))
    let report = try Tool.report([folder.appending(path: "edge.log").path, "/gone.log"])
    #expect((report["unread"] as? [String])?.count == 1)
  }

  @Test func `an interrupted report says so`() throws {
    let folder = try folder()
    for signal in ["INT", "HUP"] {
      let result = try Tool.shell(
        """
        rm -f p; mkfifo p; exec 4<>p; cat edge.log >&4
        "$WHY401" stream p --json r.json & sleep 1; kill -\(signal) $!; wait $!; echo "status $?"
        """, folder: folder)
      #expect(result.output.contains("(interrupted)"))
      #expect(result.output.replacing("\n  ", with: " ").contains("all that were read by then"))
      #expect(result.output.hasSuffix("status 130\n"))
      #expect(try text("r.json", folder).contains("\"interrupted\": true"))
    }
    let whole = try Tool.run(["edge.log"], folder: folder)
    #expect(!whole.output.contains("interrupted"))
    #expect(whole.output.replacing("\n  ", with: " ").contains("all of them"))
  }

  @Test func `a stream ends when nobody reads it any more`() throws {
    let folder = try folder()
    let result = try Tool.shell(
      """
      { cat edge.log; sleep 20; } | { "$WHY401" stream; echo "ended $SECONDS" >&2; } | head -n 1 > /dev/null
      """, folder: folder)
    let seconds = Int(
      result.errors.split(separator: " ").last?.trimmingCharacters(in: .newlines) ?? "")
    #expect((seconds ?? 99) < 15, "\(result.errors)")
  }

  @Test func `the same lines under two names count once`() throws {
    let folder = try folder()
    let lines = (0..<20).map { Lines.refusals.replacing("18:20:18", with: "18:21:\(10 + $0)") }
    try Data(lines.joined().utf8).write(to: folder.appending(path: "edge.log"))
    let made = try Tool.shell(
      """
      "$WHY401" . -q --json - --fail-on never | grep failures_401
      gzip -k edge.log; cp edge.log copy.log; ln -s edge.log link.log; ln edge.log hard.log
      "$WHY401" . -q --json - --fail-on never | grep -e failures_401 -e 'read once'
      sed 1d copy.log > other.log; "$WHY401" other.log edge.log -q --json - --fail-on never | grep -c 'read once'
      """, folder: folder)
    let rows = made.output.split(separator: "\n")
    #expect(rows.count == 7)
    #expect(rows.first == rows.dropFirst().first)
    #expect(rows.last == "0")
  }

  @Test(arguments: [
    ": > x; \"$WHY401\" x", "head -c 5000000 /dev/zero | \"$WHY401\"", "\"$WHY401\" /bin/ls",
    "mkdir d; \"$WHY401\" d",
  ])
  func `nothing that could be read is 2`(_ line: String) throws {
    #expect(try Tool.shell(line, folder: folder()).status == 2)
  }

  @Test func `a token on the command line is not repeated`() throws {
    let token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.s3cretSignature"
    for arguments in [["token", token], ["token", "Bearer " + token], [token], ["--" + token]] {
      let result = try Tool.run(arguments)
      #expect(result.status != 0)
      #expect(!result.errors.contains("s3cretSignature"), "\(result.errors)")
    }
    #expect(try Tool.run(["token", token]).errors.contains("standard input"))
  }

  @Test func `names with control characters are shown as escapes`() throws {
    for arguments in [
      ["a\u{1b}[31mX"], ["--x\u{1b}[31m"], ["show", "a\u{1b}b", "F1"],
      ["x", "--json", "/no\u{1b}/x"],
    ] {
      let result = try Tool.run(arguments)
      #expect(!result.errors.contains("\u{1b}") && result.errors.contains("\\x1b"))
    }
  }

  @Test func `an option that took the only input as its file is named`() throws {
    let folder = try folder()
    let result = try Tool.run(["--json", "edge.log"], folder: folder)
    #expect(result.status == 64)
    #expect(result.errors.contains("no input; --json took edge.log as its file"))
  }
}
