/// Holes in a stream, and its end.
extension MessageParser {
  /// `count` bytes are missing here.
  mutating func gap(_ count: Int, _ talk: inout Conversation, _ c: inout Collector) {
    switch state {
    case .length:
      let missing = Int64(count)
      if missing <= remaining {
        remaining -= missing
        size &+= missing
        hadBody = true
        if remaining == 0 { end(&talk, &c) }
      } else {
        lose(&talk, &c)
      }
    case .chunkData:
      if Int64(count) < remaining {
        remaining -= Int64(count)
        size &+= Int64(count)
      } else {
        lose(&talk, &c)
      }
    case .untilClose: size &+= Int64(count)
    case .head: cutHead(&talk, &c)
    case .idle: state = .lost
    case .chunkSize, .chunkEnd, .trailer: lose(&talk, &c)
    case .tls:
      tls.gap(count)
      if tls.isLost, talk.session?.state != .ready { state = .opaque }
    case .http2: frames.gap(count)
    case .lost, .opaque: break
    }
  }

  /// The rest of a head is lost: report what there is.
  mutating func cutHead(_ talk: inout Conversation, _ c: inout Collector) {
    let text = buffer
    buffer = []
    state = .lost
    var head = Head()
    guard head.parse(text.span, 0, text.count, cut: true) > 0 else { return }
    messages += 1
    isHeadCut = true
    isAnswer = head.isAnswer
    talk.head(head, text.span, text.count, began, &c)
    talk.ended(isAnswer: isAnswer, size: 0, cut: true, &c)
  }

  /// The stream is over. `clean`: it was closed, and everything before was seen.
  mutating func finish(clean: Bool, _ talk: inout Conversation, _ c: inout Collector) {
    switch state {
    case .head: cutHead(&talk, &c)
    case .untilClose: talk.ended(isAnswer: isAnswer, size: size, cut: !clean, &c)
    case .length, .chunkSize, .chunkData, .chunkEnd, .trailer:
      talk.ended(isAnswer: isAnswer, size: size, cut: true, &c)
    case .tls: endRecords(clean: clean, &talk, &c)
    default: break
    }
    state = .opaque
  }
}
