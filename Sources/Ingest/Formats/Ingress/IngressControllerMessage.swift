internal import ByteScan
package import Evidence

/// klog lines of ingress controllers (`W0821 10:00:00.123456       7 controller.go:1214] …`): a
/// service without endpoints, a reload, a start. Other klog lines are recognised and kept from
/// warnings upwards.
///
/// <https://github.com/kubernetes/klog>; F5's controller writes the year too.
package enum IngressControllerMessage: LineFormat {
  package static let format = Format.klog

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from > 24 else { return false }
    let c = s[from]
    return
      (c == UInt8(ascii: "I") || c == UInt8(ascii: "W") || c == UInt8(ascii: "E")
      || c == UInt8(ascii: "F")) && Bytes.isDigit(s[from + 1]) && Bytes.isDigit(s[from + 4])
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    guard let time = time(s, from, to, context) else { return nil }
    // `hh:mm:ss.uuuuuu  threadid file:line] message`
    var i = Bytes.find(UInt8(ascii: "]"), s, from, min(to, from + 160))
    guard i > 0, i + 2 < to, s[i + 1] == 32 else { return nil }
    var fileStart = i
    while fileStart > from, s[fileStart - 1] != 32 { fileStart -= 1 }
    guard Bytes.find(UInt8(ascii: ":"), s, fileStart, i) > 0 else { return nil }
    let fileEnd = i
    i += 2
    let level: Level =
      switch s[from] {
      case UInt8(ascii: "I"): .info
      case UInt8(ascii: "W"): .warn
      case UInt8(ascii: "E"): .error
      default: .fatal
      }
    let statement = statement(s, i, to)
    if statement != .other || level >= .warn {
      var message = Message(context, format, time, level)
      message.statement = statement
      message.logger = sink.intern(s, fileStart, fileEnd)
      message.text = sink.internMasked(s, i, to)
      if statement == .noEndpoints {
        let open = Bytes.find("ervice \"", s, i, to)
        if open >= 0 {
          let close = Bytes.find(UInt8(ascii: "\""), s, open + 8, to)
          if close > 0 { message.subject = sink.intern(s, open + 8, close) }
        }
      }
      sink.add(message)
    }
    return ReadLine(format: format, time: time, isMessage: true)
  }

  private static func statement(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Statement {
    if Bytes.contains("does not have any active Endpoint", s, from, to)
      || Bytes.contains("Error obtaining Endpoints for Service", s, from, to)
    {
      return .noEndpoints
    }
    if Bytes.contains("Configuration changes detected, backend reload required", s, from, to)
      || Bytes.contains("ackend successfully reloaded", s, from, to)
    {
      return .configurationReloaded
    }
    if Bytes.contains("Starting NGINX Ingress controller", s, from, to) { return .edgeStarted }
    if Bytes.contains("Shutting down controller queues", s, from, to)
      || Bytes.contains("Received SIGTERM, shutting down", s, from, to)
    {
      return .edgeStopped
    }
    return .other
  }

  /// `Lmmdd hh:mm:ss.uuuuuu` has no year: the wrapper's, that of the line before, or the last one before
  /// the source was changed.
  static func time(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext
  ) -> Instant? {
    var year = 0
    var i = from + 1
    let digits = Bytes.digitsEnd(s, i, to) - i
    if digits == 8 {
      year = Bytes.number(s, i, i + 4)
      i += 4
    } else if digits != 4 {
      return nil
    }
    let month = Bytes.two(s, i)
    let day = Bytes.two(s, i + 2)
    guard i + 20 < to, s[i + 4] == 32, s[i + 7] == UInt8(ascii: ":"),
      s[i + 10] == UInt8(ascii: ":"), s[i + 13] == UInt8(ascii: "."), month >= 0, month <= 12,
      day >= 0, day <= 31, (month == 0) == (day == 0)
    else { return nil }
    let hour = Bytes.two(s, i + 5)
    let minute = Bytes.two(s, i + 8)
    let second = Bytes.two(s, i + 11)
    let micro = Bytes.number(s, i + 14, Bytes.digitsEnd(s, i + 14, min(to, i + 20)))
    guard hour >= 0, hour < 24, minute >= 0, minute < 60, second >= 0, second <= 60, micro >= 0
    else { return nil }
    // Dates blotted out (`I0000`) leave the wrapper's.
    guard month > 0 else { return context.wrapperTime }
    func at(_ year: Int) -> Instant {
      Instant.utc(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second,
        nanosecond: micro * 1000, offset: context.assumedOffset)
    }
    if year > 0 { return at(year) }
    let known = context.wrapperTime.isKnown ? context.wrapperTime : context.previousTime
    guard known.isKnown else { return Instant.latest(before: context.changed, at) ?? .unknown }
    // The year that brings the stamp closest: a December line read in January is last year's.
    let candidate = at(known.civil.year)
    let half = Int64(182 * 86_400) &* 1_000_000_000
    let distance = candidate.nanoseconds &- known.nanoseconds
    if distance > half { return at(known.civil.year - 1) }
    if distance < -half { return at(known.civil.year + 1) }
    return candidate
  }
}
