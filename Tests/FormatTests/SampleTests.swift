import ByteScan
import Evidence
import Ingest
import Testing

/// What holds for every format that has samples.
@Suite struct SampleTests {
  @Test(arguments: SampleFiles.formats)
  func `each sample line is read as its own format and as no other`(_ format: Format) throws {
    let lines = try SampleFiles.lines(format)
    #expect(!lines.isEmpty)
    for line in lines {
      let reading = Reading(line)
      #expect(reading.line?.format == format, "\(line.prefix(160))")
    }
  }

  @Test(arguments: SampleFiles.formats)
  func `a sample line cut at any byte never traps`(_ format: Format) throws {
    for line in try SampleFiles.lines(format) {
      let bytes = Array(line.utf8)
      for end in 0..<bytes.count { askAll(Array(bytes[..<end])) }
      for start in stride(from: 0, to: bytes.count, by: 7) { askAll(Array(bytes[start...])) }
    }
  }

  @Test(arguments: SampleFiles.formats)
  func `any byte put anywhere never traps`(_ format: Format) throws {
    for line in try SampleFiles.lines(format).prefix(3) {
      let bytes = Array(line.utf8)
      for at in stride(from: 0, to: bytes.count, by: 5) {
        for byte: UInt8 in [0, 32, 34, 44, 48, 91, 92, 125] {
          askAll(Array(bytes[..<at]) + [byte] + Array(bytes[at...]))
        }
      }
    }
  }

  @Test func `a cut line of an edge gives no request with a status it does not have`() throws {
    for format in SampleFiles.formats where format.isEdgeOnly {
      for line in try SampleFiles.lines(format) {
        let whole = Reading(line).request?.status
        let bytes = Array(line.utf8)
        for end in 0..<bytes.count {
          guard let cut = Reading(Array(bytes[..<end])).request else { continue }
          #expect(cut.status == whole, "\(line.prefix(end).suffix(80))")
        }
      }
    }
  }

  @Test func `no credential of a sample reaches the texts that are kept`() throws {
    for format in SampleFiles.formats {
      for line in try SampleFiles.lines(format) {
        let reading = Reading(line)
        for i in 0..<reading.observations.symbols.count {
          let text = reading.text(Symbol(index: UInt32(i)))
          #expect(!text.contains("session_code=") && !text.contains("?code="), "\(text)")
          #expect(!text.contains("session=abcdef"), "\(text)")
        }
      }
    }
  }

  /// Every reader, whether it would have been asked or not; one that refuses adds nothing.
  private func askAll(_ bytes: [UInt8]) {
    let context = LineContext(citation: Citation(source: 0, number: 1))
    for reader in FormatCatalogue.all where reader.mayRead(bytes.span, 0, bytes.count) {
      var sink = Sink()
      if reader.read(bytes.span, 0, bytes.count, context, &sink) == nil {
        #expect(sink.observations.requests.isEmpty && sink.observations.messages.isEmpty)
      }
    }
  }
}
