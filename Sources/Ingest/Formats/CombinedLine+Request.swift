internal import ByteScan
internal import Evidence

extension CombinedLine {
  /// A request with the fields of this family; its times are left to the caller, who knows what the
  /// stamp means and whether there is a duration. `client` is its client, if it was interned before.
  func request(
    _ s: Span<UInt8>, _ format: Format, _ context: LineContext, client: Symbol = .none,
    _ sink: inout Sink
  ) -> Request {
    var request = Request(citation: context.citation)
    request.format = format
    request.writer = context.writer
    request.status = status
    request.responseBytes = Int32(clamping: size)
    let address = Address(s, clientStart, clientEnd)
    request.client = client.isNone ? sink.intern(s, address.start, address.end) : client
    request.clientPort = address.port
    if hasAgent, !Quoted.isAbsent(s, agentStart, agentEnd) {
      request.userAgent = sink.intern(
        s, agentStart, agentEnd, again: RequestField.userAgent.rawValue)
    }
    if !Quoted.isAbsent(s, userStart, userEnd), !Bytes.equals("\"\"", s, userStart, userEnd) {
      request.remoteUser = sink.intern(s, userStart, userEnd)
    }
    if !Quoted.isAbsent(s, hostStart, hostEnd) { request.host = sink.intern(s, hostStart, hostEnd) }
    return request
  }
}
