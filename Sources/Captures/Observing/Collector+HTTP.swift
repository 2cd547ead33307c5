internal import ByteScan
internal import Evidence

/// HTTP/1 heads and bodies as fields of a `Request`.
extension Collector {
  /// A request's head. `ends` is turned round when the sender turns out to be the client.
  mutating func request(
    _ head: Head, _ s: Span<UInt8>, _ size: Int, _ at: Arrival, _ ends: inout Ends
  ) -> Exchange {
    ends.name(&self)
    var r = Request(citation: citation(at.packet))
    r.format = .capture
    r.hop = .wire
    r.start = Instant(nanoseconds: at.time)
    r.end = r.start
    r.client = ends.clientSymbol
    r.clientPort = ends.clientPort
    r.upstreamAddress = ends.serverSymbol
    r.service = ends.serviceSymbol
    r.requestBytes = Int32(clamping: size)
    r.targetLength = UInt16(clamping: head.target.count)
    let path = Self.target(s, head.target).path
    var exchange = Exchange(request: r)
    exchange.hasRequest = true
    exchange.isOAuth = path.isPresent && Route.isOAuth(s, path.start, path.end)
    if head.method.isPresent {
      if Bytes.equals("HEAD", s, head.method.start, head.method.end) {
        exchange.framing = .noBody
      } else if Bytes.equals("CONNECT", s, head.method.start, head.method.end) {
        exchange.framing = .tunnel
      }
    }
    if head.authorization.isPresent {
      exchange.request.authorization = .present
      credential(s, head, at, &exchange)
    } else {
      // Absence is proven by a whole head only.
      exchange.request.authorization = head.isWhole ? .absent : .unknown
    }
    exchange.priority = SuccessChoice.priority(
      head.identity ?? SuccessChoice.hash(s, Self.name(s, head)), ends.clientPort, at)
    describeOrWait(s, head, path: path, &exchange)
    return exchange
  }

  /// The texts of a request, and what is to be read of its bodies.
  mutating func describe(
    _ s: Span<UInt8>, _ head: Head, path: Field, _ exchange: inout Exchange
  ) {
    exchange.request.method = symbol(s, head.method, last: last.method)
    exchange.request.host = symbol(s, head.host, last: last.host)
    exchange.request.userAgent = symbol(s, head.userAgent, last: last.agent)
    last = (exchange.request.method, exchange.request.host, exchange.request.userAgent)
    if exchange.request.host.isNone {
      exchange.request.host = symbol(s, Self.target(s, head.target).authority)
    }
    if path.isPresent {
      var route = takeScratch()
      Route.template(s, path.start, path.end, into: &route)
      exchange.request.route = maskAndReturn(route)
    }
    exchange.request.path = maskedSymbol(s, path)
    exchange.request.requestID = symbol(s, head.requestID)
    exchange.request.traceID = symbol(s, Self.trace(s, head))
    if exchange.isOAuth {
      exchange.isForm =
        head.contentType.isPresent
        && Bytes.contains(
          "x-www-form-urlencoded", s, head.contentType.start, head.contentType.end)
      forwarded(s, head, &exchange)
      exchange.document = Self.document(s, path)
    }
    exchange.request.forwardedFor = forwardedFor(s, head)
    exchange.request.headers = changeable(s, head, exchange.request.token)
  }

  /// The path of a request target, and the authority of one that is a whole URL.
  static func target(_ s: Span<UInt8>, _ field: Field) -> (path: Field, authority: Field) {
    guard field.isPresent else { return (Field(), Field()) }
    var authority = Field()
    var start = field.start
    if s[start] != UInt8(ascii: "/") {
      let scheme = Bytes.find("://", s, start, min(field.end, start + 12))
      if scheme >= 0 {
        let slash = Bytes.find(UInt8(ascii: "/"), s, scheme + 3, field.end)
        start = slash < 0 ? field.end : slash
        // Who asked (`user:password@`) is none of the host.
        authority = Field(start: URLHost.start(s, scheme + 3, start), end: start)
      }
    }
    let end = Bytes.find(UInt8(ascii: "?"), or: UInt8(ascii: "#"), s, start, field.end)
    let path = Field(start: start, end: end < 0 ? field.end : end)
    return (path.count > 0 ? path : Field(), authority)
  }

