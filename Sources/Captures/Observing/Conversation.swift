internal import ByteScan
internal import Evidence

/// Pairs the requests and answers of one connection.
///
/// First come, first served is the rule; acknowledgement numbers are the check: a server cannot have
/// answered what it had not acknowledged, and a client that had received an answer before its next
/// request does not wait for that answer any longer.
struct Conversation {
  var ends: Ends
  /// Requests that wait for their answer.
  private var open: [Exchange] = []
  /// The exchange whose answer is being received.
  private var current: Exchange?
  /// Answers whose request has not been seen (yet).
  private var parked: [Exchange] = []
  private var requestBody: [UInt8] = []
  private var answerBody: [UInt8] = []
  /// Bytes of the server's stream were lost since the last answer began.
  private var answerMayBeLost = false
  /// Bytes of either stream were lost.
  private var hasLosses = false
  /// How far the client was when it sent the last request.
  private var lastClientAck: UInt32 = 0
  private var hasClientAck = false
  private var clientSpeaksTLS = false
  private var hasRequests = false
  private var hasMismatch = false
  /// One side speaks HTTP/2: so does the other.
  var isHTTP2 = false
  /// TLS, where its secrets are known.
  var session: TLSSession?
  var hasHello = false
  /// Encrypted content was seen.
  var hasSealed = false
  var closedRecords = 0
  /// HTTP/2 streams by id.
  var streams: [UInt32: Stream] = [:]

  static let mostOpen = 4096
  /// More than come while a hole in the client's stream is waited for (`StreamHalf.shouldRelease`).
  static let mostParked = 1024
  static let mostBody = 16 << 10

  init(ends: Ends) { self.ends = ends }

  var isWaiting: Bool { !open.isEmpty || streams.values.contains { !$0.exchange.hasAnswer } }

  // MARK: Called by the parsers

  mutating func head(
    _ head: Head, _ s: Span<UInt8>, _ size: Int, _ at: Arrival, _ c: inout Collector
  ) {
    c.sawMessage()
    if head.isAnswer {
      if clientSpeaksTLS, !hasMismatch, session?.isOpened != true {
        hasMismatch = true
        c.mismatch("TLS to a plain HTTP port", at, ends)
      }
      answer(head, s, size, at, &c)
    } else {
      request(head, s, size, at, &c)
    }
  }

  private mutating func request(
    _ head: Head, _ s: Span<UInt8>, _ size: Int, _ at: Arrival, _ c: inout Collector
  ) {
    hasRequests = true
    var exchange = c.request(head, s, size, at, &ends)
    exchange.headEnd = at.seq &+ UInt32(truncatingIfNeeded: size)
    exchange.clientAck = at.ack
    exchange.hasClientAck = at.hasAck
    exchange.hasBody = head.isChunked || head.contentLength > 0
    requestBody.removeAll(keepingCapacity: true)
    exchange.isEncrypted = session != nil
    exchange.isPipelined = hasClientAck && at.hasAck && lastClientAck == at.ack
    hasClientAck = at.hasAck
    lastClientAck = at.ack
    while let first = parked.first {
      if fits(exchange, first) {
        if isTooLate(first, for: exchange) { return missAnswer(exchange, &c) }
        parked.removeFirst()
        exchange.adopt(answer: first)
        c.emit(exchange)
        return
      }
      // Its request came before this one and was lost.
      c.emit(parked.removeFirst())
    }
    if current?.hasRequest == false, var answering = current, fits(exchange, answering) {
      if isTooLate(answering, for: exchange) { return missAnswer(exchange, &c) }
      answering.adopt(request: exchange)
      current = answering
      return
    }
    if open.count >= Self.mostOpen {
      c.emit(unanswered: open.removeFirst(), why: "answer not captured", ends, isEvent: false)
    }
    open.append(exchange)
  }

  /// An answer whose request is not known can be that to this one.
  private func fits(_ exchange: Exchange, _ answer: Exchange) -> Bool {
    !answer.hasAnswerAck || exchange.isAnswerable(answer.answerSeq, answer.answerAck)
  }

  /// The answer is that to a later request, this one's was lost.
  private func isTooLate(_ answer: Exchange, for exchange: Exchange) -> Bool {
    hasLosses && session == nil && answer.hasAnswerAck
      && exchange.isOlder(than: answer.answerSeq, answer.answerAck)
  }

  private func missAnswer(_ exchange: Exchange, _ c: inout Collector) {
    c.emit(unanswered: exchange, why: "answer not captured", ends, isEvent: false)
  }

  private mutating func answer(
    _ head: Head, _ s: Span<UInt8>, _ size: Int, _ at: Arrival, _ c: inout Collector
  ) {
    if head.status < 200, head.status != 101 { return c.interim(head.status, at, &ends) }
    dropLost(at, &c)
    var exchange: Exchange
    if !open.isEmpty, open[0].isAnswerable(by: at) {
      exchange = open.count == 1 ? open.removeLast() : open.removeFirst()
    } else {
      exchange = c.orphan(at, &ends)
    }
    exchange.hasAnswer = true
    exchange.answerSeq = at.seq
    exchange.answerAck = at.ack
    exchange.hasAnswerAck = at.hasAck
    answerMayBeLost = false
    answerBody.removeAll(keepingCapacity: true)
    c.answer(head, s, size, at, &exchange)
    current = exchange
  }

