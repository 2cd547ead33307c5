internal import ByteScan
internal import Evidence

/// When a request began and ended, out of the line's stamp, its duration and the wrapper's stamp.
extension Request {
  /// How far after a line's own stamp its wrapper's may lie to be the same moment, more precisely.
  static var wrapperReach: Int64 { 2_000_000_000 }

  /// The line stamps the end of the request (nginx, Caddy, ALB). Set `duration` before.
  mutating func stampEnd(_ stamp: TimeStamp, _ context: LineContext) {
    end = Instant(stamp, context)
    isCoarse = stamp.isCoarse
    if stamp.isCoarse { refineEnd(context) }
    start = duration > 0 ? Instant(nanoseconds: end.nanoseconds &- nanoseconds) : end
  }

  /// The line stamps the start (Envoy, HAProxy, Traefik, Apache). Set `duration` before.
  mutating func stampStart(_ stamp: TimeStamp, _ context: LineContext) {
    start = Instant(stamp, context)
    end = Request.end(start, duration: duration)
    isCoarse = stamp.isCoarse
    if stamp.isCoarse {
      waitForLine(context)
      refineEnd(context)
      if !isCoarse {
        start = duration > 0 ? Instant(nanoseconds: end.nanoseconds &- nanoseconds) : end
      }
    }
  }

  /// When a request ends that takes so many microseconds.
  static func end(_ start: Instant, duration: Int64) -> Instant {
    duration > 0 ? Instant(nanoseconds: start.nanoseconds &+ nanoseconds(duration)) : start
  }

  private var nanoseconds: Int64 { Request.nanoseconds(duration) }

  /// Of microseconds, clamped to a day.
  private static func nanoseconds(_ duration: Int64) -> Int64 {
    max(0, min(duration, 86_400_000_000)) &* 1000
  }

  /// The wrapper stamps a line when it is written, that is at the end: a start in whole seconds and no duration is so
  /// dated to half a second, where it is well before.
  private mutating func waitForLine(_ context: LineContext) {
    let written = context.wrapperTime.nanoseconds
    // In whole seconds a wrapper tells no more than the line.
    guard duration < 0, context.wrapperTime.isKnown, written % 1_000_000_000 != 0 else { return }
    let late = (written &- start.nanoseconds) / 1000
    guard late >= Request.leastWait, late <= Request.longestWait else { return }
    duration = late - 500_000
    end = context.wrapperTime
  }

  /// Microseconds between a start in whole seconds and the end that are more than what the seconds hide.
  private static var leastWait: Int64 { 1_300_000 }
  private static var longestWait: Int64 { 60_000_000 }

  private mutating func refineEnd(_ context: LineContext) {
    guard context.wrapperTime.isKnown else { return }
    let late = context.wrapperTime.nanoseconds &- end.nanoseconds
    guard late >= 0, late <= Request.wrapperReach else { return }
    end = context.wrapperTime
    isCoarse = false
  }
}

extension Instant {
  /// A stamp without a zone is read in the context's zone.
  init(_ stamp: TimeStamp, _ context: LineContext) {
    let shift = stamp.hasZone ? 0 : Int64(context.assumedOffset) &* 1_000_000_000
    self.init(nanoseconds: stamp.nanoseconds &- shift)
  }

  /// The same for messages: a whole-second stamp gives way to a wrapper's stamp just after it.
  static func ofMessage(_ stamp: TimeStamp, _ context: LineContext) -> Instant {
    let own = Instant(stamp, context)
    guard stamp.isCoarse, context.wrapperTime.isKnown else { return own }
    let late = context.wrapperTime.nanoseconds &- own.nanoseconds
    return late >= 0 && late <= Request.wrapperReach ? context.wrapperTime : own
  }
}
