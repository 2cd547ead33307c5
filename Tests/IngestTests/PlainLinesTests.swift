import Testing

@testable import ByteScan

/// Plain successes are passed over with all instructions of this processor alike, and no byte is read that is not there.
@Suite struct PlainLinesTests {
  private static func line(_ k: Int) -> String {
    let status = [200, 200, 204, 304][k % 4]
    let path = "/api/" + String(repeating: "items/", count: k % 23) + "\(k)"
    return
      "10.0.\(k % 256).7 - - [21/Aug/2026:10:00:0\(k / 16 % 10) +0000] \"GET \(path) HTTP/1.1\" \(status) \(k) \"-\" \"Mozilla/5.0 (X11)\" 911 0.014 [shop-orders-8080] [] 10.244.2.17:8080 112 0.013 \(status)"
      + (k % 3 > 0 ? " 5f0c1d\(k)" : "")
  }

  /// Lines that a reading decides about.
  private static let others = [
    line(1).replacing("GET", with: "get"), line(1).replacing("/api", with: "/realms/shop"),
    line(1).replacing("200", with: "401"), line(1).replacing("10.244.2.17:8080", with: "a:1, b:2"),
    line(2).replacing(" - - ", with: " - ann "), "\u{1b}[0m" + line(2), "",
  ]

  /// What is passed over, as it would be written down by hand: status and end of each run.
  private static func runs(
    _ s: Span<UInt8>, _ marks: inout LineMarks, wantedBelow limit: UInt64 = 0
  ) -> [String] {
    marks.scan(s, 0, s.count)
    var found: [String] = []
    var head = LineHead()
    var at = 0
    while marks.takeLine(at) >= 0 {
      let plain = marks.passPlain(s, at, before: s.count, most: 5, head, wantedBelow: limit)
      at += plain.bytes
      if plain.lines > 0 { found.append("\(plain.lines) of \(plain.status) to \(at)") }
      switch plain.stop {
      case .goesOn: if plain.lines > 0 { continue }
      case .otherHead(let place):
        if let next = LineHead(s, place) {
          head = next
          continue
        }
      case .wanted(let priority):
        let newline = marks.takeLine(at)
        found.append("wanted: \(Bytes.priority(ofLine: s, at, newline) == priority)")
      case .unknown: break
      }
      let newline = marks.takeLine(at)
      if newline < 0 { break }
      found.append("other at \(at)")
      at = newline + 1
    }
    return found
  }

  private static let log: [UInt8] = {
    var text = ""
    for k in 0..<60 {
      text += line(k) + (k % 7 == 0 ? "\r\n" : "\n")
      if k % 8 == 0 { text += others[k / 8 % others.count] + "\n" }
    }
    return Array(text.utf8)
  }()

  @Test(arguments: 0...Int(LineMarks.mostVectors))
  func `what is passed over does not depend on the instructions`(_ vectors: Int) throws {
    let bytes = Self.log + [UInt8](repeating: 120, count: 64)
    var plain = LineMarks(vectors: 0)
    var marks = LineMarks(vectors: Int32(vectors))
    for limit in [0, UInt64.max / 3] {
      let known = Self.runs(bytes.span, &plain, wantedBelow: limit)
      let found = try GuardedBytes(bytes).read { Self.runs($0, &marks, wantedBelow: limit) }
      #expect(found == known)
    }
  }

  @Test func `every plain success is passed over, and no other line`() {
    let bytes = Self.log + [UInt8](repeating: 120, count: 64)
    var marks = LineMarks()
    let found = Self.runs(bytes.span, &marks)
    let passed = found.compactMap { $0.contains(" of ") ? Int($0.prefix { $0 != " " }) : nil }
    #expect(passed.reduce(0, +) == 60)
    #expect(found.count { $0.hasPrefix("other") } == 8)
    #expect(!found.contains("wanted: false"))
  }

  @Test func `a line near the end of the bytes is left to a reading`() {
    var marks = LineMarks()
    let bytes = Self.log
    let found = Self.runs(bytes.span, &marks)
    #expect(found.last?.hasPrefix("other at ") == true)
  }
}
