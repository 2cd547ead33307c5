internal import ByteScan
internal import Captures
internal import Evidence
internal import Ingest

/// Lines of texts that are not read line by line.
extension LineAccount {
  /// A text whose records go over several lines, each of them put onto the line on which it begins: in lines that are
  /// empty then, what begins above goes on.
  struct Joined {
    let text: [UInt8]
    /// Exchanges were taken out.
    let isTranscript: Bool
  }

  /// So much of a text is read at once: all of a document, and what somebody may have pasted.
  static func largest(_ document: DocumentKind?) -> Int {
    document == nil ? WrappedText.largest : DocumentKind.largest
  }

  /// `nil` for what is read line by line. A HAR file has no lines (`IngestRun` says so before).
  static func joined(_ bytes: [UInt8], _ document: DocumentKind?) -> Joined? {
    switch document {
    case .transcript:
      var observations = Observations()
      let rest = WrittenReader.transcript(bytes, source: 0, into: &observations)
      return Joined(text: rest, isTranscript: true)
    case .spreadJSON: return Joined(text: SpreadJSON.flat(bytes), isTranscript: false)
    case nil where bytes.count <= WrappedText.largest:
      return WrappedText.whole(bytes.span, bytes.count).map {
        Joined(text: $0, isTranscript: false)
      }
    case .har, .batch, nil: return nil
    }
  }

  /// Line `number` (from 1) of a text.
  static func line(_ number: Int, of text: [UInt8]) -> ArraySlice<UInt8> {
    var start = 0
    for _ in 1..<max(1, number) {
      guard let newline = text[start...].firstIndex(of: UInt8(ascii: "\n")) else { return [] }
      start = newline + 1
    }
    return text[start..<(text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count)]
  }

  static func isBlank(_ line: ArraySlice<UInt8>) -> Bool { line.allSatisfy { $0 <= 32 } }

  /// The records that begin on the last line up to `number` that has any of exchanges: where it is, and their members.
  static func exchanges(
    before number: Int, of path: String, _ options: IngestOptions
  ) -> (line: Int, records: [[UInt8]])? {
    var found: (line: Int, records: [[UInt8]])?
    for (line, record) in records(of: path, options, separator: UInt8(ascii: ":")) {
      guard line <= number, line >= found?.line ?? 0, isExchange(record) else { continue }
      if line != found?.line { found = (line, []) }
      found?.records.append(record)
    }
    return found
  }

  /// The records of a capture or an archive of HTTP that are cited as `path#number`.
  static func numbered(
    _ number: Int, of path: String, _ options: IngestOptions
  ) -> [[UInt8]] {
    records(of: path, options, separator: UInt8(ascii: "#"))
      .filter { $0.number == number }.map(\.record)
  }

  /// Records of `why401 records`, without their citations.
  private static func records(
    of path: String, _ options: IngestOptions, separator: UInt8
  ) -> [(number: Int, record: [UInt8])] {
    var out: [UInt8] = []
    _ = RecordsRun([EntryBytes.file(path)], options) {
      out += $0
      return true
    }
    let begin = Array("{\"citation\":\"".utf8)
    var name: [UInt8] = []
    JSONOutput.quote(Array(path.utf8)[...], into: &name)
    var all: [(number: Int, record: [UInt8])] = []
    for line in out.split(separator: UInt8(ascii: "\n")) where line.starts(with: begin) {
      let cited = line.dropFirst(begin.count)
      guard
        let quote = cited.dropFirst(max(0, name.count - 2)).firstIndex(of: UInt8(ascii: "\""))
      else { continue }
      guard let mark = cited[..<quote].lastIndex(of: separator),
        cited[..<mark].elementsEqual(name.dropFirst().dropLast()), quote + 2 < line.endIndex,
        let number = Int(String(decoding: cited[(mark + 1)..<quote], as: UTF8.self))
      else { continue }
      all.append((number, [UInt8(ascii: "{")] + line[(quote + 2)...]))
    }
    return all
  }

  private static func isExchange(_ record: [UInt8]) -> Bool {
    let transcript = "\"format\":\"\(Format.transcript.rawValue)\""
    return record.dropFirst().starts(with: transcript.utf8)
  }
}
