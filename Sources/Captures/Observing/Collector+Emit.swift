internal import ByteScan
internal import Evidence

/// What is kept of finished exchanges: failures, OAuth and redirects in full, plain successes as
/// `SuccessChoice` and the sample have it.
extension Collector {
  /// More requests than these are counted only.
  static let mostRequests = 2_000_000

  mutating func emit(_ exchange: Exchange) {
    count(status: exchange.request.status)
    guard !isInFull, exchange.isPlainSuccess else {
      if observations.requests.count < Self.mostRequests {
        var request = exchange.request
        if let texts = exchange.late { settle(texts, &request) }
        observations.requests.append(request)
      }
      return
    }
    if let texts = exchange.late {
      observations.captured.skip()
      if spareTexts.count < 64 { spareTexts.append(texts.bytes) }
    } else if successes.isFirst(exchange.request.token) {
      successes.tookFirst(exchange.request.token)
      observations.requests.append(exchange.request)
    } else {
      observations.captured.offer(exchange.request, priority: exchange.priority)
    }
  }

  /// Path and ids of a request: at once, or later if it turns out to be kept.
  mutating func texts(
    _ s: Span<UInt8>, _ head: Head, path: Field, _ at: Arrival, _ exchange: inout Exchange
  ) {
    let trace = Self.trace(s, head)
    exchange.priority = SuccessChoice.priority(
      s, head.requestID.isPresent ? head.requestID : trace, exchange.request.clientPort, at)
    if isInFull || exchange.isOAuth || observations.captured.wants(exchange.priority)
      || successes.isFirst(exchange.request.token)
    {
      exchange.request.path = symbol(s, path)
      exchange.request.requestID = symbol(s, head.requestID)
      exchange.request.traceID = symbol(s, trace)
      return
    }
    var texts = LateTexts()
    if let spare = spareTexts.popLast() { texts.bytes = spare }
    texts.bytes.removeAll(keepingCapacity: true)
    Self.append(s, path, to: &texts.bytes)
    texts.pathEnd = texts.bytes.count
    Self.append(s, head.requestID, to: &texts.bytes)
    texts.idEnd = texts.bytes.count
    Self.append(s, trace, to: &texts.bytes)
    exchange.late = texts
  }

  private static func append(_ s: Span<UInt8>, _ field: Field, to bytes: inout [UInt8]) {
    guard field.isPresent else { return }
    // A text is kept up to this length only, with or without the detour.
    for i in field.start..<min(field.end, field.start + SymbolTable.longest) { bytes.append(s[i]) }
  }

  private mutating func settle(_ texts: LateTexts, _ request: inout Request) {
    let s = texts.bytes.span
    request.path = observations.symbols.intern(s, 0, texts.pathEnd)
    request.requestID = observations.symbols.intern(s, texts.pathEnd, texts.idEnd)
    request.traceID = observations.symbols.intern(s, texts.idEnd, s.count)
  }
}
