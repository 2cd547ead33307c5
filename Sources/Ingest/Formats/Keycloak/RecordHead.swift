internal import ByteScan
package import Evidence

/// What stands before the message of a log record: offsets into the line and the time.
package struct RecordHead: Sendable, BitwiseCopyable {
  package var time = Instant.unknown
  /// The line's own stamp was in whole seconds, and no wrapper had a finer one.
  package var isCoarse = false
  package var level = Level.unknown
  package var logger = Extent.none
  package var thread = Extent.none
  package var trace = Extent.none
  package var requestID = Extent.none
  /// First byte of the message.
  package var message = 0

  package init() {}
}

extension RecordHead {
  /// The time of a record from its stamp, the assumed zone and, without a stamp, the neighbours.
  static func time(_ stamp: TimeStamp?, _ context: LineContext) -> Instant {
    guard let stamp else {
      return context.wrapperTime.isKnown ? context.wrapperTime : context.previousTime
    }
    let shift = stamp.hasZone ? 0 : Int64(context.assumedOffset) * 1_000_000_000
    return Instant(nanoseconds: stamp.nanoseconds &- shift)
  }

  /// A clock time without a date (`04:45:18,928`): the day is that of the wrapper or of the line
  /// before; a clock that runs backwards by half a day has passed midnight. Without either it is
  /// `Instant.undated`.
  static func clock(
    _ s: Span<UInt8>, _ at: Int, _ to: Int, _ context: LineContext
  ) -> (time: Instant, end: Int)? {
    guard at + 8 <= to, s[at + 2] == UInt8(ascii: ":"), s[at + 5] == UInt8(ascii: ":")
    else { return nil }
    let hour = Bytes.two(s, at)
    let minute = Bytes.two(s, at + 3)
    let second = Bytes.two(s, at + 6)
    guard hour >= 0, hour < 24, minute >= 0, minute < 60, second >= 0, second <= 60 else {
      return nil
    }
    var end = at + 8
    var nano: Int64 = 0
    if end < to, s[end] == UInt8(ascii: ",") || s[end] == UInt8(ascii: ".") {
      var scale: Int64 = 100_000_000
      var i = end + 1
      while i < to, Bytes.isDigit(s[i]) {
        nano += Int64(s[i] &- 48) * scale
        scale /= 10
        i += 1
      }
      if i > end + 1 { end = i }
    }
    var near = context.wrapperTime.isKnown ? context.wrapperTime : context.previousTime
    if !near.isKnown { near = context.undatedTime }
    let day = Instant.day
    // The day is settled when all is read.
    let offset = Int64(context.assumedOffset) * 1_000_000_000
    guard near.isKnown else {
      let inDay = Int64(hour * 3600 + minute * 60 + second) * 1_000_000_000 + nano
      return (Instant(nanoseconds: Instant.undated.nanoseconds + inDay - offset), end)
    }
    let local = near.nanoseconds &+ offset
    var start = local / day * day
    if local < 0, local % day != 0 { start -= day }
    let inDay = Int64(hour * 3600 + minute * 60 + second) * 1_000_000_000 + nano
    var value = start &+ inDay
    let isLate =
      near.isUndated && start >= Instant.undated.nanoseconds + Instant.mostUndatedDays * day
    if value < local &- day / 2, !isLate { value = value &+ day }
    if value > local &+ day / 2, context.wrapperTime.isKnown { value = value &- day }
    return (Instant(nanoseconds: value &- offset), end)
  }
}
