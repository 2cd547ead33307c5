/// TLS: what is clear of it, and what its records hold where their secrets are known.
extension MessageParser {
  /// A message inside was begun.
  var hasBegun: Bool { messages > 0 || state != .idle }

  mutating func records(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ arrival: Arrival, _ talk: inout Conversation,
    _ c: inout Collector
  ) {
    // Findings come rarely: collected first, so that the reader needs no access to the rest.
    var findings: [TLSReader.Finding] = []
    tls.keepsRecords = talk.session.map { $0.state != .hopeless } ?? false
    tls.take(s, from, to, arrival) { findings.append($0) }
    if tls.hasData { talk.hasSealed = true }
    for finding in findings {
      switch finding {
      case .clientHello(_, let hello):
        talk.greeted(by: hello, &c)
        c.tls(finding, arrival, talk.ends)
      case .serverHello(let hello):
        talk.chosen(by: hello, &c)
        c.tls(finding, arrival, talk.ends)
      case .cipherChanged:
        guard let session = talk.session else { break }
        opener(arrival).cipherChanged(session)
      case .sealed(let record):
        guard let session = talk.session else { break }
        let mayWait = c.secrecy.waiting < Secrecy.mostWaiting
        open(session, arrival, &talk, &c) { $0.take(record, session, mayWait: mayWait, $1) }
      case .certificate, .alert, .hiddenAlert: c.tls(finding, arrival, talk.ends)
      }
    }
    if tls.isLost, talk.session?.state != .ready { state = .opaque }
  }

  private mutating func opener(_ arrival: Arrival) -> SecureStream {
    if let secure { return secure }
    let made = SecureStream(isServer: arrival.isFromServer)
    secure = made
    return made
  }

  private mutating func open(
    _ session: TLSSession, _ arrival: Arrival, _ talk: inout Conversation, _ c: inout Collector,
    _ step: (SecureStream, (SecureStream.Content) -> Void) -> Void
  ) {
    let stream = opener(arrival)
    var contents: [SecureStream.Content] = []
    let before = stream.waitingBytes
    step(stream) { contents.append($0) }
    c.secrecy.waiting += stream.waitingBytes - before
    for content in contents {
      switch content {
      case .data(let bytes, let at):
        stream.inner.take(bytes.span, 0, bytes.count, at, &talk, &c)
      case .missing(let count): stream.inner.gap(count, &talk, &c)
      case .certificate(let der, let at): c.tls(.certificate(der), at, talk.ends)
      case .alert(let level, let description, let at):
        // Saying goodbye is no news.
        if description != 0 {
          c.tls(.alert(level: level, description: description), at, talk.ends)
        }
      case .closed(let record):
        talk.closedRecords += 1
        if record.type == 21 { c.tls(.hiddenAlert, record.arrival, talk.ends) }
      }
    }
  }

  mutating func endRecords(clean: Bool, _ talk: inout Conversation, _ c: inout Collector) {
    if let secure, let session = talk.session {
      open(session, lastArrival, &talk, &c) { $0.drain(session, $1) }
      c.secrecy.waiting -= secure.waitingBytes
      secure.inner.finish(clean: clean, &talk, &c)
    }
    guard clean, tls.endsLikeAlert, talk.session?.isOpened != true else { return }
    c.tls(.hiddenAlert, lastArrival, talk.ends)
  }
}

/// How a connection's records are opened, as far as both directions share it.
extension Conversation {
  mutating func greeted(by hello: [UInt8], _ c: inout Collector) {
    hasHello = true
    guard !c.keys.isEmpty else { return }
    session = TLSSession(hello: hello, c.keys, c.crypto)
  }

  mutating func chosen(by hello: [UInt8], _ c: inout Collector) {
    guard let session, !session.chosen(by: hello) else { return }
    c.secrecy.unsupported += 1
  }

  /// What is to be said of a TLS connection that was not opened although there are keys.
  func noteSecrecy(_ c: inout Collector) {
    guard !c.keys.isEmpty, hasSealed else { return }
    guard let session else {
      if hasHello { c.secrecy.withoutKeys += 1 } else { c.secrecy.joinedLate += 1 }
      return
    }
    if session.isOpened {
      c.secrecy.closedRecords += closedRecords
    } else if session.state == .ready {
      c.secrecy.unopened += 1
    }
  }
}
