internal import ByteScan

/// How the request that an answer belongs to frames it.
enum AnswerFraming { case usual, noBody, tunnel }

/// Finds the HTTP/1 messages in one direction of a connection (RFC 9112 §6). Never gives up: after a
/// hole it looks for the next head at the start of a segment.
struct MessageParser {
  enum State: UInt8 {
    case idle, head, length, chunkSize, chunkData, chunkEnd, trailer, untilClose, lost, opaque
    case tls, http2
  }
  var state: State = .idle
  /// The beginning of a head that is not whole yet.
  var buffer: [UInt8] = []
  var began = Arrival(
    packet: 0, time: 0, seq: 0, ack: 0, hasAck: false, isFromServer: false)
  var remaining: Int64 = 0
  var size: Int64 = 0
  var isAnswer = false
  var expectsContinue = false
  var hadBody = false
  var lineBytes = 0
  var isLate = false
  /// The last head was cut (by the snap length): what its message holds is not known, the next one may follow.
  var isHeadCut = false
  var tls = TLSReader()
  /// Opens the records, where their secrets are known.
  var secure: SecureStream?
  var frames = FrameReader()
  var lastArrival = Arrival(
    packet: 0, time: 0, seq: 0, ack: 0, hasAck: false, isFromServer: false)
  /// Messages begun.
  var messages = 0
  /// Bytes that belong to no message.
  var unread: Int64 = 0

  static let largestHead = 256 << 10

  init() {}

  /// The beginning was not captured: what is no head may be the middle of a body.
  mutating func joinedLate() { isLate = true }

  /// Bytes in order; `from` is the start of a segment.
  mutating func take(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ arrival: Arrival,
    _ talk: inout Conversation, _ c: inout Collector
  ) {
    var at = from
    func here(_ at: Int) -> Arrival {
      var a = arrival
      a.seq = arrival.seq &+ UInt32(truncatingIfNeeded: at - from)
      a.head = -1
      return a
    }
    if at < to { resyncAtSegment(s, at, to, arrival, &talk, &c) }
    while at < to {
      switch state {
      case .idle:
        if s[at] == 13 || s[at] == 10 {
          at += 1
          continue
        }
        at = start(s, at, to, here(at), foreseen: at == from ? arrival.head : -1, &talk, &c)
      case .head:
        at = more(s, at, to, here(at), &talk, &c)
      case .length, .untilClose, .chunkData:
        let step = state == .untilClose ? to - at : Int(min(Int64(to - at), remaining))
        talk.body(isAnswer: isAnswer, s, at, at + step)
        hadBody = true
        size &+= Int64(step)
        at += step
        if state != .untilClose {
          remaining -= Int64(step)
          if remaining == 0 {
            if state == .chunkData { state = .chunkEnd } else { end(&talk, &c) }
          }
        }
      case .chunkSize: at = chunkSize(s, at, to, &talk, &c)
      case .chunkEnd:
        if s[at] == 10 {
          state = .chunkSize
          remaining = 0
          lineBytes = 0
        } else if s[at] != 13 {
          lose(&talk, &c)
        }
        at += 1
      case .trailer: at = trailer(s, at, to, &talk, &c)
      case .tls:
        records(s, at, to, here(at), &talk, &c)
        lastArrival = arrival
        return
      case .http2:
        talk.isHTTP2 = true
        frames.take(s, at, to, here(at), &talk, &c)
        return
      case .lost, .opaque:
        unread &+= Int64(to - at)
        return
      }
    }
  }

  /// At the start of a segment: a head where none is expected, in three cases only.
  private mutating func resyncAtSegment(
    _ s: Span<UInt8>, _ at: Int, _ to: Int, _ arrival: Arrival,
    _ talk: inout Conversation, _ c: inout Collector
  ) {
    switch state {
    case .lost:
      let look = Sniff.look(s, at, to)
      if messages == 0, look == .http2 || FrameReader.looksLikeFrames(s, at, to) {
        state = .http2
        return
      }
      guard look == .request || look == .answer else {
        if look == .tls, messages == 0 {
          state = .tls
          talk.sawTLS(arrival, &c)
        }
        return
      }
      var head = Head()
      let end = head.parse(s, at, to)
      // In a body a start line alone may be anything.
      if end > 0 || end == -1 && (head.headers > 0 || isHeadCut) { state = .idle }
    case .tls where tls.isLost:
      if talk.session?.state == .ready, Sniff.isTLS(s, at, to) { tls.resume() }
    case .untilClose:
      // No length was given, yet the client goes on: so does the server.
      if isAnswer, talk.isNextRequestWaiting(arrival), Sniff.look(s, at, to) == .answer {
        end(&talk, &c)
      }
    case .length, .chunkSize:
      // `Expect: 100-continue` was refused: the body never comes.
      if !isAnswer, expectsContinue, !hadBody, Sniff.look(s, at, to) == .request { end(&talk, &c) }
    default: break
    }
  }

