import Evidence
import Testing

@testable import Ingest

/// Records as Fluent Bit and Ruby print them.
@Suite struct PrintedRecordTests {
  private static func json(_ hash: String) -> String {
    let bytes = Array(hash.utf8)
    var out: [UInt8] = []
    _ = RubyHash.write(bytes.span, 0, bytes.count, into: &out)
    return String(decoding: out, as: UTF8.self)
  }

  @Test(arguments: [
    (#"{"a"=>"b", "n"=>1.5, "t"=>true, "z"=>nil}"#, #"{"a":"b", "n":1.5, "t":true, "z":null}"#),
    // Fluent Bit leaves quotes and backslashes as they are.
    (
      #"{"log"=>"1.2.3.4 "GET / HTTP/1.1" 200 "a, b"", "stream"=>"stdout"}"#,
      #"{"log":"1.2.3.4 \"GET / HTTP/1.1\" 200 \"a, b\"", "stream":"stdout"}"#
    ),
    (
      #"{"log"=>"{"a":"x\y", "b":["c", "d"]}", "k"=>{"l"=>["m", "n"]}}]"#,
      #"{"log":"{\"a\":\"x\\y\", \"b\":[\"c\", \"d\"]}", "k":{"l":["m", "n"]}}"#
    ),
    // Ruby escapes them, and may put blanks around the arrow.
    (
      ##"{"log" => "say \"hi\"\n\#{x}", "b" => {"c" => 1}}"##,
      ##"{"log" : "say \"hi\"\n#{x}", "b" : {"c" : 1}}"##
    ),
    // What is open at the end of the line is closed.
    (#"{"log"=>"a "b" c"#, #"{"log":"a \"b\" c"}"#),
    (#"{"k"=>{"log"=>"x"#, #"{"k":{"log":"x"}}"#),
  ])
  func `a printed hash becomes JSON`(hash: String, expected: String) {
    #expect(Self.json(hash) == expected)
  }

  @Test func `a text that ends with a line goes on in the next ones`() {
    let sink = read(
      #"""
      [0] kube.a: [[1787306400.123456789, {}], {"log"=>"2026-08-21 10:00:00,123 ERROR  a
      	at b
      ", "stream"=>"stdout", "kubernetes"=>{"pod_name"=>"x"}}]
      [1] kube.b: [[1787306401.123456789, {}], {"log"=>"2026-08-21 10:00:01,123 INFO  c
      ", "stream"=>"stdout"}]
      2026-08-21 10:00:02,123 INFO  d
      """#)
    #expect(
      sink.shown == [
        "1|kube.a|2026-08-21T10:00:00.123Z|ERROR  a", "4|kube.b|2026-08-21T10:00:01.123Z|INFO  c",
        "6||2026-08-21T10:00:02.123Z|INFO  d",
      ])
    #expect(sink.coverage.continuations == 3)
    #expect(sink.coverage.unparsed == 0)
  }

  @Test func `a printed record that is cut at any byte never traps`() throws {
    let line =
      #"[0] kube.a: [[1787306400.1, {"a"=>1}], {"log"=>"a "b" \", c", "d"=>[[1, "e"], nil]}]"#
    let bytes = Array(line.utf8)
    for end in 0...bytes.count {
      for start in [0, 5, 12, 40] where start <= end {
        let part = try GuardedBytes(Array(bytes[start..<end]))
        part.read { s in
          guard s.count > 0 else { return }
          if let found = Prefixes.fluentBit(s, 0, s.count) {
            var out: [UInt8] = []
            _ = RubyHash.write(s, found.name.next, s.count, into: &out)
          }
          _ = Prefixes.isFluentBitEnd(s, 0, s.count)
        }
      }
    }
    for line in ["INFO   | jvm 1    | 2026/08/21 12:00:00 | x", "jvm 1    | x"] {
      let bytes = Array(line.utf8)
      for end in 1...bytes.count {
        let part = try GuardedBytes(Array(bytes[..<end]))
        part.read { s in _ = Prefixes.javaWrapper(s, 0, s.count) }
      }
    }
  }

  @Test(arguments: [
    "[0] kube.a: started", "[2026] a: [1, 2]", "[0] a: [[x, {}], {}]", "[1] [2] [3]",
    "[0] a: [[1787306400.1, {}], words]",
  ])
  func `a number in brackets is no record`(line: String) {
    let bytes = Array(line.utf8)
    #expect(Prefixes.fluentBit(bytes.span, 0, bytes.count) == nil)
  }

  @Test(arguments: ["INFO  | x", "WORDS  | jvm 1    | x", "jvm one  | x", "INFO   | http-nio | x"])
  func `a level and a bar are no Java Service Wrapper`(line: String) {
    let bytes = Array(line.utf8)
    #expect(Prefixes.javaWrapper(bytes.span, 0, bytes.count) == nil)
  }
}
