internal import ByteScan
internal import Evidence

/// What the lines of AWS' application and classic load balancers have in common, up to the agent:
/// `[type] time balancer client target times status target-status received sent "request" "agent"`.
struct AWSLoadBalancerLine {
  var isClassic: Bool
  var stamp: TimeStamp
  /// 0 where the connection had no answer.
  var status: UInt16
  /// Microseconds; -1 unknown.
  var duration: Int64
  var request: BlankSeparated.Field
  /// Behind the agent.
  var rest: BlankSeparated
  private var client: BlankSeparated.Field
  private var target: BlankSeparated.Field
  private var targetStatus: BlankSeparated.Field
  private var received: BlankSeparated.Field
  private var sent: BlankSeparated.Field
  private var agent: BlankSeparated.Field

  init?(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    var fields = BlankSeparated(from, to)
    var time = fields.next(s)
    isClassic = time.start < to && Bytes.isDigit(s[time.start])
    if !isClassic {
      guard AWSLoadBalancerLine.isType(s, time.start, time.end) else { return nil }
      time = fields.next(s)
    }
    guard let stamp = TimeStamp.iso(s, time.start, time.end), stamp.end == time.end else {
      return nil
    }
    self.stamp = stamp
    let balancer = fields.next(s)
    let hasSlash = Bytes.find(UInt8(ascii: "/"), s, balancer.start, balancer.end) > 0
    guard balancer.start < to, !hasSlash || !isClassic else { return nil }
    client = fields.next(s)
    // Names without `app/` and an identifier are printed by collectors that shorten them.
    guard hasSlash || AddressText.isAddress(s, client.start, client.end) else { return nil }
    target = fields.next(s)
    // All three are -1 where no connection to a target came about.
    var seconds: Int64 = -1
    for _ in 0..<3 {
      let part = fields.next(s)
      let own = Bytes.microseconds(s, part.start, part.end)
      if own >= 0, s[part.start] != UInt8(ascii: "-") { seconds = max(0, seconds) &+ own }
    }
    duration = min(seconds, 86_400_000_000)
    let status = fields.next(s)
    targetStatus = fields.next(s)
    let code = Bytes.number(s, status.start, status.end)
    guard code >= 0 && code <= 999 || Quoted.isAbsent(s, status.start, status.end) else {
      return nil
    }
    self.status = UInt16(max(0, code))
    received = fields.next(s)
    sent = fields.next(s)
    request = fields.next(s)
    agent = fields.next(s)
    guard request.start < to, s[request.start - 1] == UInt8(ascii: "\"") || !isClassic else {
      return nil
    }
    rest = fields
  }

  /// A connection of a listener without HTTP: `"- - - "`.
  func isConnection(_ s: Span<UInt8>) -> Bool {
    status == 0 && isClassic
      && (request.start >= request.end || s[request.start] == UInt8(ascii: "-"))
  }

  private func peer(_ s: Span<UInt8>) -> Address {
    Address(s, client.start, client.end, hasPort: true)
  }

  func clientAddress(_ s: Span<UInt8>, _ sink: inout Sink) -> Symbol {
    let peer = peer(s)
    return sink.intern(s, peer.start, peer.end)
  }

  func fill(_ result: inout Request, _ s: Span<UInt8>, _ sink: inout Sink) {
    result.requestBytes = Int32(clamping: Bytes.number(s, received.start, received.end))
    result.responseBytes = Int32(clamping: Bytes.number(s, sent.start, sent.end))
    // "For HTTP requests, this includes the headers" (Access logs for your Application Load Balancer).
    result.sizeCountsHeaders = true
    result.client = clientAddress(s, &sink)
    result.clientPort = peer(s).port
    if !Quoted.isAbsent(s, target.start, target.end) {
      result.upstreamAddress = sink.intern(s, target.start, target.end)
    }
    let code = max(0, Bytes.number(s, targetStatus.start, targetStatus.end))
    // Where no target was asked, its status is `-`, or 0 on the older kind.
    result.answeredBy = .edge
    if code > 0 {
      result.upstreamStatus = UInt16(clamping: code)
      if result.upstreamStatus == result.status { result.answeredBy = .upstream }
    }
    if !Quoted.isAbsent(s, agent.start, agent.end) {
      result.userAgent = sink.intern(s, agent.start, agent.end)
    }
  }

  private static func isType(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    Bytes.equals("https", s, from, to) || Bytes.equals("http", s, from, to)
      || Bytes.equals("h2", s, from, to) || Bytes.equals("grpcs", s, from, to)
      || Bytes.equals("ws", s, from, to) || Bytes.equals("wss", s, from, to)
  }
}