  /// What a request is called by: its id, else its trace.
  static func name(_ s: Span<UInt8>, _ head: Head) -> Field {
    head.requestID.isPresent ? head.requestID : trace(s, head)
  }

  /// The trace part of `traceparent` (`00-trace-span-flags`) or of `b3` (`trace-span-sampled`).
  static func trace(_ s: Span<UInt8>, _ head: Head) -> Field {
    if head.traceparent.isPresent, head.traceparent.count >= 36 {
      let at = head.traceparent.start + 3
      return Field(start: at, end: at + 32)
    }
    guard head.b3.isPresent else { return Field() }
    var end = head.b3.start
    while end < head.b3.end, s[end] != UInt8(ascii: "-") { end += 1 }
    return end - head.b3.start >= 16 ? Field(start: head.b3.start, end: end) : Field()
  }

  /// What a proxy told Keycloak about the outside.
  private mutating func forwarded(_ s: Span<UInt8>, _ head: Head, _ exchange: inout Exchange) {
    var text = ""
    if head.forwardedProto.isPresent {
      text =
        "x-forwarded-proto=" + Bytes.text(s, head.forwardedProto.start, head.forwardedProto.end)
    }
    if head.forwardedHost.isPresent {
      text += (text.isEmpty ? "" : "; ") + "x-forwarded-host="
      text += Bytes.text(s, head.forwardedHost.start, head.forwardedHost.end)
    }
    if !text.isEmpty { exchange.request.detail = symbol(text) }
  }

  /// An answer whose request was not captured.
  mutating func orphan(_ at: Arrival, _ ends: inout Ends) -> Exchange {
    ends.name(&self)
    var r = Request(citation: citation(at.packet))
    r.format = .capture
    r.hop = .wire
    r.start = Instant(nanoseconds: at.time)
    r.client = ends.clientSymbol
    r.clientPort = ends.clientPort
    r.upstreamAddress = ends.serverSymbol
    r.service = ends.serviceSymbol
    var exchange = Exchange(request: r)
    exchange.priority = SuccessChoice.priority(ends.clientPort, at)
    return exchange
  }

  /// An answer before the answer (`100 Continue`, `101` before HTTP/2 without TLS): a record of its own.
  mutating func interim(_ status: Int, _ at: Arrival, _ ends: inout Ends) {
    guard isInFull, observations.requests.count < Self.mostRequests else { return }
    var r = orphan(at, &ends).request
    r.status = UInt16(status)
    r.end = r.start
    observations.requests.append(r)
  }

  mutating func answer(
    _ head: Head, _ s: Span<UInt8>, _ size: Int, _ at: Arrival, _ exchange: inout Exchange
  ) {
    exchange.request.status = UInt16(head.status)
    exchange.request.answerAfter = Int32(clamping: at.packet - exchange.request.citation.number)
    exchange.request.end = Instant(nanoseconds: at.time)
    exchange.request.responseBytes = Int32(clamping: size)
    exchange.request.sizeCountsHeaders = true
    exchange.setDuration()
    if head.challenge.isPresent { exchange.request.challenge = challenge(s, head) }
    if head.location.isPresent {
      var end = head.location.start
      while end < head.location.end, s[end] != UInt8(ascii: "?"), s[end] != UInt8(ascii: "#") {
        end += 1
      }
      exchange.request.location = maskedSymbol(s, Field(start: head.location.start, end: end))
      if end < head.location.end {
        exchange.request.reason = reason(
          fromQuery: s, end + 1, head.location.end)
      }
    }
    exchange.keepsAnswerBody =
      head.status >= 400 || exchange.isOAuth && head.status >= 300 || exchange.document != .none
    exchange.request.dateOffset = Self.dateOffset(s, head.date, at.time)
    exchange.isGzip =
      head.contentEncoding.isPresent
      && Bytes.contains("gzip", s, head.contentEncoding.start, head.contentEncoding.end)
  }

  private mutating func challenge(_ s: Span<UInt8>, _ head: Head) -> Symbol {
    guard head.challenge2.isPresent else { return maskedSymbol(s, head.challenge) }
    var text: [UInt8] = []
    for i in head.challenge.start..<head.challenge.end { text.append(s[i]) }
    text.append(contentsOf: [UInt8(ascii: ","), UInt8(ascii: " ")])
    for i in head.challenge2.start..<head.challenge2.end { text.append(s[i]) }
    return maskedSymbol(text.span, Field(start: 0, end: text.count))
  }
}
