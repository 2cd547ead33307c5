import Foundation
import Testing

/// `why401.yaml`: what the built binary makes of it.
@Suite struct SettingsTests {
  static let samples = RecordedRunTests.folder.deletingLastPathComponent()
    .appending(path: "settings")

  private func settings(_ text: String) throws -> String { try Scratch.file(text).path }

  @Test func `the example is read, with every key there is`() throws {
    let example = Self.samples.appending(path: "why401.yaml").path
    let log = Self.samples.appending(path: "app.log").path
    let records = try Tool.run(["records", "--config", example, log]).output
      .split(separator: "\n").map(String.init)
    try #require(records.count == 5)
    for word in [
      "\"format\":\"user.format\",\"kind\":\"request\",\"time\":\"2026-11-23T18:20:18.250Z\"",
      "\"client.address\":\"10.0.0.7\"", "\"url.path\":\"/orders/17\"", "\"duration\":0.012",
      "\"request_id\":\"r-17\"",
    ] { #expect(records[0].contains(word)) }
    #expect(records[2].contains("\"url.path\":\"/orders/18\""))
    #expect(records[1].contains("\"kind\":\"message\""))
    #expect(records[1].contains("\"statement\":\"token.expired\""))
    let report = try Tool.run(["--config", example, log])
    #expect(report.status == 1)
    #expect(report.output.contains("token.expired"))
    #expect(report.output.contains("read with the settings of"))
    #expect(!(try Tool.run([log]).output.contains("token.expired")))
    let text = try String(contentsOfFile: example, encoding: .utf8)
    for key in [
      "timezone", "log_formats", "json_formats", "roles", "clocks", "messages", "suppressions",
    ] {
      #expect(text.contains("\n\(key):"))
    }
  }

  @Test func `a message's texts all have to occur, in any case where asked`() throws {
    let file = try settings(
      "messages:\n- {text: ['gatekeeper:', 'No Such Keyring'], says: keys.rotated, ignore_case: true}\n"
    )
    func cause(_ line: String) throws -> Bool {
      try Tool.run(["--config", file], input: line + "\n").output.contains("keys.rotated")
    }
    #expect(try cause("gatekeeper: NO such keyring 7"))
    #expect(!(try cause("gatekeeper: hello")))
    #expect(!(try cause("porter: no such keyring 7")))
  }

  @Test func `a file in the folder is used, one under XDG else, none when told so`() throws {
    let folder = Scratch.folder.appending(path: UUID().uuidString)
    let home = folder.appending(path: "config/why401")
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
    let line = "x 10.0.0.1 GET /a 401\n"
    let pattern = "log_formats: ['x $remote_addr $request_method $request_uri $status']\n"
    let own = "log_formats: ['y $remote_addr $request_method $request_uri $status']\n"
    try Data(pattern.utf8).write(to: home.appending(path: "why401.yaml"))
    func read(_ more: [String] = []) throws -> Bool {
      try Tool.run(
        ["records"] + more, input: line,
        environment: ["XDG_CONFIG_HOME": folder.appending(path: "config").path], folder: folder
      ).output.contains("user.format")
    }
    #expect(try read())
    #expect(!(try read(["--no-config"])))
    try Data(own.utf8).write(to: folder.appending(path: "why401.yaml"))
    #expect(!(try read()))
    #expect(try read(["--config", home.appending(path: "why401.yaml").path]))
  }

  @Test(arguments: [
    ("timezne: UTC", ":1:1: unknown key \"timezne\" in the settings; did you mean \"timezone\"?"),
    ("timezone: Paris", ":1:11: timezone is an offset"),
    ("log_formats:\n  - hello", ":2:5: neither nginx's"),
    (
      "log_formats:\n  - pattern: '$status'\n    role: egde",
      ":3:11: role is not \"egde\"; did you mean \"edge\"?"
    ),
    (
      "json_formats:\n- fields: {stauts: s}",
      ":2:12: unknown key \"stauts\" in fields; did you mean \"status\"?"
    ),
    ("json_formats:\n- fields: {time: t}", ":2:3: a JSON format needs the field status or message"),
    ("messages:\n- text: abc\n  says: token.expired", ":2:9: a text has 4 to 256 bytes"),
    (
      "messages:\n- text: abcd\n  says: token.expird",
      ":3:9: \"token.expird\" is no cause and no statement; did you mean \"token.expired\"?"
    ),
    ("messages:\n- text: abcd\n  says: ingress.cors_preflight", ":3:9: no line can say"),
    (
      "suppressions:\n- cause: token.expired\n  until: 2026-12-31",
      ":2:3: a suppression without reason"
    ),
    ("suppressions:\n- cause: token.expired\n  reason: x", ":2:3: a suppression without until"),
    (
      "suppressions:\n- cause: token.expired\n  reason: x\n  until: 2026-02-30",
      ":4:10: until is a day"
    ),
    ("suppressions:\n- reason: x\n  until: 2026-12-31", ":2:3: a suppression of everything"),
    (
      "suppressions:\n- cause: tokn.expired\n  reason: x\n  until: 2026-12-31",
      ":2:10: no cause \"tokn.expired\"; did you mean \"token.expired\"?"
    ),
    ("a: 1\na: 2", ":2:1: \"a\" is set twice"),
    ("a: &x [1]", ":1:4: anchors"), ("a: *x", ":1:4: aliases"), ("a: !!binary eA==", ":1:4: tags"),
    ("---\na: 1\n---\nb: 1", ":3:1: a second document"), ("[a]: 1", ":1:1: a key has to be a text"),
    ("a: [1", ":2:1: did not find expected"), ("a: \"\u{1}\"", ":1:5: control characters"),
    ("timezone:\n\t+02:00", ":2:1: found character that cannot start any token"),
  ])
  func `what is wrong is said with line and column`(_ text: String, _ words: String) throws {
    let file = try settings(text + "\n")
    let run = try Tool.run(["--config", file, "-"], input: Lines.refusals)
    #expect(run.status == 64)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(file + words), "\(run.errors)")
  }

  @Test func `hostile files end at once, with a reason`() throws {
    let bomb =
      "a: &a [x,x,x,x,x,x,x,x,x]\n"
      + (0..<9).map { "b\($0): &b\($0) [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n" }.joined()
    let cases = [
      (bomb, "anchors"), (String(repeating: "[", count: 500_000), "nested too deeply"),
      (String(repeating: "- ", count: 300_000), "nested too deeply"),
      (String(repeating: "{a: ", count: 100_000), "nested too deeply"),
      ("a: '" + String(repeating: "x", count: 200_000) + "'", "longer than 32 KiB"),
      (String(repeating: "? ", count: 300_000), "a key has to be a text"),
      (String(repeating: "#\n", count: 1 << 20), "File too large"),
    ]
    for (text, words) in cases {
      let start = Date()
      let run = try Tool.run(["--config", try settings(text), "-"], input: Lines.refusals)
      #expect(run.status == 64)
      #expect(run.errors.lowercased().contains(words.lowercased()), "\(run.errors.prefix(300))")
      #expect(run.errors.utf8.count < 4096)
      #expect(Date().timeIntervalSince(start) < 20)
    }
    #expect(try Tool.run(["--config", "/nonexistent.yaml", "-"], input: "x\n").status == 64)
    #expect(
      try Tool.run(["--config", try settings("# none\n"), "-"], input: Lines.success).status == 0)
  }