  private mutating func start(
    _ s: Span<UInt8>, _ at: Int, _ to: Int, _ arrival: Arrival, foreseen: Int32,
    _ talk: inout Conversation, _ c: inout Collector
  ) -> Int {
    if messages == 0, talk.isHTTP2 {
      state = .http2
      return at
    }
    if foreseen >= 0 {
      began = arrival
      let head = c.foreseen[Int(foreseen)]
      finishHead(head, s, head.end - at, &talk, &c)
      return head.end
    }
    switch Sniff.look(s, at, to) {
    case .request, .answer:
      began = arrival
      var head = Head()
      let end = head.parse(s, at, to)
      if end > 0 {
        finishHead(head, s, end - at, &talk, &c)
        return end
      }
      if end == -2 {
        state = messages == 0 && !isLate ? .opaque : .lost
        return at
      }
      keep(s, at, to)
      return to
    case .short where messages == 0 && FrameReader.looksLikeFrames(s, at, to): state = .http2
    case .short:
      began = arrival
      keep(s, at, to)
      return to
    case .tls:
      state = messages == 0 ? .tls : .lost
      if messages == 0 { talk.sawTLS(arrival, &c) }
    case .http2: state = .http2
    case .no where messages == 0 && FrameReader.looksLikeFrames(s, at, to): state = .http2
    case .no: state = messages == 0 && !isLate ? .opaque : .lost
    }
    return at
  }

  private mutating func keep(_ s: Span<UInt8>, _ at: Int, _ to: Int) {
    state = .head
    buffer.removeAll(keepingCapacity: true)
    Bytes.append(s, at, to, to: &buffer)
  }

  /// More of a head that came in pieces.
  private mutating func more(
    _ s: Span<UInt8>, _ at: Int, _ to: Int, _ arrival: Arrival,
    _ talk: inout Conversation, _ c: inout Collector
  ) -> Int {
    let old = buffer.count
    let searchFrom = max(0, old - 3)
    Bytes.append(s, at, to, to: &buffer)
    let whole = buffer
    let text = whole.span
    if whole.count >= 12, Sniff.starts("PRI * HTTP/2", text, 0, whole.count) {
      reject(.http2)
      talk.isHTTP2 = true
      frames.take(text, 0, whole.count, began, &talk, &c)
      return to
    }
    // Parse only when the blank line is there (or the start line alone must be judged).
    let end = Head.blankLine(text, searchFrom, whole.count)
    if end < 0 {
      if whole.count > Self.largestHead {
        cutHead(&talk, &c)
        return to
      }
      let look = Sniff.look(text, 0, whole.count)
      if look != .request, look != .answer, look != .short {
        reject(look)
        // What came before is no message; this segment may be judged again.
        return at
      }
      return to
    }
    var head = Head()
    let parsed = head.parse(text, 0, end)
    if parsed <= 0 {
      let look = Sniff.look(text, 0, whole.count)
      reject(look)
      return to
    }
    buffer.removeAll(keepingCapacity: true)
    finishHead(head, text, parsed, &talk, &c)
    // What follows the head starts inside this segment.
    return max(at, at + (parsed - old))
  }

  private mutating func reject(_ look: Sniff.Look) {
    buffer.removeAll()
    state =
      look == .http2
      ? .http2 : messages == 0 ? (look == .tls ? .tls : isLate ? .lost : .opaque) : .lost
  }

  private mutating func finishHead(
    _ head: Head, _ s: Span<UInt8>, _ length: Int, _ talk: inout Conversation, _ c: inout Collector
  ) {
    messages += 1
    isHeadCut = false
    isAnswer = head.isAnswer
    size = 0
    hadBody = false
    expectsContinue = head.expectsContinue
    let framing = isAnswer ? talk.nextAnswer(began) : .usual
    talk.head(head, s, length, began, &c)
    lineBytes = 0
    remaining = 0
    if isAnswer {
      if head.status == 101 {
        let isH2 =
          head.upgrade.isPresent && Bytes.has("h2c", s, head.upgrade.start, head.upgrade.end)
        state = isH2 ? .http2 : .opaque
        if isH2 { talk.upgradeToHTTP2(began, &c) }
        talk.ended(isAnswer: true, size: 0, cut: false, &c)
        return
      }
      if head.status < 200 {
        // An interim answer: the real one follows.
        state = .idle
        return
      }
      if framing == .tunnel, head.status < 300 {
        // Another protocol begins inside; often TLS, sometimes HTTP again.
        state = .idle
        messages = 0
        talk.ended(isAnswer: true, size: 0, cut: false, &c)
        return
      }
      if head.status == 204 || head.status == 304 || framing == .noBody {
        return end(&talk, &c)
      }
    }
    if head.isChunked {
      state = .chunkSize
    } else if head.contentLength > 0 {
      state = .length
      remaining = head.contentLength
    } else if head.contentLength == 0 || !isAnswer {
      end(&talk, &c)
    } else {
      state = .untilClose
    }
  }

  mutating func end(_ talk: inout Conversation, _ c: inout Collector) {
    state = .idle
    talk.ended(isAnswer: isAnswer, size: size, cut: false, &c)
  }

  mutating func lose(_ talk: inout Conversation, _ c: inout Collector) {
    state = .lost
    talk.ended(isAnswer: isAnswer, size: size, cut: true, &c)
  }
}
