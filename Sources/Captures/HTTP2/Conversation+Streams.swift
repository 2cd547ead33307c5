internal import ByteScan
internal import Evidence

/// One HTTP/2 stream: an exchange, and the little of its bodies that is read.
struct Stream {
  var exchange: Exchange
  var requestBody: [UInt8] = []
  var answerBody: [UInt8] = []
  var requestSize: Int64 = 0
  var answerSize: Int64 = 0
}

/// The exchanges of an HTTP/2 connection, by stream id: nothing has to be paired.
extension Conversation {
  static var mostStreams: Int { 10_000 }

  mutating func headers(
    _ id: UInt32, _ block: HeaderBlock, size: Int, _ at: Arrival, _ c: inout Collector
  ) {
    let text = block.text
    var head = Head()
    switch block.kind {
    case .trailers: return
    case .unreadable:
      // A head that refers to what was sent before the capture began.
      c.unreadableHeads += 1
      return
    case .request, .answer: break
    }
    guard head.parse(text.span, 0, text.count) > 0 else { return }
    head.isWhole = block.unknown == 0 && !block.isDamaged
    c.sawMessage()
    if head.isAnswer {
      if head.status < 200 { return c.interim(head.status, at, &ends) }
      var stream = streams[id] ?? Stream(exchange: c.orphan(at, &ends))
      if stream.exchange.hasAnswer { return }
      stream.exchange.hasAnswer = true
      c.answer(head, text.span, size, at, &stream.exchange)
      streams[id] = stream
    } else {
      if let old = streams[id] { close(old, &c) }
      if streams.count >= Self.mostStreams { closeAll(&c) }
      streams[id] = Stream(exchange: c.request(head, text.span, size, at, &ends))
    }
  }

  mutating func data(
    _ id: UInt32, _ s: Span<UInt8>, _ from: Int, _ to: Int, isFromServer: Bool
  ) {
    guard var stream = streams[id] else { return }
    // Out of the table while it changes: its buffers are not copied.
    streams[id] = nil
    if isFromServer {
      stream.answerSize &+= Int64(to - from)
      if stream.exchange.keepsAnswerBody { Self.keep(s, from, to, &stream.answerBody) }
    } else {
      stream.requestSize &+= Int64(to - from)
      if stream.exchange.isForm { Self.keep(s, from, to, &stream.requestBody) }
    }
    streams[id] = stream
  }

  private static func keep(_ s: Span<UInt8>, _ from: Int, _ to: Int, _ body: inout [UInt8]) {
    let end = min(to, from + max(0, mostBody - body.count))
    Bytes.append(s, from, end, to: &body)
  }

  /// END_STREAM: of the server's side the exchange is over.
  mutating func streamEnded(_ id: UInt32, isFromServer: Bool, _ c: inout Collector) {
    guard isFromServer, let stream = streams[id], stream.exchange.hasAnswer else { return }
    streams[id] = nil
    close(stream, &c)
  }

  mutating func streamReset(_ id: UInt32, _ c: inout Collector) {
    guard let stream = streams[id] else { return }
    streams[id] = nil
    close(stream, &c, why: "stream reset before the answer")
  }

  /// HTTP/2 was agreed on by an upgrade: the request goes on as stream 1 (RFC 7540 §3.2).
  mutating func upgrade(_ exchange: Exchange) {
    var first = exchange
    first.hasAnswer = false
    first.request.status = 0
    streams[1] = Stream(exchange: first)
  }

  private func close(_ stream: Stream, _ c: inout Collector, why: String? = nil) {
    var exchange = stream.exchange
    if !stream.requestBody.isEmpty { c.form(stream.requestBody, &exchange) }
    if !stream.answerBody.isEmpty { c.answerBody(stream.answerBody, &exchange) }
    if exchange.hasRequest {
      exchange.request.requestBytes = Int32(
        clamping: Int64(exchange.request.requestBytes) &+ stream.requestSize)
    }
    if exchange.hasAnswer {
      exchange.request.responseBytes = Int32(
        clamping: Int64(exchange.request.responseBytes) &+ stream.answerSize)
      c.emit(exchange)
    } else {
      c.emit(unanswered: exchange, why: why ?? "answer not captured", ends, isEvent: why != nil)
    }
  }

  /// Ends all streams, in the order of their ids.
  mutating func closeAll(_ c: inout Collector, _ ending: Ending? = nil) {
    let all = streams.sorted { $0.key < $1.key }
    streams = [:]
    for (_, stream) in all {
      let isGivenUp = ending?.isGivenUp(stream.exchange, c) ?? false
      if !stream.exchange.hasAnswer, let ending, !isGivenUp {
        var exchange = stream.exchange
        if !stream.requestBody.isEmpty { c.form(stream.requestBody, &exchange) }
        c.emit(unanswered: exchange, why: ending.reason, ends, isEvent: false)
      } else {
        close(stream, &c, why: isGivenUp ? ending?.reason : nil)
      }
    }
  }
}
