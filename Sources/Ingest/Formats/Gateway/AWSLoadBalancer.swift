internal import ByteScan
package import Evidence

/// Access lines of AWS Application Load Balancers: blanks between fields, some quoted, new fields
/// are appended. Stamped when the answer was sent.
///
/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html>
package enum AWSLoadBalancer: LineFormat {
  package static let format = Format.awsALB

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from > 100 else { return false }
    let c = s[from]
    return c == UInt8(ascii: "h") || c == UInt8(ascii: "g") || c == UInt8(ascii: "w")
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    var fields = BlankSeparated(from, to)
    let type = fields.next(s)
    guard isType(s, type.start, type.end) else { return nil }
    let time = fields.next(s)
    guard let stamp = TimeStamp.iso(s, time.start, time.end), stamp.end == time.end else {
      return nil
    }
    let balancer = fields.next(s)
    guard Bytes.find(UInt8(ascii: "/"), s, balancer.start, balancer.end) > 0 else { return nil }
    let client = fields.next(s)
    let target = fields.next(s)
    var seconds: Int64 = 0
    for _ in 0..<3 {
      let part = fields.next(s)
      seconds &+= max(0, Bytes.microseconds(s, part.start, part.end))
    }
    let status = fields.next(s)
    let targetStatus = fields.next(s)
    let code = Bytes.number(s, status.start, status.end)
    guard code >= 0 && code <= 999 || Quoted.isAbsent(s, status.start, status.end) else {
      return nil
    }
    let received = fields.next(s)
    let sent = fields.next(s)
    let line = fields.next(s)
    let agent = fields.next(s)
    guard line.start < to else { return nil }

    var request = Request(citation: context.citation)
    request.format = format
    request.hop = .edge
    request.writer = context.writer
    request.status = UInt16(max(0, code))
    request.duration = min(seconds, 86_400_000_000)
    request.stampEnd(stamp, context)
    if sink.isOnlyCountedURL(request.status, s, line.start, line.end, context) {
      sink.skip(request.status)
      return ReadLine(format: format, time: request.end)
    }
    request.requestBytes = Int32(clamping: Bytes.number(s, received.start, received.end))
    request.responseBytes = Int32(clamping: Bytes.number(s, sent.start, sent.end))
    let peer = Address(s, client.start, client.end, hasPort: true)
    request.client = sink.intern(s, peer.start, peer.end)
    request.clientPort = peer.port
    if !Quoted.isAbsent(s, target.start, target.end) {
      request.upstreamAddress = sink.intern(s, target.start, target.end)
    }
    if Quoted.isAbsent(s, targetStatus.start, targetStatus.end) {
      request.answeredBy = .edge
    } else {
      request.upstreamStatus = UInt16(
        clamping: max(0, Bytes.number(s, targetStatus.start, targetStatus.end)))
      request.answeredBy = request.upstreamStatus == request.status ? .upstream : .edge
    }
    if !Quoted.isAbsent(s, agent.start, agent.end) {
      request.userAgent = sink.intern(s, agent.start, agent.end)
    }
    AWSLoadBalancerTail(s, &fields).fill(&request, s, &sink)
    RequestLine.set(&request, s, line.start, line.end, &sink)
    sink.add(request, context)
    return ReadLine(format: format, time: request.end)
  }

  private static func isType(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    Bytes.equals("https", s, from, to) || Bytes.equals("http", s, from, to)
      || Bytes.equals("h2", s, from, to) || Bytes.equals("grpcs", s, from, to)
      || Bytes.equals("ws", s, from, to) || Bytes.equals("wss", s, from, to)
  }
}
