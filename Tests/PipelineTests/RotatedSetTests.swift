import Evidence
import Testing

@testable import Ingest
@testable import Pipeline

@Suite struct RotatedSetTests {
  @Test(
    arguments: [
      "a/kc.log", "a/kc.log.1", "a/kc.log.2.gz", "a/kc.log-20261101.gz", "a/kc-2026-11-01.log",
      "a/kc.log-20261101-1793491200.gz", "a/kc.log.12.zst",
    ])
  func `rotated parts share a name`(path: String) {
    #expect(RotatedSet.name(of: path) == "a/kc.log")
  }

  @Test(arguments: ["a/kc-0.txt", "b/kc.log", "a/kc2.log", "a/kc", ""])
  func `other files do not`(path: String) {
    #expect(RotatedSet.name(of: path) != "a/kc.log" || path == "a/kc")
  }

  @Test(arguments: [
    ("a/kc.log", "a/kc.log", 0, ""), ("a/kc.log.2.gz", "a/kc.log", 2, ""),
    ("a/0.log.20261122-101112.gz", "a/0.log", -1, "20261122-101112"),
    ("a/kc.log-20261101", "a/kc.log", -1, "20261101"),
  ])
  func `a part has its place among the others`(
    path: String, log: String, age: Int, date: String
  ) throws {
    let part = try #require(RotatedSet.part(of: path))
    #expect(part.log == log && part.date == date && part.age == (age < 0 ? nil : age))
  }

  @Test(arguments: ["a/kc.txt", "a/kc.log.old", "a/kc.log.", "a/kc.log.1234", "", "1", ".log.x"])
  func `other names have none`(path: String) {
    #expect(RotatedSet.part(of: path) == nil)
  }

  @Test func `the zone that one part shows holds for the others`() throws {
    let folder = try TemporaryFolder()
    let error = "[error] 1#1: *1 user \"x\": password mismatch, client: 10.0.0.1, server: x, "
    let old = try folder.write(
      "e.log.1.gz",
      try folder.gzip("2026/08/21 05:00:00 \(error)request: \"GET /a HTTP/1.1\", host: \"x\"\n"))
    let new = try folder.write(
      "e.log",
      "2026/08/21 05:00:01 \(error)request: \"GET /a HTTP/1.1\", host: \"x\", [21/Aug/2026:05:00:01 -0500]\n"
    )
    for inputs in [[new, old], [old, new]] {
      let run = IngestRun(inputs, IngestRunTests.options(threads: 2))
      #expect(
        run.observations.messages.map(\.time.rfc3339) == [
          "2026-08-21T10:00:00Z", "2026-08-21T10:00:01Z",
        ])
    }
    let alone = IngestRun([old], IngestRunTests.options(threads: 1))
    #expect(alone.observations.messages.map(\.time.rfc3339) == ["2026-08-21T05:00:00Z"])
  }
}
