import Evidence
import Testing

@testable import Ingest

@Suite struct FeedTests {
  static let mixed = """
    2026-08-21 10:00:00,123 INFO  one
    \tat x
    [pod/a-1/a] 2026-08-21 10:00:01,000 INFO  two\r
    2026-08-21T10:00:00.1Z stdout P 2026-08-21 10:00:02,000 INFO  th
    2026-08-21T10:00:00.1Z stdout F ree
    {"log":"2026-08-21 10:00:03,000 INFO  four\\n","stream":"stdout","time":"2026-08-21T10:00:00.1Z"}

    unknown
    2026-08-21 10:00:04,000 INFO  five
    """

  @Test func `chunks cut anywhere give the same`() {
    let whole = read(FeedTests.mixed)
    #expect(whole.shown.count == 5)
    for size in 1...FeedTests.mixed.utf8.count {
      let cut = read(FeedTests.mixed, chunk: size)
      #expect(cut.shown == whole.shown)
      #expect(cut.coverage.lines == whole.coverage.lines)
      #expect(cut.coverage.bytes == whole.coverage.bytes)
      #expect(cut.coverage.continuations == whole.coverage.continuations)
    }
  }

  @Test func `text cut at any byte never traps`() {
    let bytes = Array(FeedTests.mixed.utf8)
    for end in 0...bytes.count {
      let sink = read(Array(bytes[..<end]))
      #expect(sink.coverage.lines <= 9)
      let other = read(Array(bytes[end...]))
      #expect(other.coverage.lines <= 9)
    }
  }

  @Test func `every wrapper cut at any byte never traps`() {
    let lines = [
      #"<15>1 2026-08-21T10:00:00.414Z h1 kc 812 - [a@1 b="]\"" c="d"] x"#,
      "<14>Aug 21 10:00:00 node1 keycloak[12]: x", "keycloak-0 keycloak 2026-08-21T10:00:00.1Z x",
      #"2026-08-21T10:00:00Z {pod="keycloak-0", app="k"} x"#,
      #"{"_source":{"MESSAGE":[1,2,300],"__REALTIME_TIMESTAMP":"1787306400123456"}}"#,
      #"{"log":"\ud83d\u","stream":"stdout","time":"2026-08-21T10:00:00.1Z"}"#,
      "\u{1b}[38;5;2m2026-08-21 10:00:00,123\u{1b}[0m", "[pod/a/b] [pod/a/b] [pod/a/b] ",
      "2026-08-21T10:00:00.123456789Z stderr P:x:y z", "a  | b  | c  | d",
      "1.2.3.4:5678 [21/Aug/2026:10:00:00.123] ",
    ]
    for line in lines {
      let bytes = Array(line.utf8)
      for end in 0...bytes.count {
        #expect(read(Array(bytes[..<end])).coverage.lines == (end == 0 ? 0 : 1))
        var broken = bytes
        if end < bytes.count { broken[end] = UInt8(ascii: "\"") }
        #expect(read(broken).coverage.lines == 1)
      }
    }
  }

  @Test func `a line longer than a megabyte is cut and counted`() {
    let long = "2026-08-21 10:00:00,123 INFO  " + String(repeating: "x", count: 3 << 20)
    let text = long + "\n2026-08-21 10:00:01,123 INFO  next\n"
    for chunk in [Int.max, 100_000] {
      let sink = read(text, chunk: chunk)
      #expect(sink.shown.count == 2)
      #expect(sink.tooLong == [0: 1])
      #expect(sink.coverage.lines == 2)
      #expect(sink.coverage.bytes == text.utf8.count)
    }
  }
}
