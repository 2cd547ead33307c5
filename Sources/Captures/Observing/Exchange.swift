internal import Evidence

/// One exchange in the making: a request, its answer, or one without the other.
struct Exchange {
  var request: Request
  var hasRequest = false
  var hasAnswer = false
  /// Sequence number behind the request's head, in the client's stream.
  var headEnd: UInt32 = 0
  /// What the client had received of the server's stream when it sent the request.
  var clientAck: UInt32 = 0
  var hasClientAck = false
  /// Where the answer begins in the server's stream, and what the server had received by then.
  var answerSeq: UInt32 = 0
  var answerAck: UInt32 = 0
  var hasAnswerAck = false
  var hasBody = false
  /// Sent before the answer to the request before it had come.
  var isPipelined = false
  /// Inside TLS: places in its bytes are not those of the stream.
  var isEncrypted = false
  var framing: AnswerFraming = .usual
  var isOAuth = false
  var isForm = false
  /// Which documents are read of a good answer.
  var document = Document.none
  var isGzip = false
  var keepsAnswerBody = false
  /// The request's head without its credential, while it is open whether it has to be taken apart.
  var late: [UInt8]?
  /// In the sample of successes.
  var priority: UInt64 = .max

  /// Served, and no call of an OpenID provider.
  var isPlainSuccess: Bool {
    let status = request.status
    guard status >= 100 && status < 300 || status == 304 else { return false }
    return !isOAuth && document == .none && request.issued < 0 && request.presented < 0
  }

  /// The server can have answered this request: it had received its head, and the client sent it before the
  /// answer began to come.
  func isAnswerable(by arrival: Arrival) -> Bool {
    !arrival.hasAck
      || isAnswerable(arrival.seq, arrival.ack)
  }
  func isAnswerable(_ seq: UInt32, _ ack: UInt32) -> Bool {
    Int32(bitPattern: ack &- headEnd) >= 0
      && (!hasClientAck || isEncrypted || Int32(bitPattern: seq &- clientAck) >= 0)
  }

  /// The answer begins where the client was when it sent this request.
  func isFirst(at seq: UInt32, _ ack: UInt32) -> Bool {
    hasClientAck && !isPipelined && clientAck == seq && Int32(bitPattern: ack &- headEnd) >= 0
  }

  /// The server had received more than this request when it sent an answer that began at `seq`, and the client
  /// less than what comes before the answer when it sent the request.
  func isOlder(than seq: UInt32, _ ack: UInt32) -> Bool {
    hasClientAck && !hasBody && !isPipelined && clientAck != seq
      && Int32(bitPattern: ack &- headEnd) > 0
  }

  /// Takes over the answer's side of another exchange.
  mutating func adopt(answer other: Exchange) {
    hasAnswer = true
    request.status = other.request.status
    request.end = other.request.end
    request.responseBytes = other.request.responseBytes
    request.sizeCountsHeaders = other.request.sizeCountsHeaders
    request.challenge = other.request.challenge
    request.location = other.request.location
    request.reason = other.request.reason
    request.issued = other.request.issued
    request.dateOffset = other.request.dateOffset
    answerSeq = other.answerSeq
    setDuration()
  }

  /// Takes over the request's side of another exchange; the answer's is being received.
  mutating func adopt(request other: Exchange) {
    var whole = other
    whole.answerAck = answerAck
    whole.hasAnswerAck = hasAnswerAck
    whole.isGzip = isGzip
    whole.keepsAnswerBody = keepsAnswerBody || whole.document != .none
    whole.adopt(answer: self)
    self = whole
  }

  mutating func setDuration() {
    guard request.start.isKnown, request.end.isKnown else { return }
    let nanoseconds = request.end.nanoseconds &- request.start.nanoseconds
    request.duration = nanoseconds >= 0 ? nanoseconds / 1000 : -1
  }
}

/// Answers of Keycloak that are read although they are good.
enum Document: UInt8, BitwiseCopyable {
  case none, tokens, keys, discovery, introspection
}
