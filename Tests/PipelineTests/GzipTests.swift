import Evidence
import Testing

@testable import Ingest
@testable import Pipeline

@Suite struct GzipTests {
  private func run(_ bytes: [UInt8]) throws -> (requests: Int, coverage: Coverage) {
    let folder = try TemporaryFolder()
    let file = try folder.write("x.log.gz", bytes)
    let run = IngestRun([file], IngestRunTests.options(threads: 1, chunk: 4096))
    return (run.observations.requests.count, run.observations.coverage[0] ?? Coverage())
  }

  @Test func `members follow one another as one text`() throws {
    let folder = try TemporaryFolder()
    let bytes =
      try folder.gzip(IngestRunTests.log(70)) + folder.gzip(IngestRunTests.log(70, from: 70))
    let found = try run(bytes)
    #expect(found.requests == 20)
    #expect(found.coverage.lines == 140)
    #expect(found.coverage.problems.isEmpty)
    #expect(try run(bytes + [0, 0, 0, 0]).coverage.problems.isEmpty)
  }

  @Test func `a log is read alike packed and plain, whatever room it needs`() throws {
    let folder = try TemporaryFolder()
    for lines in [1, 100, 7000, 60_000] {
      let text = IngestRunTests.log(lines)
      let plain = try folder.write("\(lines).log", Array(text.utf8))
      let packed = try folder.write("\(lines).log.gz", folder.gzip(text))
      var options = IngestRunTests.options(threads: 1, chunk: 64 << 10)
      options.blockSize = 2 << 20
      let (a, b) = (IngestRun([plain], options), IngestRun([packed], options))
      #expect(a.observations.coverage[0]?.lines == lines)
      #expect(b.observations.coverage[0]?.lines == lines)
      #expect(a.observations.coverage[0]?.bytes == b.observations.coverage[0]?.bytes)
      #expect(a.observations.requests.map(\.citation) == b.observations.requests.map(\.citation))
    }
  }

  @Test func `a truncated member is read as far as it goes`() throws {
    let folder = try TemporaryFolder()
    let bytes = try folder.gzip(IngestRunTests.log(7000))
    let cut = Array(bytes[..<(bytes.count / 2)])
    let found = try run(cut)
    #expect(found.coverage.lines > 1000)
    #expect(found.coverage.unparsed == 0)
    #expect(
      found.coverage.problems == [
        "truncated gzip member after \(cut.count) bytes; the \(found.coverage.lines) lines before it were read"
      ])
    for end in 2..<64 { #expect(try run(Array(bytes[..<end])).coverage.problems.count == 1) }
  }

  @Test func `corrupt bytes end the file, not the program`() throws {
    let folder = try TemporaryFolder()
    let bytes = try folder.gzip(IngestRunTests.log(7000))
    for at in stride(from: 10, to: bytes.count, by: bytes.count / 23) {
      var broken = bytes
      broken[at] ^= 0x55
      let found = try run(broken)
      #expect(found.coverage.lines == 7000 || found.coverage.problems.count == 1)
    }
    var broken = bytes
    broken[bytes.count - 6] ^= 1
    #expect(try run(broken).coverage.problems.count == 1)
  }

  @Test func `bytes behind the last member are named`() throws {
    let folder = try TemporaryFolder()
    let bytes = try folder.gzip(IngestRunTests.log(70))
    let found = try run(bytes + Array("rubbish".utf8))
    #expect(found.coverage.lines == 70)
    #expect(found.coverage.problems.count == 1)
    #expect(found.coverage.problems.first?.hasPrefix("bytes that are no gzip") == true)
  }
}
