/// One direction of a TLS connection whose secrets are known: opens its records and gives their content
/// to a reader of HTTP as if it had been sent in clear.
final class SecureStream {
  /// Reads what is inside.
  var inner = MessageParser()
  private let isServer: Bool
  private var keys: RecordKeys?
  private var epoch = TLSSession.Epoch.handshake
  /// Handshake messages inside records.
  private var handshake: [UInt8] = []
  /// Records that came before it was known what was agreed on.
  private var waiting: [TLSReader.Record] = []
  private(set) var waitingBytes = 0
  private var failures = 0
  /// Records that were not opened since the last one that was, and their content; -1 when nobody knows.
  private var missing: (records: UInt64, bytes: Int) = (0, 0)

  /// Bytes that wait in one direction, and records in a row that are tried in vain.
  static let mostWaiting = 64 << 10
  static let mostFailures = 64

  init(isServer: Bool) { self.isServer = isServer }

  /// What came out of a record.
  enum Content {
    case data([UInt8], Arrival)
    case alert(level: UInt8, description: UInt8, Arrival)
    case certificate([UInt8], Arrival)
    /// It could not be opened.
    case closed(TLSReader.Record)
    /// So many bytes of the content are missing here.
    case missing(Int)
  }

  /// Up to TLS 1.2.
  func cipherChanged(_ session: TLSSession) {
    if session.state == .ready, !session.isTLS13 { keys = session.keys(ofServer: isServer) }
  }

  /// Takes the next record; calls `found` for all that can be opened now.
  func take(
    _ record: TLSReader.Record, _ session: TLSSession, mayWait: Bool, _ found: (Content) -> Void
  ) {
    switch session.state {
    case .open:
      guard mayWait, waitingBytes + record.bytes.count <= Self.mostWaiting else {
        return found(.closed(record))
      }
      waitingBytes += record.bytes.count
      waiting.append(record)
    case .hopeless: found(.closed(record))
    case .ready:
      drain(session, found)
      open(record, session, found)
    }
  }

  /// What waited for the other direction.
  func drain(_ session: TLSSession, _ found: (Content) -> Void) {
    guard session.state != .open, !waiting.isEmpty else { return }
    let records = waiting
    waiting = []
    waitingBytes = 0
    for record in records { open(record, session, found) }
  }

  private func open(
    _ record: TLSReader.Record, _ session: TLSSession, _ found: (Content) -> Void
  ) {
    // A second hello of the client is clear, though a change of cipher stands before it.
    if session.isTLS13, record.type != 23 { return }
    lose(record.lost, record.lostBytes)
    guard failures < Self.mostFailures, let content = content(record, session) else {
      failures += 1
      lose(1, record.bytes.count)
      return found(.closed(record))
    }
    if missing.bytes != 0 { found(.missing(missing.bytes < 0 ? Int(Int32.max) : missing.bytes)) }
    missing = (0, 0)
    failures = 0
    session.isOpened = true
    switch content.type {
    case 23: if !content.bytes.isEmpty { found(.data(content.bytes, record.arrival)) }
    case 22: messages(content.bytes, record.arrival, session, found)
    case 21 where content.bytes.count == 2:
      found(.alert(level: content.bytes[0], description: content.bytes[1], record.arrival))
    default: break
    }
  }

  private func lose(_ records: UInt64, _ bytes: Int) {
    guard records > 0 else { return }
    missing.records = min(missing.records + records, RecordKeys.mostLost)
    guard missing.bytes >= 0, bytes >= 0, epoch == .application || keys != nil,
      let overhead = keys?.overhead
    else {
      // Before any content there is none to miss.
      missing.bytes = inner.hasBegun ? -1 : 0
      return
    }
    missing.bytes += max(0, bytes - Int(min(records, 1 << 20)) * overhead)
  }

  private func content(
    _ record: TLSReader.Record, _ session: TLSSession
  ) -> (type: UInt8, bytes: [UInt8])? {
    if !session.isTLS13 { return keys?.open(record, lost: missing.records, session.crypto) }
    if keys == nil { keys = session.keys(epoch, ofServer: isServer) }
    if let found = keys?.open(record, lost: missing.records, session.crypto) { return found }
    // The end of the handshake is missing, or its secret.
    guard epoch == .handshake, var next = session.keys(.application, ofServer: isServer),
      let found = next.open(record, lost: missing.records, session.crypto)
    else { return nil }
    epoch = .application
    keys = next
    return found
  }

  /// Messages of the handshake that are sent encrypted: who the server is, the end of the handshake, new
  /// keys (RFC 8446 §4.4, §4.6).
  private func messages(
    _ bytes: [UInt8], _ arrival: Arrival, _ session: TLSSession, _ found: (Content) -> Void
  ) {
    guard session.isTLS13 else { return }
    handshake += bytes
    var at = 0
    while at + 4 <= handshake.count {
      let length = Int(Numbers.big24(handshake.span, at + 1))
      let end = at + 4 + length
      guard length <= TLSReader.mostHandshake, end <= handshake.count else { break }
      switch handshake[at] {
      case 11:
        let certificate = TLSReader.firstCertificate(handshake.span, at + 4, end, isTLS13: true)
        if !certificate.isEmpty { found(.certificate(certificate, arrival)) }
      case 20 where epoch == .handshake:
        epoch = .application
        keys = session.keys(.application, ofServer: isServer)
      case 24: keys?.update()
      default: break
      }
      at = end
    }
    handshake.removeFirst(min(at, handshake.count))
    if handshake.count > TLSReader.mostHandshake { handshake = [] }
  }
}
