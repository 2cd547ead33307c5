internal import ByteScan
internal import Evidence

/// Request lines of Kubernetes' API servers and kubelets (`httplog.go`): `"HTTP" verb="GET" URI="/api"
/// latency="1.2ms" userAgent="…" srcIP="10.0.0.7:51234" resp=401`. Stamped at the end.
enum KlogRequest {
  /// Reads the words after klog's head; `nil` when they are no request.
  static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ time: Instant, _ context: LineContext,
    _ sink: inout Sink
  ) -> ReadLine? {
    guard Bytes.has("\"HTTP\" verb=", s, from, to) else { return nil }
    var request = Request(citation: context.citation)
    request.format = .klog
    request.hop = .application
    request.end = time
    request.writer = context.writer
    var status = -1
    var target = Extent.none
    var i = from + 7
    while i < to {
      let equals = Bytes.find(UInt8(ascii: "="), s, i, to)
      guard equals > i, equals + 1 < to else { break }
      var value = Extent(equals + 1, Quoted.wordEnd(s, equals + 1, to))
      if s[value.from] == UInt8(ascii: "\"") {
        let end = Quoted.end(s, value.from + 1, to)
        guard end >= 0 else { return nil }
        value = Extent(value.from + 1, end)
      }
      func named(_ name: StaticString) -> Bool { Bytes.equals(name, s, i, equals) }
      if named("verb") {
        request.method = sink.intern(s, value.from, value.to)
      } else if named("URI") {
        target = value
      } else if named("latency") {
        request.duration = microseconds(s, value)
      } else if named("userAgent") {
        request.userAgent = sink.internMasked(s, value.from, value.to)
      } else if named("audit-ID") {
        request.requestID = sink.intern(s, value.from, value.to)
      } else if named("srcIP") {
        let address = Address(s, value.from, value.to)
        request.client = sink.intern(s, address.start, address.end)
        request.clientPort = address.port
      } else if named("resp") {
        status = value.to - value.from == 3 ? Bytes.number(s, value.from, value.to) : -1
      }
      i = value.to
      while i < to, s[i] == 32 || s[i] == UInt8(ascii: "\"") { i += 1 }
    }
    guard status >= 0, !target.isEmpty else { return nil }
    request.status = UInt16(clamping: status)
    request.start =
      request.duration > 0
      ? Instant(nanoseconds: time.nanoseconds &- request.duration &* 1000) : time
    sink.setTarget(&request, s, target.from, target.to)
    sink.add(request, context)
    return ReadLine(format: .klog, time: time)
  }

  /// Go's durations with one unit: `1.234567ms`, `850.1µs`, `2.5s`; -1 for others.
  private static func microseconds(_ s: Span<UInt8>, _ e: Extent) -> Int64 {
    var end = e.from
    while end < e.to, Bytes.isDigit(s[end]) || s[end] == UInt8(ascii: ".") { end += 1 }
    guard end > e.from, end < e.to else { return -1 }
    // As if they were seconds; the unit decides how much less it is.
    let value = Bytes.microseconds(s, e.from, end)
    guard value >= 0 else { return -1 }
    if Bytes.equals("s", s, end, e.to) { return value }
    if Bytes.equals("ms", s, end, e.to) { return value / 1000 }
    if Bytes.equals("µs", s, end, e.to) { return value / 1_000_000 }
    return -1
  }
}
