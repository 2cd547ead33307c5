import Foundation
import Testing

struct SelfTestTests {
  @Test func `the labelled runs are judged, and hardly a verdict is surely wrong`() throws {
    let result = try Tool.run(["selftest", RecordedRunTests.folder.path])
    #expect(result.status == 0)
    let all = try #require(
      result.output.split(separator: "\n").first { $0.hasPrefix("all ") })
    let numbers = all.split(separator: " ").compactMap { Double($0) }
    #expect(numbers.count == 4)
    #expect(numbers[0] >= 400)
    #expect(numbers[1] >= 80)
    #expect(numbers[2] >= 90)
    #expect(numbers[3] <= 1)
  }

  @Test func `a label that names no cause is reported with its line`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(
      at: folder.appending(path: "run/inputs"), withIntermediateDirectories: true)
    try "inputs/a.log:1\ttoken.expired\ninputs/a.log:2\tno.such\n".write(
      to: folder.appending(path: "run/labels.tsv"), atomically: true, encoding: .utf8)
    try "nothing\n".write(
      to: folder.appending(path: "run/inputs/a.log"), atomically: true, encoding: .utf8)
    let result = try Tool.run(["selftest", folder.path])
    #expect(result.status == 2)
    #expect(result.errors.contains("labels.tsv:2"))
  }

  @Test func `a folder without labels is refused`() throws {
    let result = try Tool.run(["selftest", "/proc/self/fdinfo"])
    #expect(result.status == 2)
    #expect(result.errors.contains("no labelled runs"))
  }
}
