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
      request.requestID = sink.intern(s, tail.idStart, to)
    }
    sink.add(request, context)
    return ReadLine(format: format, time: Instant(line.stamp, context))
  }

  package static func glance(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ memory: inout StampMemory
  ) -> Glance? {
    guard let line = CombinedGlance(s, from, to, &memory) else { return nil }
    // ` 911 0.014 [shop-orders-8080] [] 10.244.2.17:8080 112 0.013 401 5f0c…`: one peer was asked once.
    let length = line.next + 1
    guard length < to, s[line.next] == 32 else { return nil }
    let seconds = Bytes.digitsEnd(s, length, to) + 1
    guard seconds > length + 1, seconds < to, s[seconds - 1] == 32 else { return nil }
    let dot = Bytes.digitsEnd(s, seconds, to)
    guard dot > seconds, dot - seconds <= 12, dot < to, s[dot] == UInt8(ascii: ".") else {
      return nil
    }
    let timeEnd = Bytes.digitsEnd(s, dot + 1, to)
    guard timeEnd > dot + 1, timeEnd - dot <= 12, timeEnd + 1 < to, s[timeEnd] == 32,
      s[timeEnd + 1] == UInt8(ascii: "[")
    else { return nil }
    let service = Bytes.find(UInt8(ascii: "]"), s, timeEnd + 2, to)
    guard service >= 0, service + 3 < to, s[service + 1] == 32,
      s[service + 2] == UInt8(ascii: "["), s[service + 3] == UInt8(ascii: "]")
    else { return nil }
    var i = service + 4
    for list in 0..<4 {
      guard i + 1 < to, s[i] == 32 else { return nil }
      let start = i + 1
      i = Bytes.find(32, s, start, to)
      if i < 0 { i = to }
      guard i > start, s[i - 1] != UInt8(ascii: ","), i + 2 >= to || s[i + 1] != UInt8(ascii: ":")
      else { return nil }
      if list == 0, i - start == 1 { return nil }
    }
    return Glance(status: line.status, time: line.time)
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
