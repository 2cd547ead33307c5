internal import Evidence

/// Reads the clear part of TLS in one direction: hellos, certificates up to 1.2, alerts
/// (RFC 8446 §5.1, RFC 5246 §7). Nothing is decrypted; encrypted records are stepped over by length.
struct TLSReader {
  /// What it found.
  enum Finding {
    case clientHello(Field, [UInt8])
    case certificate([UInt8])
    case alert(level: UInt8, description: UInt8)
    /// An alert record whose content is encrypted, or a record of the size of one before the end.
    case hiddenAlert
  }

  private var header: [UInt8] = []
  private var type: UInt8 = 0
  private var remaining = 0
  private var record: [UInt8] = []
  private var handshake: [UInt8] = []
  private var isEncrypted = false
  private(set) var isLost = false
  private var lastDataLength = 0
  private var dataRecords = 0

  static let mostHandshake = 64 << 10

  init() {}

  /// Takes bytes in order; calls `found` for each finding.
  mutating func take(_ s: Span<UInt8>, _ from: Int, _ to: Int, _ found: (Finding) -> Void) {
    var at = from
    while at < to, !isLost {
      if remaining == 0 {
        header.append(s[at])
        at += 1
        if header.count == 5 { begin() }
        continue
      }
      let step = min(remaining, to - at)
      if keepsRecord { for i in at..<at + step { record.append(s[i]) } }
      at += step
      remaining -= step
      if remaining == 0 { end(found) }
    }
  }

  private var keepsRecord: Bool {
    (type == 22 && !isEncrypted || type == 21) && record.count < Self.mostHandshake
  }

  private mutating func begin() {
    type = header[0]
    remaining = Int(header[3]) << 8 | Int(header[4])
    isLost = !(20...24 ~= type) || header[1] != 3 || remaining > 18_432 || remaining == 0
    if type == 23 {
      lastDataLength = remaining
      dataRecords += 1
    }
    header.removeAll(keepingCapacity: true)
    record.removeAll(keepingCapacity: true)
  }

  private mutating func end(_ found: (Finding) -> Void) {
    switch type {
    case 20: isEncrypted = true
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
      case 1: found(.clientHello(TLSReader.serverName(s, at + 4, end), all))
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
      if type == 22 { isEncrypted = true }
    } else {
      isLost = true
    }
  }

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

  /// The leaf of a Certificate message up to TLS 1.2 (RFC 5246 §7.4.2).
  static func firstCertificate(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> [UInt8] {
    guard from + 6 <= to else { return [] }
    let length = Int(Numbers.big24(s, from + 3))
    guard length > 0, from + 6 + length <= to else { return [] }
    var out: [UInt8] = []
    out.reserveCapacity(length)
    for i in from + 6..<from + 6 + length { out.append(s[i]) }
    return out
  }
}
