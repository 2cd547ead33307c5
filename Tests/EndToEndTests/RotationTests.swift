import Foundation
import Testing

/// Rotated logs: what is missing between the parts is said, whatever the order of the arguments.
@Suite struct RotationTests {
  private func part(_ name: String, _ minute: String, _ folder: URL) throws -> String {
    let url = folder.appending(path: name)
    try Data(Lines.refusals.replacing("18:20:", with: "18:\(minute):").utf8).write(to: url)
    return url.path
  }
  private func folder() throws -> URL {
    let url = Scratch.folder.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url
  }
  private func run(_ inputs: [String], _ folder: URL) throws -> String {
    try Tool.run(inputs).output
  }

  @Test func `a part that is missing in the middle is named, and so is the gap`() throws {
    let folder = try folder()
    let parts = [
      try part("x.log", "40", folder), try part("x.log.1", "39", folder),
      try part("x.log.3", "20", folder),
    ]
    let page = try run(parts, folder)
    #expect(page == (try run(parts.reversed(), folder)))
    let words = SettingsTests.words(page)
    #expect(words.contains("x.log.2 was not given"))
    #expect(words.contains("(to 2026-11-23T18:20:19Z)"))
    #expect(words.contains("(from 2026-11-23T18:39:18Z)"))
    #expect(!words.contains("x.log.1 (to"))
    #expect(page.hasPrefix("6 × 401"))
  }

  @Test func `dates are an order too, and a whole set is no news`() throws {
    let folder = try folder()
    let old = try part("0.log.20261122-101112", "20", folder)
    let middle = try part("0.log.20261123-101112", "20", folder)
    let new = try part("0.log", "50", folder)
    let words = SettingsTests.words(try run([new, old, middle], folder))
    #expect(!words.contains("not given"))
    #expect(words.contains("0.log.20261123-101112 (to 2026-11-23T18:20:19Z)"))
    let whole = [try part("y.log", "20", folder), try part("y.log.1", "20", folder)]
    let page = SettingsTests.words(try run(whole, folder))
    #expect(!page.contains("no line between") && !page.contains("not given"))
  }

  @Test func `the parts of a log have one clock`() throws {
    let folder = try folder()
    var edge = ""
    var parts = ["", ""]
    for i in 0..<8 {
      let at = i * i + 5
      func stamp(_ seconds: Int) -> String {
        String(format: "18:%02d:%02d", 20 + seconds / 60, seconds % 60)
      }
      edge +=
        "172.20.8.64 - - [23/Nov/2026:\(stamp(at)) +0000] \"GET /orders/\(i) HTTP/1.1\" 401 60 \"-\" \"okhttp/4.12\" 612 0.004 [shop-orders-8080] [] 10.244.1.134:8080 60 0.004 401 a\(i)\n"
      parts[i / 4] +=
        "2026-11-23T\(stamp(at + 90)).000Z INFO access 10.244.0.1 GET /orders/\(i) 401 4ms\n"
    }
    var inputs: [String] = []
    for (name, text) in [("in.log", edge), ("app.log.1", parts[0]), ("app.log", parts[1])] {
      let url = folder.appending(path: name)
      try Data(text.utf8).write(to: url)
      inputs.append(url.path)
    }
    let page = SettingsTests.words(try run(inputs, folder))
    #expect(page.contains("app.log are"))
    #expect(page.contains("(8 pairs of lines)"))
    let half = SettingsTests.words(try run(Array(inputs.prefix(2)), folder))
    #expect(!half.contains("app.log.1 are"))
  }

  @Test func `replicas are no rotated log`() throws {
    let folder = try folder()
    let pods = [try part("app-1.log", "20", folder), try part("app-3.log", "50", folder)]
    let page = SettingsTests.words(try run(pods, folder))
    #expect(!page.contains("not given") && !page.contains("no line between"))
  }
}