  /// After a loss: requests whose answer was lost, so that those behind them do not get each other's.
  private mutating func dropLost(_ at: Arrival, _ c: inout Collector) {
    guard hasLosses else { return }
    if answerMayBeLost {
      while open.count >= 2, open[1].hasClientAck, open[0].hasClientAck,
        Int32(bitPattern: open[1].clientAck &- open[0].clientAck) > 0,
        Int32(bitPattern: at.seq &- open[1].clientAck) >= 0
      {
        dropFirst(&c)
      }
      // The server had received one that was not captured. Places in encrypted streams say nothing of it.
      while session == nil, at.hasAck, !open.isEmpty, open[0].isOlder(than: at.seq, at.ack),
        open.count == 1 || Int32(bitPattern: at.ack &- open[1].headEnd) < 0
      {
        dropFirst(&c)
      }
    }
    // What was sent before a request that this answer fits exactly was answered before, or never.
    guard session == nil, at.hasAck, !open.isEmpty, !open[0].isFirst(at: at.seq, at.ack) else {
      return
    }
    let place = open.prefix(64).firstIndex { $0.isFirst(at: at.seq, at.ack) }
    for _ in 0..<(place ?? 0) { dropFirst(&c) }
  }

  private mutating func dropFirst(_ c: inout Collector) {
    missAnswer(open.removeFirst(), &c)
  }

  mutating func body(isAnswer: Bool, _ s: Span<UInt8>, _ from: Int, _ to: Int) {
    if isAnswer {
      guard current?.keepsAnswerBody == true, answerBody.count < Self.mostBody else { return }
      let end = min(to, from + Self.mostBody - answerBody.count)
      Bytes.append(s, from, end, to: &answerBody)
    } else {
      let isForm = open.isEmpty ? current?.isForm == true : open[open.count - 1].isForm
      guard isForm, requestBody.count < Self.mostBody else { return }
      let end = min(to, from + Self.mostBody - requestBody.count)
      Bytes.append(s, from, end, to: &requestBody)
    }
  }

  mutating func ended(isAnswer: Bool, size: Int64, cut: Bool, _ c: inout Collector) {
    if !isAnswer {
      endRequest(size, &c)
      return
    }
    guard var exchange = current.take() else { return }
    if exchange.request.responseBytes >= 0 {
      exchange.request.responseBytes = Int32(
        clamping: Int64(exchange.request.responseBytes) &+ size)
    }
    if !answerBody.isEmpty { c.answerBody(answerBody, &exchange) }
    if exchange.hasRequest {
      c.emit(exchange)
    } else {
      park(exchange, &c)
    }
  }

  private mutating func endRequest(_ size: Int64, _ c: inout Collector) {
    if !open.isEmpty {
      let last = open.count - 1
      open[last].request.requestBytes = Int32(
        clamping: Int64(open[last].request.requestBytes) &+ size)
      if open[last].isForm, !requestBody.isEmpty { c.form(requestBody, &open[last]) }
    } else if var exchange = current {
      exchange.request.requestBytes = Int32(
        clamping: Int64(exchange.request.requestBytes) &+ size)
      if exchange.isForm, !requestBody.isEmpty { c.form(requestBody, &exchange) }
      current = exchange
    }
    requestBody.removeAll(keepingCapacity: true)
  }

  private mutating func park(_ exchange: Exchange, _ c: inout Collector) {
    if parked.count >= Self.mostParked { c.emit(parked.removeFirst()) }
    parked.append(exchange)
  }

  /// One side speaks TLS.
  mutating func sawTLS(_ at: Arrival, _ c: inout Collector) {
    if !at.isFromServer {
      clientSpeaksTLS = true
    } else if hasRequests, !hasMismatch, session?.isOpened != true {
      hasMismatch = true
      c.mismatch("plain HTTP to a TLS port", at, ends)
    }
  }

  // MARK: Asked by the parsers

  func nextAnswer(_ at: Arrival) -> AnswerFraming {
    guard !open.isEmpty, open[0].isAnswerable(by: at) else { return .usual }
    return open[0].framing
  }

  func isNextRequestWaiting(_ at: Arrival) -> Bool {
    guard let answerSeq = current?.answerSeq, !open.isEmpty, open[0].hasClientAck else {
      return false
    }
    return Int32(bitPattern: open[0].clientAck &- answerSeq) > 0
  }

  /// The server agreed to go on in HTTP/2: the current exchange becomes the first stream.
  mutating func upgradeToHTTP2(_ at: Arrival, _ c: inout Collector) {
    guard let exchange = current else { return }
    current = nil
    c.interim(101, at, &ends)
    upgrade(exchange)
  }

  /// Bytes of a direction were lost.
  mutating func lostBytes(ofServer: Bool) {
    hasLosses = true
    if ofServer { answerMayBeLost = true }
  }

  // MARK: The end

  /// The connection is over or will not be followed further.
  mutating func finish(_ ending: Ending, _ c: inout Collector) {
    if let exchange = current {
      current = nil
      if exchange.hasRequest { c.emit(exchange) } else { parked.append(exchange) }
    }
    for exchange in parked { c.emit(exchange) }
    for exchange in open {
      c.emit(unanswered: exchange, why: ending.reason, ends, isEvent: ending.isGivenUp(exchange, c))
    }
    parked = []
    open = []
    closeAll(&c, ending)
    noteSecrecy(&c)
  }
}

/// How a connection ended, as far as the capture shows.
struct Ending {
  var wasReset = false
  var wasClosed = false
  /// No packet of the other side was captured at all.
  var isOneSided = false

  var reason: String {
    if isOneSided { return "only one direction was captured" }
    if wasReset { return "connection reset before the answer" }
    if wasClosed { return "connection closed before the answer" }
    return "no answer before the capture ended"
  }

  /// Nobody waits for this answer any longer: closed, or the capture ran on for five seconds.
  func isGivenUp(_ exchange: Exchange, _ c: borrowing Collector) -> Bool {
    if isOneSided { return false }
    return wasReset || wasClosed
      || c.now &- exchange.request.start.nanoseconds > 5_000_000_000
  }
}
