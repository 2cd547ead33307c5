import Foundation
import Testing

struct ExitStatusTests {
  @Test func `nothing to report is 0`() throws {
    let result = try Tool.run(["-"], input: Lines.success)
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("No 401 among 1 request"))
  }

  @Test func `refusals are never 0`() throws {
    let result = try Tool.run(["-"], input: Lines.refusals)
    #expect([1, 3].contains(result.status))
    #expect(result.output.hasPrefix("2 × 401 of 2 requests"))
    #expect(try Tool.run(["-", "--fail-on", "never"], input: Lines.refusals).status == 0)
  }

  @Test func `guesses alone are 3, and skipped in JUnit`() throws {
    let result = try Tool.run(["-", "-q", "--junit", "-"], input: Lines.refusals)
    #expect(result.status == 3)
    #expect(result.output.contains("failures=\"0\""))
    #expect(result.output.contains("<skipped message=\"a guess, possible (0."))
    #expect(result.output.contains("harmless or foreign (2 by guesses)"))
    let run = RecordedRunTests.folder.appending(path: "nginx-1")
    let sure = try Tool.run(["inputs", "-q", "--junit", "-"], folder: run)
    #expect(sure.status == 1 && sure.output.contains("<failure "))
  }

  @Test func `a missing file is 2, and the others are still read`() throws {
    let log = try Scratch.file(Lines.refusals, name: "ingress.log")
    let result = try Tool.run(["/nonexistent/x.log", log.path])
    #expect(result.status == 2)
    #expect(result.errors.contains("/nonexistent/x.log: no such file"))
    #expect(result.output.hasPrefix("2 × 401"))
  }

  @Test func `text that nobody understands is 2`() throws {
    let result = try Tool.run(["-"], input: "lorem\nipsum\ndolor\n")
    #expect(result.status == 2)
  }

  @Test(arguments: [
    (["--jsno", "x"], "unknown option --jsno; did you mean --json?"),
    (["anlyze"], "did you mean \"analyze\"?"),
    (["--json"], "--json needs a value"),
    (["--color=sometimes", "x"], "--color is one of auto, always, never"),
    (["--quiet=yes", "x"], "--quiet takes no value"),
    (["token", "--json", "x"], "--json does not go with \"token\""),
    (["--json", "-", "--html", "-", "x"], "only one report can go to standard output"),
    (["--json", "a", "--json", "b", "x"], "--json was given twice"),
    (["explain", "token.expird"], "did you mean token.expired?"),
    (["help", "strem"], "did you mean \"stream\"?"),
    (["completions", "tcsh"], "no completions for \"tcsh\""),
  ])
  func `wrong usage is 64 and says what was meant`(_ arguments: [String], _ text: String) throws {
    let result = try Tool.run(arguments)
    #expect(result.status == 64)
    #expect(result.errors.contains(text))
    #expect(result.output.isEmpty)
  }

  @Test func `no input and nothing on standard input is help and 64`() throws {
    let result = try Tool.run([])
    #expect(result.status == 64)
    #expect(result.errors.contains("Usage: why401"))
  }

  @Test func `a report that cannot be written is told before anything is read`() throws {
    let result = try Tool.run(["-", "--json", "/nonexistent/r.json"], input: Lines.refusals)
    #expect(result.status == 2)
    #expect(result.errors.contains("cannot write /nonexistent/r.json"))
  }

  @Test func `Ctrl-C prints the report so far and is 130`() throws {
    let log = try Scratch.file(Lines.refusals)
    let line = """
      { cat \(log.path); sleep 3; } | { "$WHY401" - & p=$!; sleep 1; kill -INT $p; wait $p; }
      """
    let result = try Tool.shell(
      line.replacing("{ \"$WHY401\" - &", with: "{ exec 3<&0; \"$WHY401\" - <&3 &"))
    #expect(result.status == 130)
    #expect(result.output.hasPrefix("2 × 401"))
  }
}
