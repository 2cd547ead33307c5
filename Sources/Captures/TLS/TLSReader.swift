internal import ByteScan
internal import Evidence

/// Reads the clear part of TLS in one direction: hellos, certificates up to 1.2, alerts
/// (RFC 8446 §5.1, RFC 5246 §7). Encrypted records are stepped over by length, or handed on where
/// somebody may have keys for them.
struct TLSReader {
  /// What it found.
  enum Finding {
    case clientHello(Field, [UInt8])
    case serverHello([UInt8])
    case certificate([UInt8])
    case alert(level: UInt8, description: UInt8)
    /// An alert record whose content is encrypted, or a record of the size of one before the end.
    case hiddenAlert
    /// From here on records are encrypted, up to TLS 1.2.
    case cipherChanged
    /// An encrypted record, where these are wanted.
    case sealed(Record)
  }

  /// An encrypted record.
  struct Record {
    /// The five bytes as sent: type, version, length.
    var header: [UInt8]
    var bytes: [UInt8]
    /// Of its first byte.
    var arrival: Arrival
    /// So many records may be missing before it, and their bytes; -1 when nobody knows.
    var lost: UInt64
    var lostBytes: Int

    var type: UInt8 { header[0] }
  }

  /// Encrypted records are handed on.
  var keepsRecords = false
  private var header: [UInt8] = []
  private var stated: [UInt8] = []
  private var began = Arrival(
    packet: 0, time: 0, seq: 0, ack: 0, hasAck: false, isFromServer: false)
  private var type: UInt8 = 0
  private var remaining = 0
  private var record: [UInt8] = []
  private var handshake: [UInt8] = []
  private var isEncrypted = false
  /// The server asked for another hello.
  private var isRetried = false
  private(set) var isLost = false
  /// Bytes of the record at hand are missing.
  private var isHurt = false
  /// Encrypted records that are missing since the last one was handed on, at most.
  private var lost: UInt64 = 0
  private var lostBytes = 0
  /// Of the record at hand.
  private var length = 0
  private var lastDataLength = 0
  private var dataRecords = 0

  static let mostHandshake = 64 << 10

  init() {}

  /// Takes bytes in order; calls `found` for each finding.
  mutating func take(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ arrival: Arrival, _ found: (Finding) -> Void
  ) {
    var at = from
    while at < to, !isLost {
      if remaining == 0 {
        if header.isEmpty {
          began = arrival
          began.seq = arrival.seq &+ UInt32(truncatingIfNeeded: at - from)
        }
        header.append(s[at])
        at += 1
        if header.count == 5 { begin() }
        continue
      }
      let step = min(remaining, to - at)
      if keepsRecord { Bytes.append(s, at, at + step, to: &record) }
      at += step
      remaining -= step
      if remaining == 0 { end(found) }
    }
  }

  private var keepsRecord: Bool {
    (type == 22 && !isEncrypted || type == 21 || keepsRecords) && record.count < Self.mostHandshake
  }

  private mutating func begin() {
    type = header[0]
    remaining = Int(header[3]) << 8 | Int(header[4])
    isLost = !(20...24 ~= type) || header[1] != 3 || remaining > 18_432 || remaining == 0
    length = remaining
    if type == 23 {
      lastDataLength = remaining
      dataRecords += 1
    }
    if keepsRecords { stated = header }
    isHurt = false
    header.removeAll(keepingCapacity: true)
    record.removeAll(keepingCapacity: true)
  }

  private mutating func end(_ found: (Finding) -> Void) {
    switch type {
    case 20:
      // Between two hellos it changes nothing (RFC 8446 §D.4).
      if !isRetried { isEncrypted = true }
      isRetried = false
      found(.cipherChanged)
    case 21, 22, 23:
      if keepsRecords, isEncrypted || type == 23, record.count > 2 { return handOn(found) }
      clear(found)
    default: break
    }
  }

  private mutating func handOn(_ found: (Finding) -> Void) {
    guard !isHurt, stated.count == 5 else { return lose() }
    found(
      .sealed(
        Record(
          header: stated, bytes: record, arrival: began, lost: lost, lostBytes: lostBytes)))
    lost = 0
    lostBytes = 0
  }

