internal import ByteScan
package import Evidence

/// ingress-nginx's access line (`log_format upstreaminfo`), also its forms without request id and
/// without alternative upstream.
///
/// <https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/log-format/>
package enum NginxIngress: GlancingFormat {
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
    let target = RequestLine(s, line.requestStart, line.requestEnd)
    if let target,
      sink.isOnlyCounted(line.status, s, target.targetStart, target.targetEnd, context)
    {
      sink.pass(line.status, s, from, to, Self.self, context)
      return ReadLine(format: format, time: Instant(line.stamp, context))
    }
    let rare = rare(s, line, target, id: tail.idStart..<tail.idEnd, &sink)
    var request = line.request(s, format, context, client: rare.client, &sink)
    request.hop = .edge
    request.requestBytes = Int32(clamping: tail.requestLength)
    request.duration = tail.duration
    request.stampEnd(line.stamp, context)
    if !Quoted.isAbsent(s, tail.serviceStart, tail.serviceEnd) {
      request.service = sink.intern(s, tail.serviceStart, tail.serviceEnd)
    }
    tail.upstream.set(&request, s, &sink)
    RequestLine.set(
      &request, s, line.requestStart, line.requestEnd, path: rare.path, &sink)
    request.requestID = rare.id
    if rare.id.isNone, tail.idStart < tail.idEnd, !request.path.isNone {
      request.requestID = sink.internPresent(s, tail.idStart, tail.idEnd)
    }
    if tail.idEnd + 1 < to { AppendedFields.fill(&request, s, tail.idEnd + 1, to, &sink) }
    sink.add(request, context)
    return ReadLine(format: format, time: Instant(line.stamp, context))
  }

  /// The texts of a line that are in few others, looked up together (`SymbolTable.intern`): of a request that is kept
  /// also path and id.
  private static func rare(
    _ s: Span<UInt8>, _ line: CombinedLine, _ target: RequestLine?, id: Range<Int>,
    _ sink: inout Sink
  ) -> (client: Symbol, path: Symbol, id: Symbol) {
    let address = Address(s, line.clientStart, line.clientEnd)
    var path = 0..<0
    if let target, Sink.isKept(line.status), s[target.targetStart] == UInt8(ascii: "/") {
      let query = Bytes.find(UInt8(ascii: "?"), s, target.targetStart, target.targetEnd)
      path = target.targetStart..<(query < 0 ? target.targetEnd : query)
      if Redaction.mayHoldSecret(s, path.lowerBound, path.upperBound) { path = 0..<0 }
    }
    let isIDKept = Sink.isKept(line.status) && !Quoted.isAbsent(s, id.lowerBound, id.upperBound)
    return sink.intern(s, address.start..<address.end, path, isIDKept ? id : 0..<0)
  }

  /// ` 911 0.014 [shop-orders-8080] [] 10.244.2.17:8080 112 0.013 401 5f0c…`
  private struct Tail {
    var requestLength = -1
    var duration: Int64 = -1
    var serviceStart = 0
    var serviceEnd = 0
    var upstream = NginxUpstream()
    /// Both `to` where there is no request id. What follows it, operators appended.
    var idStart: Int
    var idEnd: Int

    init?(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
      idStart = to
      idEnd = to
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
      if end + 1 < to {
        idStart = end + 1
        idEnd = Quoted.wordEnd(s, idStart, to)
      }
    }
  }
}
