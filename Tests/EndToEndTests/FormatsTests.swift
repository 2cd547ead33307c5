import Foundation
import Testing

/// `why401 formats`: what can be read, and how one line is.
struct FormatsTests {
  static let lines = """
    2026-08-21T10:00:00.123456789Z stdout F \(Lines.success.trimmingCharacters(in: .newlines))
    [pod/kc-0/keycloak] 2026-08-21 10:00:02,123 ERROR [org.keycloak.services] (executor-thread-1) Uncaught server error
    [pod/kc-0/keycloak] \tat java.base/java.lang.Thread.run(Thread.java:1583)
    lorem \u{1b}]0;ipsum\u{7}
    2026-08-21T10:00:03.123456789Z stdout P half of a
    """

  static func why(_ line: Int, _ arguments: [String] = []) throws -> [String] {
    let log = try Scratch.file(lines, name: UUID().uuidString + "-why.log")
    let result = try Tool.run(["formats", "--why", "\(log.path):\(line)"] + arguments)
    #expect(result.status == 0)
    return result.output.split(separator: "\n").map {
      $0.split(separator: " ").joined(separator: " ")
    }
  }

  @Test func `without inputs, every format has a row and words`() throws {
    let rows = try Tool.run(["formats"]).output.split(separator: "\n")
    let samples = try FileManager.default.contentsOfDirectory(
      atPath: RecordedRunTests.folder.deletingLastPathComponent().appending(path: "formats").path)
    #expect(samples.count > 30)
    for sample in samples { #expect(rows.contains { $0.hasPrefix(sample + "  ") }) }
    for row in rows { #expect(row.contains("  ") && row.count <= 80) }
  }

  @Test func `a wrapped request is unwrapped, read, and refused by the others`() throws {
    let page = try FormatsTests.why(1)
    #expect(page.contains("wrappers container runtime (CRI)"))
    #expect(page.contains("wrapper time 2026-08-21T10:00:00.123456789Z"))
    #expect(page.contains("read as nginx.ingress"))
    #expect(page.contains("became request"))
    #expect(page.contains("http.response.status_code 200"))
    #expect(page.contains("caddy.access no: its lines begin otherwise"))
    #expect(page.contains("nginx.combined no: its lines begin otherwise"))
    #expect(page.contains("keycloak.access no: something in it does not fit"))
    #expect(!page.contains { $0.hasPrefix("nginx.ingress ") })
  }

  @Test func `a line is read in the light of those before`() throws {
    let message = try FormatsTests.why(2)
    #expect(message.contains("wrappers kubectl --prefix"))
    #expect(message.contains("writer kc-0/keycloak"))
    #expect(message.contains("read as keycloak.text"))
    #expect(message.contains("application.text would read it too"))
    let trace = try FormatsTests.why(3)
    #expect(trace.contains("read as continuation of keycloak.text"))
  }

  @Test func `an unread line is shown without its controls, a begun one as begun`() throws {
    let unread = try FormatsTests.why(4)
    #expect(unread.contains("read as unparsed"))
    #expect(!unread.joined().contains("\u{1b}"))
    #expect(!unread.contains { $0.hasSuffix("would read it too") })
    #expect(try FormatsTests.why(5).contains { $0.hasPrefix("read as beginning of a line") })
  }

  @Test func `gzip is read too, and says the same`() throws {
    let log = try Scratch.file(FormatsTests.lines, name: "zipped.log")
    let result = try Tool.shell(
      "gzip -kf \(log.path); \"$WHY401\" formats --why \(log.path):3 | tail -n +2 > \(log.path).a;"
        + " \"$WHY401\" formats --why \(log.path).gz:3 | tail -n +2 | diff - \(log.path).a && echo same"
    )
    #expect(result.output == "same\n")
    #expect(try String(contentsOfFile: log.path + ".a", encoding: .utf8).contains("continuation"))
  }

  @Test func `secrets stay out of the page`() throws {
    let line = Lines.refusals.replacing("/orders/17", with: "/orders/17?code=c0ffee&nick=s3cr3t")
    let log = try Scratch.file(line, name: "secret.log")
    let output = try Tool.run(["formats", "--why", "\(log.path):1"]).output
    #expect(output.contains("read as"))
    #expect(!output.contains("c0ffee") && !output.contains("s3cr3t"))
  }

  @Test(arguments: [
    ("LOG:6", 2, "no line 6; it has 5 lines"), ("/nonexistent/x.log:1", 2, "no such file"),
    ("LOG:0", 64, "--why wants FILE:LINE"), ("LOG", 64, "--why wants FILE:LINE"),
    ("FOLDER:1", 2, "not a file"),
  ])
  func `what is no line is said`(_ citation: String, _ status: Int32, _ text: String) throws {
    let log = try Scratch.file(FormatsTests.lines, name: "\(UUID()).log")
    let named = citation.replacing("LOG", with: log.path)
      .replacing("FOLDER", with: RecordedRunTests.folder.path)
    let result = try Tool.run(["formats", "--why", named])
    #expect(result.status == status)
    #expect(result.errors.contains(text))
    #expect(result.output.isEmpty)
  }
}

/// `--timezone`.
struct TimezoneTests {
  static let line =
    "2026-08-21 10:00:02,123 ERROR [org.keycloak.services] (executor-thread-1) Uncaught: x\n"

  @Test(arguments: [
    ("+02:00", "08:00:02"), ("-0500", "15:00:02"), ("UTC", "10:00:02"), ("Z", "10:00:02"),
    ("+05:45", "04:15:02"), ("+2", "08:00:02"),
  ])
  func `stamps without a zone are moved`(_ zone: String, _ clock: String) throws {
    let records = try Tool.run(
      ["records", "-", "--timezone", zone], input: TimezoneTests.line)
    #expect(records.output.contains("\"time\":\"2026-08-21T\(clock).123Z\""))
    let log = try Scratch.file(TimezoneTests.line)
    let formats = try Tool.run(["formats", log.path, "--timezone=\(zone)"])
    #expect(formats.output.contains("2026-08-21T\(clock).123Z to"))
    #expect(!formats.output.contains("stamps have no zone"))
  }

  @Test(arguments: ["analyze", "stream"])
  func `reports have them too, and stamps with a zone stay`(_ command: String) throws {
    func first(_ lines: String, _ arguments: [String]) throws -> String {
      let result = try Tool.run([command, "-", "--json", "-"] + arguments, input: lines)
      let report = try #require(
        try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
      let totals = try #require(report["totals"] as? [String: Any])
      return try #require(totals["first"] as? String)
    }
    let refused = """
      10.1.2.3:41000 [21/Aug/2026:10:00:00.123] web~ app/app1 0/0/1/2/3 401 187 - - ---- 1/1/0/0/0 0/0 "GET /orders HTTP/1.1"

      """
    #expect(try first(refused, []) == "2026-08-21T10:00:00.123Z")
    #expect(try first(refused, ["--timezone", "+02:00"]) == "2026-08-21T08:00:00.123Z")
    let zoned = try first(Lines.refusals, [])
    #expect(try first(Lines.refusals, ["--timezone", "+02:00"]) == zoned)
  }

  @Test(arguments: [
    "Berlin", "02:00", "+15:00", "-13", "+02:60", "+0:0:0", "+", "", "+99999999999999999999",
  ])
  func `what is no offset is 64`(_ zone: String) throws {
    let result = try Tool.run(["-", "--timezone", zone], input: TimezoneTests.line)
    #expect(result.status == 64)
    #expect(result.errors.contains("--timezone is an offset like"))
    #expect(result.output.isEmpty)
  }
}
