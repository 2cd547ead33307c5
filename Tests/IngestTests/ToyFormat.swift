import ByteScan
import Evidence

@testable import Ingest

/// `YYYY-MM-DD hh:mm:ss,mmm LEVEL text`: a message per line, so that the tests of framing depend on no real
/// format.
enum ToyFormat: LineFormat {
  static let format = Format.applicationText

  static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    to - from > 24 && Bytes.isDigit(s[from])
  }

  static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    guard let stamp = TimeStamp.iso(s, from, to), s[from + 10] == 32, stamp.end + 1 < to,
      s[stamp.end] == 32, s[stamp.end + 1] &- 65 < 26
    else { return nil }
    var message = Message(citation: context.citation)
    message.time = Instant(
      nanoseconds: stamp.nanoseconds
        - (stamp.hasZone ? 0 : Int64(context.assumedOffset) * 1_000_000_000))
    message.writer = context.writer
    message.text = sink.intern(s, stamp.end + 1, to)
    sink.add(message)
    return ReadLine(format: format, time: message.time, isMessage: true)
  }
}

/// Reads texts the way a source is read.
func read(
  _ text: String, chunk: Int = .max, timezone: Int? = nil,
  formats: [any LineFormat.Type] = [ToyFormat.self]
) -> Sink {
  read(Array(text.utf8), chunk: chunk, timezone: timezone, formats: formats)
}

func read(
  _ bytes: [UInt8], chunk: Int = .max, timezone: Int? = nil,
  formats: [any LineFormat.Type] = [ToyFormat.self]
) -> Sink {
  var options = ReadingOptions()
  options.timezone = timezone
  options.formats = formats
  options.modified = 1_787_300_000  // 2026-08-21
  var sink = Sink()
  var feed = LineFeed(LineReader(source: 0, options: options))
  var i = 0
  while i < bytes.count {
    let end = chunk < bytes.count - i ? i + chunk : bytes.count
    let piece = Array(bytes[i..<end])
    feed.append(piece.span, piece.count, &sink)
    i = end
  }
  feed.finish(&sink)
  return sink
}

extension Sink {
  /// `line|writer|time|text` of every message.
  var shown: [String] {
    observations.messages.map {
      let symbols = observations.symbols
      return
        "\($0.citation.number)|\(symbols.text($0.writer))|\($0.time.rfc3339)|\(symbols.text($0.text))"
    }
  }
  var coverage: Coverage { observations.coverage[0] ?? Coverage() }
}
