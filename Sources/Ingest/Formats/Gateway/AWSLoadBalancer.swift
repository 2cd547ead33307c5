internal import ByteScan
package import Evidence

/// Access lines of AWS Application Load Balancers: blanks between fields, some quoted, new fields
/// are appended. Stamped when the answer was sent. Classic Load Balancers leave out what stands before
/// the stamp, and end at the protocol.
///
/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html>,
/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/access-log-collection.html>
package enum AWSLoadBalancer: LineFormat {
  package static let format = Format.awsALB

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from > 64 else { return false }
    switch s[from] {
    case UInt8(ascii: "h"), UInt8(ascii: "g"), UInt8(ascii: "w"): return true
    // `2026-08-21T10:00:00.123456Z `
    case UInt8(ascii: "2"): return s[from + 26] == UInt8(ascii: "Z") && s[from + 27] == 32
    default: return false
    }
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    guard let line = AWSLoadBalancerLine(s, from, to) else { return nil }
    var request = Request(citation: context.citation)
    request.format = line.isClassic ? .awsELB : .awsALB
    request.hop = .edge
    request.writer = context.writer
    request.status = line.status
    request.duration = line.duration
    request.stampEnd(line.stamp, context)
    guard !line.isConnection(s) else {
      if sink.isRecording {
        var message = Message(citation: context.citation)
        message.time = request.end
        message.format = request.format
        message.writer = context.writer
        message.client = line.clientAddress(s, &sink)
        sink.add(message)
      }
      return ReadLine(format: request.format, time: request.end)
    }
    if sink.isOnlyCountedURL(
      request.status, s, line.request.start, line.request.end, context)
    {
      sink.pass(request.status, s, from, to, Self.self, context)
      return ReadLine(format: request.format, time: request.end)
    }
    line.fill(&request, s, &sink)
    if !line.isClassic {
      var rest = line.rest
      AWSLoadBalancerTail(s, &rest).fill(&request, s, &sink)
    }
    RequestLine.set(&request, s, line.request.start, line.request.end, &sink)
    sink.add(request, context)
    return ReadLine(format: request.format, time: request.end)
  }
}
