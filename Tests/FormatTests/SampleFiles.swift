import Evidence
import Foundation
import Ingest

/// The sample lines of each format: `Samples/formats/<id>/*.log`.
enum SampleFiles {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Samples/formats")

  /// The formats of lines that have samples; documents are read by the tests of the built binary.
  static let formats: [Format] = Format.allCases.filter {
    let log = root.appendingPathComponent($0.rawValue).appendingPathComponent("sample.log")
    return FileManager.default.fileExists(atPath: log.path)
  }

  static func lines(_ format: Format) throws -> [String] {
    let folder = root.appendingPathComponent(format.rawValue)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return try files.filter { $0.hasSuffix(".log") }.sorted().flatMap { name in
      try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        .split(separator: "\n").map(String.init)
    }
  }
}

/// One line read through the catalogue, with the observations it gave.
struct Reading {
  var line: ReadLine?
  var observations: Observations
  var readers: [any LineFormat.Type] = []

  /// Reads `text` with the first reader of the catalogue that takes it.
  init(
    _ text: String, wrapperTime: Instant = .unknown, offset: Int = 0,
    readers: [any LineFormat.Type] = FormatCatalogue.all
  ) {
    self.init(Array(text.utf8), wrapperTime: wrapperTime, offset: offset, readers: readers)
  }

  init(
    _ bytes: [UInt8], wrapperTime: Instant = .unknown, offset: Int = 0,
    readers: [any LineFormat.Type] = FormatCatalogue.all
  ) {
    var context = LineContext(citation: Citation(source: 0, number: 1))
    context.wrapperTime = wrapperTime
    context.assumedOffset = offset
    var sink = Sink()
    for reader in readers where reader.mayRead(bytes.span, 0, bytes.count) {
      if let read = reader.read(bytes.span, 0, bytes.count, context, &sink) {
        line = read
        self.readers.append(reader)
        break
      }
    }
    observations = sink.observations
  }

  /// The request the line gave, kept or sampled.
  var request: Request? {
    var successes = observations.successes
    return observations.requests.first ?? successes.finish().first
  }
  var message: Message? { observations.messages.first }
  func text(_ symbol: Symbol) -> String { observations.symbols.text(symbol) }
}
