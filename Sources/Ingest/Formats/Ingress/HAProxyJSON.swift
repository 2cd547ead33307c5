internal import ByteScan
package import Evidence

/// HAProxy's lines as JSON: hand-made `log-format` templates, and `%{+json}o %(name)variable` of
/// HAProxy 3.0. Known by a termination state beside a front end or back end; a session without HTTP
/// is recognised and gives no request.
///
/// <https://docs.haproxy.org/3.0/configuration.html#8.2.6>
package enum HAProxyJSON: LineFormat {
  package static let format = Format.haproxyJSON

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    to - from > 40 && s[from] == UInt8(ascii: "{") && maySide(s, from, to)
  }

  /// Some key that names a front end or a back end: all other objects are spared the look at each
  /// of their names.
  private static func maySide(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    Bytes.contains("rontend", s, from, to) || Bytes.contains("ackend", s, from, to)
      || Bytes.contains("RONTEND", s, from, to) || Bytes.contains("ACKEND", s, from, to)
      || Bytes.contains("f\"", s, from, to) || Bytes.contains("F\"", s, from, to)
      || Bytes.contains("b\"", s, from, to) || Bytes.contains("B\"", s, from, to)
      || Bytes.contains("ft\"", s, from, to) || Bytes.contains("FT\"", s, from, to)
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    var fields = HAProxyJSONFields()
    let end = JSONWalk.members(s, from, to) { keyStart, keyEnd, value in
      fields.take(s, keyStart, keyEnd, value)
    }
    guard end >= 0, fields.frontend != nil || fields.backend != nil, let state = fields.state,
      isState(s, state)
    else { return nil }
    var request = Request(citation: context.citation)
    request.format = format
    request.hop = .edge
    request.writer = context.writer
    let milliseconds = fields.active.map { Bytes.number(s, $0.start, $0.end) } ?? -1
    request.duration = milliseconds < 0 ? -1 : Int64(min(milliseconds, 86_400_000)) &* 1000
    let stamp = fields.time.flatMap { StructuredFields.stamp(s, $0.start, $0.end) }
    if let stamp {
      request.stampStart(stamp, context)
    } else if context.wrapperTime.isKnown {
      request.start = context.wrapperTime
      request.end = context.wrapperTime
    }
    let hasServer = fields.server.map { s[$0.start] != UInt8(ascii: "<") } ?? false
    let ending = HAProxyState(
      first: s[state.start], second: s[state.start + 1], hasServer: hasServer)
    sides(&request, s, fields, &sink)
    guard let code = status(s, fields) else {
      HAProxyState.add(ending.statement, request, &sink)
      return ReadLine(format: format, time: request.end)
    }
    request.status = code
    request.answeredBy = ending.answeredBy
    if ending.answeredBy == .upstream { request.upstreamStatus = code }
    if let v = fields.bytes {
      request.responseBytes = Int32(clamping: Bytes.number(s, v.start, v.end))
      request.sizeCountsHeaders = true
    }
    texts(&request, s, fields, &sink)
    if Sink.isKept(code) { HAProxyState.add(ending.statement, request, &sink) }
    sink.add(request, context)
    return ReadLine(format: format, time: request.end)
  }

  /// Two characters, or four with the cookie's.
  private static func isState(_ s: Span<UInt8>, _ value: JSONValue) -> Bool {
    guard value.isString, value.end - value.start == 2 || value.end - value.start == 4 else {
      return false
    }
    let first = "CSPLRIDUKcs-".utf8.contains(s[value.start])
    return first && "RQCHDLT-".utf8.contains(s[value.start + 1])
  }

  /// `nil` where the session had no HTTP; 0 where it ended without an answer.
  private static func status(_ s: Span<UInt8>, _ fields: HAProxyJSONFields) -> UInt16? {
    guard let value = fields.status, fields.requestLine != nil || fields.path != nil else {
      return nil
    }
    if Bytes.equals("-1", s, value.start, value.end) { return 0 }
    let number = Bytes.number(s, value.start, value.end)
    return number == 0 || number >= 100 && number <= 999 ? UInt16(number) : nil
  }

  private static func sides(
    _ request: inout Request, _ s: Span<UInt8>, _ fields: HAProxyJSONFields, _ sink: inout Sink
  ) {
    if let v = fields.client {
      let address = Address(s, v.start, v.end)
      request.client = sink.intern(s, address.start, address.end)
      request.clientPort = address.port
    }
    if let v = fields.clientPort {
      request.clientPort = UInt16(clamping: max(0, Bytes.number(s, v.start, v.end)))
    }
    if let v = fields.backend { request.service = sink.intern(s, json: v) }
    if let v = fields.serverAddress {
      request.upstreamAddress = sink.intern(s, json: v)
      if let port = fields.serverPort, Bytes.number(s, port.start, port.end) > 0 {
        request.upstreamAddress = sink.intern(
          Bytes.text(s, v.start, v.end) + ":" + Bytes.text(s, port.start, port.end))
      }
    }
    if let v = fields.state { request.detail = sink.intern(s, json: v) }
  }

  private static func texts(
    _ request: inout Request, _ s: Span<UInt8>, _ fields: HAProxyJSONFields, _ sink: inout Sink
  ) {
    if let v = fields.host { request.host = sink.intern(s, json: v) }
    if let v = fields.agent { request.userAgent = sink.internMasked(s, json: v) }
    if let v = fields.requestID { request.requestID = sink.intern(s, json: v) }
    if let v = fields.challenge { request.challenge = sink.internMasked(s, json: v) }
    if let v = fields.method { request.method = sink.intern(s, json: v) }
    if let v = fields.path {
      sink.setTarget(&request, s, json: v)
    } else if let v = fields.requestLine {
      guard v.isEscaped else {
        RequestLine.set(&request, s, v.start, v.end, &sink)
        return
      }
      let plain = Sink.unescaped(s, v)
      RequestLine.set(&request, plain.span, 0, plain.count, &sink)
    }
  }
}
