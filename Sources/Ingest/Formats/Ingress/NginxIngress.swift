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
    guard memory.marks.isLine(from, to) else { return nil }
    let base = memory.marks.start
    let stretch = s.extracting(base..<memory.marks.end)
    let end = to &- base
    let client = Int(memory.marks.places[memory.marks.linePlaces.lowerBound])
    guard let stamp = memory.stamp.common(stretch, client &+ 6, end) else { return nil }
    let places = memory.marks.places.span.extracting(memory.marks.linePlaces)
    guard
      let line = CombinedGlance(
        stretch, from: from &- base, to: end, places,
        memory.marks.quotes.span.extracting(memory.marks.lineQuotes)),
      isTail(stretch, line.next, end, places),
      !memory.marks.mayNameOAuth(line.target.lowerBound, line.target.upperBound)
        || !Route.isOAuth(stretch, line.target.lowerBound, line.target.upperBound)
    else { return nil }
    return Glance(status: line.status, time: stamp)
  }

  /// ` 911 0.014 [shop-orders-8080] [] 10.244.2.17:8080 112 0.013 401 5f0c…` up to the end of a line of more
  /// than fifteen places: one peer was asked once. The id may be missing, and nothing else.
  @inline(__always)
  private static func isTail(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ places: Span<UInt16>
  ) -> Bool {
    let agent = from &- 1
    let last = places.count &- 1
    let count = Int(places[last &- 10]) == agent ? 9 : 8
    let blanks = last &- count
    guard Int(places[blanks &- 1]) == agent, Int(places[blanks]) == from else { return false }
    let seconds = Int(places[blanks &+ 1]) &+ 1
    let service = Int(places[blanks &+ 2]) &+ 1
    let serviceEnd = Int(places[blanks &+ 3])
    guard Bytes.isNumber(s, from &+ 1, seconds &- 1), isSeconds(s, seconds, service &- 1),
      s[service] == UInt8(ascii: "["),
      Bytes.find(UInt8(ascii: "]"), s, service &+ 1, serviceEnd) == serviceEnd &- 1,
      Int(places[blanks &+ 4]) == serviceEnd &+ 3, s[serviceEnd &+ 1] == UInt8(ascii: "["),
      s[serviceEnd &+ 2] == UInt8(ascii: "]")
    else { return false }
    var start = serviceEnd &+ 4
    for list in 0..<4 {
      let end = list < 3 || count == 9 ? Int(places[blanks &+ 5 &+ list]) : to
      guard end > start, s[end &- 1] != UInt8(ascii: ","),
        end &+ 2 >= to || s[end &+ 1] != UInt8(ascii: ":")
      else { return false }
      if list == 0, end &- start == 1 { return false }
      start = end &+ 1
    }
    return true
  }

  /// `0.014`
  @inline(__always)
  private static func isSeconds(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    let count = to &- from
    guard count >= 3, count <= 8, from &+ 8 <= s.count else { return false }
    let word = Bytes.word(s, from)
    let others = Bytes.nonDigits(word) & (.max &>> UInt64(truncatingIfNeeded: 64 &- count &* 8))
    let dot = others.trailingZeroBitCount &>> 3
    return others != 0 && others & (others &- 1) == 0 && dot > 0 && dot < count &- 1
      && s[from &+ dot] == UInt8(ascii: ".")
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
