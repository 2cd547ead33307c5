import Testing

@testable import ByteScan

/// Questions to 64 bytes at once are answered as byte by byte, with all instructions of this
/// processor, and never look beyond the end.
@Suite struct LineMarksTests {
  /// What `LineMarks` and strings are about, and neighbours of it.
  private static let alphabet = Array("\n \"\\\u{1b}/rroewpa.09:5-,x[]\u{0}!#".utf8)

  private static func bytes(_ count: Int, _ state: inout UInt64) -> [UInt8] {
    (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      // Runs of one character and mixtures of all.
      return state >> 60 < 3
        ? UInt8(truncatingIfNeeded: state >> 40) : alphabet[Int(state >> 33) % alphabet.count]
    }
  }

  /// Compares all answers about `s[from...]` at some offsets; what differs.
  private static func differences(
    _ s: [UInt8], _ span: Span<UInt8>, _ from: Int, _ marks: inout LineMarks
  ) -> [String] {
    marks.scan(span, from, s.count)
    var wrong: [String] = []
    let to = s.count
    func check(_ name: String, _ at: Int, _ got: Int, _ wanted: Int) {
      if got != wanted { wrong.append("\(name) at \(at): \(got), not \(wanted), in \(s)") }
    }
    let places = (from..<to).filter { s[$0] == 10 || s[$0] == 32 || s[$0] == 34 }
    for (i, place) in places.enumerated() {
      check("place", i, from + Int(marks.places[i]), place)
    }
    if marks.hasEscape != s[from...].contains(27) { wrong.append("escape in \(s)") }
    var start = from
    while let newline = s[start..<to].firstIndex(of: 10) {
      check("line", start, marks.takeLine(start), newline)
      check("places before", start, marks.firstPlace, places.count { $0 < start })
      check("places up to", start, marks.newlinePlace + 1, places.count { $0 <= newline })
      check("quotes", start, marks.quoteCount, (start..<newline).count { s[$0] == 34 })
      check(
        "backslashes", start, marks.lineBackslashes, s[start..<newline].count { $0 == 92 })
      if !marks.isLine(start, newline) { wrong.append("no line at \(start) in \(s)") }
      start = newline + 1
    }
    check("line", start, marks.takeLine(start), -1)
    return wrong
  }

  @Test(arguments: 0...Int(LineMarks.mostVectors))
  func `marks are what a look at each byte finds`(_ vectors: Int) throws {
    var marks = LineMarks(vectors: Int32(vectors))
    var state: UInt64 = 401
    for length in 0...130 {
      for from in stride(from: length % 5, to: 64, by: 5) {
        let s = Self.bytes(from + length, &state)
        let wrong = try GuardedBytes(s).read { Self.differences(s, $0, from, &marks) }
        #expect(wrong.isEmpty, "\(wrong.prefix(3))")
      }
    }
  }

  @Test(arguments: 0...Int(LineMarks.mostVectors))
  func `no slash of an OAuth path is missed wherever it stands`(_ vectors: Int) {
    func mayName(_ s: [UInt8], _ at: Int, _ to: Int) -> Bool {
      LineMarks.mayNameOAuth(s.span, at, to, vectors: Int32(vectors))
    }
    let behind = [UInt8](repeating: 97, count: 64)
    for name in [
      "/realms/", "/.well-known/openid-configuration", "/openid-connect", "/oauth2/",
    ] {
      for before in 0..<130 {
        let path = [UInt8](repeating: 97, count: before) + Array(name.utf8)
        let s = path + behind
        for start in [0, before / 2, before] {
          #expect(mayName(s, start, path.count))
        }
        #expect(before == 0 || before > 64 || !mayName(s, 0, before))
      }
    }
    let plain = Array("/api/orders/profile/invoices".utf8)
    #expect(!mayName(plain + behind, 0, plain.count))
    #expect(mayName(plain, 0, plain.count), "the end is too near to tell")
  }

  @Test func `a stretch that is too long is marked to its limit`() {
    var marks = LineMarks()
    let s = [UInt8](repeating: 32, count: LineMarks.longest + 100)
    marks.scan(s.span, 3, s.count)
    #expect(marks.takeLine(3) == -1)
    #expect(Int(marks.places[LineMarks.longest - 1]) == LineMarks.longest - 1)
    #expect(marks.start == 3 && marks.end == 3 + LineMarks.longest)
  }

  @Test func `lines are taken one behind the other, and none once the bytes are gone`() {
    var marks = LineMarks()
    let s = Array("one\r\ntwo\nthree\n".utf8)
    marks.scan(s.span, 0, s.count)
    #expect(marks.takeLine(5) == -1)
    #expect(marks.takeLine(0) == 4)
    #expect(marks.takeLine(0) == 4)
    #expect(marks.isLine(0, 4) && marks.isLine(0, 3))
    #expect(!marks.isLine(0, 2) && !marks.isLine(1, 4))
    #expect(marks.takeLine(5) == 8)
    marks.forget()
    #expect(!marks.isLine(5, 8))
    #expect(marks.takeLine(9) == -1)
  }

  // MARK: Strings

  /// Byte by byte.
  private static func stringEnd(_ s: [UInt8], _ from: Int, _ to: Int) -> (end: Int, escaped: Bool) {
    var i = from
    var escaped = false
    while i < to, s[i] != 34 {
      if s[i] == 92 {
        escaped = true
        i += 1
      }
      i += 1
    }
    return (i < to ? i : -1, escaped)
  }

  @Test func `a string ends at the first quote that is not escaped`() throws {
    var state: UInt64 = 7
    for length in 0...130 {
      for from in 0..<64 {
        var s = Self.bytes(from + length, &state)
        // Half of them: backslashes and quotes only where the dice put them.
        if (length + from) % 2 == 0 {
          s = s.map { $0 % 7 == 0 ? 92 : $0 == 34 && from % 4 > 0 ? 35 : $0 }
        }
        let to = s.count - length % 3
        guard from <= to else { continue }
        let wanted = Self.stringEnd(s, from, to)
        let got = try GuardedBytes(s).read { JSONWalk.stringEnd($0, from, to) }
        #expect(got.end == wanted.end, "\(s)")
        if wanted.end >= 0 { #expect(got.escaped == wanted.escaped, "\(s)") }
      }
    }
  }

  @Test func `backslashes before a quote are counted across all borders`() {
    for before in 0..<70 {
      for backslashes in 0...130 {
        let s =
          [UInt8](repeating: 97, count: before) + [UInt8](repeating: 92, count: backslashes)
          + Array("\"b\"".utf8)
        let end = JSONWalk.stringEnd(s.span, 0, s.count).end
        #expect(end == before + backslashes + (backslashes % 2 == 0 ? 0 : 2))
      }
    }
  }
}
