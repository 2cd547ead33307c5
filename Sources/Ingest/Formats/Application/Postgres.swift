internal import ByteScan
package import Evidence

/// PostgreSQL's server log with the default `log_line_prefix` of its packages and images:
/// `2026-11-23 17:37:47.608 UTC [7323] LOG:  message`, with `user@database` before the severity where
/// the prefix says so.
///
/// <https://www.postgresql.org/docs/current/runtime-config-logging.html>
package enum Postgres: LineFormat {
  package static let format = Format.postgres

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    to - from > 32 && Bytes.isDigit(s[from]) && s[from + 4] == UInt8(ascii: "-")
      && Bytes.contains("] ", s, from, min(to, from + 64))
      && Bytes.contains(":  ", s, from, min(to, from + 160))
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    guard var stamp = TimeStamp.iso(s, from, to) else { return nil }
    var i = stamp.end
    // A zone's name: only UTC and GMT say how far they are off.
    if !stamp.hasZone, i + 1 < to, s[i] == 32, s[i + 1] >= 65, s[i + 1] <= 90 {
      let end = Quoted.wordEnd(s, i + 1, to)
      if Bytes.equals("UTC", s, i + 1, end) || Bytes.equals("GMT", s, i + 1, end) {
        stamp.hasZone = true
      }
      i = end
    }
    guard i + 2 < to, s[i] == 32, s[i + 1] == UInt8(ascii: "[") else { return nil }
    let close = Bytes.find(UInt8(ascii: "]"), s, i, min(to, i + 24))
    guard close > 0, Bytes.isDigit(s[i + 2]) else { return nil }
    let separator = Bytes.find(":  ", s, close, min(to, close + 120))
    guard separator > close + 2 else { return nil }
    var word = separator
    while word > close + 1, s[word - 1] >= 65, s[word - 1] <= 90 { word -= 1 }
    guard let level = severity(s, word, separator) else { return nil }
    let time = Instant(stamp, context)
    // The severity is part of what the signatures know (`FATAL:  terminating …`).
    let judged = MessageReader.judge(s, word, to, level: level, voice: .others)
    if let judged, judged.row != nil || level >= .error {
      let message = Message(context, format, time, level)
      MessageReader.add(judged, s, word, to, message, &sink)
    }
    return ReadLine(format: format, time: time, isMessage: true)
  }

  private static func severity(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Level? {
    func has(_ word: StaticString) -> Bool { Bytes.equals(word, s, from, to) }
    if has("LOG") || has("INFO") || has("STATEMENT") || has("DETAIL") || has("HINT")
      || has("CONTEXT") || has("NOTICE") || has("QUERY") || has("LOCATION")
    {
      return .info
    }
    if has("WARNING") { return .warn }
    if has("ERROR") { return .error }
    if has("FATAL") || has("PANIC") { return .fatal }
    return Bytes.has("DEBUG", s, from, to) ? .debug : nil
  }
}
