internal import ByteScan
package import Evidence

/// ingress-nginx's access line (`log_format upstreaminfo`), also its forms without request id and
/// without alternative upstream.
///
/// <https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/log-format/>
package enum NginxIngress: LineFormat {
  package static let format = Format.nginxIngress

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    CombinedLine.mayStart(s, from, to)
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    guard let line = CombinedLine(s, from, to), line.hasAgent, line.next + 5 < to,
      s[line.next] == 32, let tail = Tail(s, line.next + 1, to)
    else { return nil }
    if let target = RequestLine(s, line.requestStart, line.requestEnd),
      sink.isOnlyCounted(line.status, s, target.targetStart, target.targetEnd, context)
    {
      sink.pass(line.status, s, from, to, Self.self, context)
      return ReadLine(format: format, time: Instant(line.stamp, context))
    }
    var request = line.request(s, format, context, &sink)
    request.hop = .edge
    request.requestBytes = Int32(clamping: tail.requestLength)
    request.duration = tail.duration
    request.stampEnd(line.stamp, context)
    if !Quoted.isAbsent(s, tail.serviceStart, tail.serviceEnd) {
      request.service = sink.intern(s, tail.serviceStart, tail.serviceEnd)
    }
    tail.upstream.set(&request, s, &sink)
    RequestLine.set(&request, s, line.requestStart, line.requestEnd, &sink)
    if tail.idStart < to, !request.path.isNone || Sink.isKept(request.status) {
      request.requestID = sink.internPresent(s, tail.idStart, to)
    }
    sink.add(request, context)
    return ReadLine(format: format, time: Instant(line.stamp, context))
  }

  package static var glances: Bool { true }

  package static func glance(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ memory: inout GlanceMemory
  ) -> Glance? {
    guard let line = CombinedGlance(s, from, to, &memory) else { return nil }
    // ` 911 0.014 [shop-orders-8080] [] 10.244.2.17:8080 112 0.013 401 5f0c…`: one peer was asked
    // once. The id may be missing, and nothing else.
    let agent = line.next &- 1
    let last = memory.marks.last
    let count = memory.marks.place(last &- 10) == agent ? 9 : 8
    let blanks = last &- count
    guard memory.marks.place(blanks &- 1) == agent, memory.marks.place(blanks) == line.next
    else { return nil }
    let seconds = memory.marks.place(blanks &+ 1) &+ 1
    let service = memory.marks.place(blanks &+ 2) &+ 1
    let serviceEnd = memory.marks.place(blanks &+ 3)
    guard memory.marks.isNumber(line.next &+ 1, seconds &- 1),
      isSeconds(s, seconds, service &- 1, memory.marks), s[service] == UInt8(ascii: "["),
      Bytes.find(UInt8(ascii: "]"), s, service &+ 1, serviceEnd) == serviceEnd &- 1,
      memory.marks.place(blanks &+ 4) == serviceEnd &+ 3, s[serviceEnd &+ 1] == UInt8(ascii: "["),
      s[serviceEnd &+ 2] == UInt8(ascii: "]")
    else { return nil }
    var start = serviceEnd &+ 4
    for list in 0..<4 {
      let end = list < 3 || count == 9 ? memory.marks.place(blanks &+ 5 &+ list) : to
      guard end > start, s[end &- 1] != UInt8(ascii: ","),
        end &+ 2 >= to || s[end &+ 1] != UInt8(ascii: ":")
      else { return nil }
      if list == 0, end &- start == 1 { return nil }
      start = end &+ 1
    }
    return Glance(status: line.status, time: line.time)
  }

  /// `0.014`
  @inline(__always)
  private static func isSeconds(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ marks: borrowing LineMarks
  ) -> Bool {
    let count = to &- from
    guard count >= 3, count <= 24 else { return false }
    let others =
      ~marks.digits(from, count) & (1 &<< UInt64(truncatingIfNeeded: count) &- 1)
    let dot = others.trailingZeroBitCount
    return others & (others &- 1) == 0 && others != 0 && dot > 0 && dot <= 12 && dot < count &- 1
      && count &- dot <= 12 && s[from &+ dot] == UInt8(ascii: ".")
  }

  /// ` 911 0.014 [shop-orders-8080] [] 10.244.2.17:8080 112 0.013 401 5f0c…`
  private struct Tail {
    var requestLength = -1
    var duration: Int64 = -1
    var serviceStart = 0
    var serviceEnd = 0
    var upstream = NginxUpstream()
    /// `to` where there is no request id.
    var idStart: Int

    init?(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
      idStart = to
      var i = Bytes.digitsEnd(s, from, to)
      guard i > from, i + 1 < to, s[i] == 32 else { return nil }
      requestLength = Bytes.number(s, from, i)
      let timeEnd = Quoted.wordEnd(s, i + 1, to)
      duration = Bytes.microseconds(s, i + 1, timeEnd)
      guard duration >= 0, timeEnd + 2 < to, s[timeEnd + 1] == UInt8(ascii: "[") else { return nil }
      serviceStart = timeEnd + 2
      serviceEnd = Bytes.find(UInt8(ascii: "]"), s, serviceStart, to)
      guard serviceEnd >= 0, serviceEnd + 2 < to, s[serviceEnd + 1] == 32 else { return nil }
      i = serviceEnd + 2
      if s[i] == UInt8(ascii: "[") {
        let close = Bytes.find(UInt8(ascii: "]"), s, i, to)
        guard close >= 0, close + 2 < to, s[close + 1] == 32 else { return nil }
        i = close + 2
      }
      guard let end = upstream.read(s, i, to) else { return nil }
      if end + 1 < to { idStart = end + 1 }
    }
  }
}