  /// The record at hand will not be handed on.
  private mutating func lose() {
    lost += 1
    if lostBytes >= 0 { lostBytes += length }
  }

  private mutating func clear(_ found: (Finding) -> Void) {
    switch type {
    case 21:
      if record.count == 2, record[0] == 1 || record[0] == 2 {
        found(.alert(level: record[0], description: record[1]))
      } else if isEncrypted || record.count > 2 {
        found(.hiddenAlert)
      }
    case 22 where !isEncrypted:
      handshake += record
      messages(found)
    default: break
    }
  }

  private mutating func messages(_ found: (Finding) -> Void) {
    var at = 0
    let all = handshake
    let s = all.span
    while at + 4 <= s.count {
      let length = Int(Numbers.big24(s, at + 1))
      let end = at + 4 + length
      if length > Self.mostHandshake {
        isEncrypted = true
        break
      }
      guard end <= s.count else { break }
      switch s[at] {
      case 1:
        let message = Array(all[at..<end])
        found(.clientHello(TLSReader.serverName(message.span, 4, message.count), message))
      case 2:
        let message = Array(all[at..<end])
        isRetried = TLSSession.isRetry(message.span)
        if !isRetried { found(.serverHello(message)) }
      case 11:
        let certificate = TLSReader.firstCertificate(s, at + 4, end)
        if !certificate.isEmpty { found(.certificate(certificate)) }
      default: break
      }
      at = end
    }
    handshake.removeFirst(min(at, handshake.count))
    if handshake.count > Self.mostHandshake { isEncrypted = true }
    if isEncrypted { handshake = [] }
  }

  /// `count` bytes are missing.
  mutating func gap(_ count: Int) {
    if header.isEmpty, count <= remaining {
      remaining -= count
      record = []
      isHurt = true
      if remaining == 0 { lose() }
      if type == 22 { isEncrypted = true }
    } else {
      isLost = true
      lost += RecordKeys.mostLost
      lostBytes = -1
    }
  }

  /// Records begin anew here, after a loss.
  mutating func resume() {
    isLost = false
    isEncrypted = true
    remaining = 0
    header = []
    record = []
    handshake = []
  }

  /// Application data was seen.
  var hasData: Bool { dataRecords > 0 }

  /// At the end of the stream: TLS 1.3 hides alerts in records of 2 + 1 + 16 bytes. Only a
  /// connection that hardly carried data is judged.
  var endsLikeAlert: Bool { !isLost && lastDataLength == 19 && dataRecords <= 8 }

  /// The host name in a ClientHello's server_name extension (RFC 6066 §3).
  static func serverName(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Field {
    var at = from + 34
    guard at < to else { return Field() }
    at += 1 + Int(s[at])
    guard at + 2 <= to else { return Field() }
    at += 2 + Int(Numbers.big16(s, at))
    guard at < to else { return Field() }
    at += 1 + Int(s[at])
    guard at + 2 <= to else { return Field() }
    let end = min(to, at + 2 + Int(Numbers.big16(s, at)))
    at += 2
    while at + 4 <= end {
      let length = Int(Numbers.big16(s, at + 2))
      if Numbers.big16(s, at) == 0, at + 9 <= end, s[at + 6] == 0 {
        let name = Int(Numbers.big16(s, at + 7))
        return at + 9 + name <= end ? Field(start: at + 9, end: at + 9 + name) : Field()
      }
      at += 4 + length
    }
    return Field()
  }

  /// The leaf of a Certificate message (RFC 5246 §7.4.2); since TLS 1.3 a context stands before the list
  /// (RFC 8446 §4.4.2).
  static func firstCertificate(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, isTLS13: Bool = false
  ) -> [UInt8] {
    var from = from
    if isTLS13, from < to { from += 1 + Int(s[from]) }
    guard from + 6 <= to else { return [] }
    let length = Int(Numbers.big24(s, from + 3))
    guard length > 0, from + 6 + length <= to else { return [] }
    var out: [UInt8] = []
    out.reserveCapacity(length)
    for i in from + 6..<from + 6 + length { out.append(s[i]) }
    return out
  }
}
