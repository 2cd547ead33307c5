import Foundation
import Testing

/// Two inputs with the same requests.
struct FetchedTwiceTests {
  /// Refusals of one second each, `first` to `last`.
  private static func lines(_ range: ClosedRange<Int>, _ pod: String = "10.244.1.134") -> String {
    range.map { second in
      "172.20.8.64 - - [23/Nov/2026:18:20:\(second) +0000] \"GET /orders/17 HTTP/1.1\" 401 60 \"-\""
        + " \"okhttp/4.12\" 612 0.004 [shop-orders-8080] [] \(pod):8080 60 0.004 401"
        + " 3f0c1d2e4b5a69788796a5b4c3d2e1\(second)\n"
    }.joined()
  }

  private func note(_ first: String, _ second: String) throws -> String? {
    let folder = Scratch.folder.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(first.utf8).write(to: folder.appending(path: "a.log"))
    try Data(second.utf8).write(to: folder.appending(path: "b.log"))
    let result = try Tool.run([".", "-q", "--json", "-"], folder: folder)
    return result.output.split(separator: "\n").first { $0.contains("stand in") }.map(String.init)
  }

  @Test func `a log that was fetched twice is told, with the lines that count twice`() throws {
    let note = try note(Self.lines(10...30), Self.lines(20...40))
    #expect(note?.contains("11 failures and events stand in ./a.log and in ./b.log, too") == true)
  }

  @Test func `logs of two pods, and a few equal lines, are none`() throws {
    #expect(try note(Self.lines(10...30), Self.lines(10...30, "10.244.1.135")) == nil)
    #expect(try note(Self.lines(10...30), Self.lines(27...40)) == nil)
  }
}
