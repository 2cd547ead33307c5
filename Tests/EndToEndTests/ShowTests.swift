import Foundation
import Testing

struct ShowTests {
  @Test func `a finding's lines are shown where they stand, with neighbours`() throws {
    let folder = RecordedRunTests.folder.appending(path: "nginx-1")
    let report = Scratch.folder.appending(path: "show.json")
    _ = try Tool.run(["inputs", "--quiet", "--json", report.path], folder: folder)
    let result = try Tool.run(["show", report.path, "f1"], folder: folder)
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("F1 client.bad_secret"))
    #expect(result.output.contains("\n  > "))
    let elsewhere = try Tool.run(["show", report.path, "F1"], folder: Scratch.folder)
    #expect(elsewhere.status == 2)
    #expect(elsewhere.output.contains("cannot be read: no such file"))
  }

  @Test func `an unknown finding lists those there are, and other JSON is refused`() throws {
    let report = try Scratch.file(
      #"{"schema":"why401.report/1","findings":[{"id":"F1"},{"id":"F2"}]}"#)
    #expect(try Tool.run(["show", report.path, "F9"]).errors.contains("there are: F1, F2"))
    let other = try Scratch.file("{}")
    #expect(try Tool.run(["show", other.path, "F1"]).status == 2)
  }
}