  /// Without the breaks between lines.
  static func words(_ page: String) -> String {
    page.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
  }

  static let rule = "suppressions:\n- cause: '*'\n  path: /orders/*\n  reason: they know\n  until: "

  @Test func `what is suppressed is said, counted, and no finding for the exit status`() throws {
    let file = try settings(Self.rule + "2026-11-23\n")
    let plain = try Tool.run(["-"], input: Lines.refusals)
    let run = try Tool.run(["--config", file, "-", "--json", "-"], input: Lines.refusals)
    #expect(plain.status != 0)
    #expect(run.status == 0)
    #expect(run.output.contains("\"reason\": \"they know\""))
    #expect(run.output.contains("\"suppressed\": 2"))
    #expect(run.output.contains("\"failures_401\": 2"))
    let page = Self.words(try Tool.run(["--config", file, "-"], input: Lines.refusals).output)
    #expect(page.contains("suppressed until 2026-11-23: they know"))
    #expect(page.contains("2 of them suppressed"))
    for (option, mark) in [
      ("--sarif", "\"suppressions\""), ("--junit", "<skipped message=\"suppressed until"),
      ("--markdown", "- Known: suppressed until"), ("--html", "suppressed until 2026-11-23"),
      ("--ndjson", "\"suppression\":{\"reason\":\"they know\""),
    ] {
      let other = try Tool.run(["--config", file, "-", option, "-"], input: Lines.refusals)
      #expect(other.output.contains(mark), "\(option)")
    }
  }

  @Test func `after its last day a suppression holds no more, and a note says so`() throws {
    let run = try Tool.run(
      ["--config", try settings(Self.rule + "2026-11-22\n"), "-"], input: Lines.refusals)
    #expect(run.status == (try Tool.run(["-"], input: Lines.refusals)).status)
    #expect(
      Self.words(run.output).contains("ended with 2026-11-22: 2 failures of F1"))
    #expect(!run.output.contains("2 of them suppressed"))
  }

  @Test func `a suppression of some failures leaves the finding and says how many`() throws {
    let text = Self.rule.replacing("/orders/*", with: "/orders/17") + "2026-12-31\n"
    let run = try Tool.run(["--config", try settings(text), "-"], input: Lines.refusals)
    #expect(run.status != 0)
    #expect(Self.words(run.output).contains("1 of its 2 failures are known until 2026-12-31"))
  }
}
