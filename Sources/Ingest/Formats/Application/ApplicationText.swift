internal import ByteScan
package import Evidence

/// Text logs of applications: see `ApplicationHead` for the layouts. Last but one in the catalogue,
/// since it takes any line that begins like a log record.
package enum ApplicationText: LineFormat {
  package static let format = Format.applicationText

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from >= 8 else { return false }
    let c = s[from]
    return Bytes.isDigit(c) || c == 32 || c == UInt8(ascii: "(") || c == UInt8(ascii: "[")
      || c | 0x20 >= 97 && c | 0x20 <= 122
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    // Gin writes its brand before the stamp.
    if Bytes.has("[GIN]", s, from, to), let access = AccessText.read(s, from, to) {
      var record = ApplicationRecord(context, .applicationAccess)
      record.time = RecordHead.time(nil, context)
      if let stamp = ginStamp(s, from + 5, to) { record.time = Instant.ofMessage(stamp, context) }
      record.add(access, s, &sink)
      return ReadLine(format: .applicationAccess, time: record.time)
    }
    // Flask's and Spring Boot's banners.
    if s[from] == 32 || s[from] == UInt8(ascii: "(") {
      guard banners.contains(where: { Bytes.has($0, s, from, to) }) else { return nil }
      var record = ApplicationRecord(context, format)
      record.time = RecordHead.time(nil, context)
      return record.read(s, from, to, &sink, logger: { _ in .none })
    }
    // Fiber's time has neither brackets nor a fraction.
    if ZoneProbe.isClock(s, from, to), Bytes.has(" | ", s, from + 8, to),
      let clock = RecordHead.clock(s, from, to, context),
      let access = AccessText.read(s, from + 9, to)
    {
      var record = ApplicationRecord(context, .applicationAccess)
      record.time = clock.time
      record.add(access, s, &sink)
      return ReadLine(format: .applicationAccess, time: record.time)
    }
    if let time = JavaLogHead.time(s, from, to, context) {
      sink.begins(.other, time)
      return ReadLine(format: format, time: time, isMessage: true)
    }
    guard let head = ApplicationHead.read(s, from, to, context) else { return nil }
    if Bytes.has("method=", s, head.message, to),
      let fields = ApplicationLogfmt.request(s, head.message, to)
    {
      return fields.read(s, context, .applicationLogfmt, head: head, &sink)
    }
    let isSpring =
      Bytes.has(" --- [", s, Bytes.find(" --- [", s, from, min(to, from + 60)), to)
    var record = ApplicationRecord(context, isSpring ? .springBoot : .applicationText)
    record.time = head.time
    record.isCoarse = head.isCoarse
    record.level = head.level
    return record.read(
      s, head.message, to, &sink,
      logger: { $0.intern(s, head.logger.from, head.logger.to) })
  }

  private static let banners: [StaticString] = [
    " * Serving Flask app", " * Debug mode: ", " * Running on ", "  .   ____          _ ",
    " /\\\\ / ___'_ __ _ _(_)_", "( ( )\\___ | '_ | '_| |", " \\\\/  ___)| |_)| | |",
    "  '  |____| .__|_| |_|", " =========|_|======", " :: Spring Boot :: ",
  ]

  /// ` 2026/11/23 - 18:06:35 |`
  private static func ginStamp(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> TimeStamp? {
    let start = Bytes.skipBlanks(s, at, to)
    guard start + 21 < to, Bytes.has(" - ", s, start + 10, to) else { return nil }
    var joined: [UInt8] = []
    for i in start..<start + 10 { joined.append(s[i]) }
    joined.append(32)
    for i in start + 13..<start + 21 { joined.append(s[i]) }
    return TimeStamp.iso(joined.span, 0, joined.count)
  }
}
