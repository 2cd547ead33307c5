/// What opens the records of one direction, one after another.
struct RecordKeys {
  private let suite: CipherSuite
  private let isTLS13: Bool
  private let isMACLast: Bool
  private var key: [UInt8]
  private var nonce: [UInt8]
  private var macKey: [UInt8] = []
  /// TLS 1.3: what the next keys are made of.
  private var secret: [UInt8] = []
  /// Records opened under this key.
  private var number: UInt64 = 0

  /// TLS 1.3, from a traffic secret.
  init?(secret: [UInt8], _ suite: CipherSuite) {
    guard secret.count == suite.hash.length else { return nil }
    self.suite = suite
    self.secret = secret
    isTLS13 = true
    isMACLast = false
    (key, nonce) = Self.derived(secret, suite)
    guard key.count == suite.keyLength, nonce.count == 12 else { return nil }
  }

  /// Up to TLS 1.2, from the master secret. `encryptsThenMACs`: RFC 7366.
  init?(
    master: [UInt8], client: [UInt8], server: [UInt8], ofServer: Bool, _ suite: CipherSuite,
    encryptsThenMACs: Bool
  ) {
    let mac = suite.isCBC ? suite.mac.length : 0
    let lengths = [mac, suite.keyLength, suite.fixedNonceLength]
    let total = 2 * lengths.reduce(0, +)
    let block = KeySchedule.block(
      master: master, client: client, server: server, total, suite.hash)
    guard master.count == 48, block.count == total else { return nil }
    var at = 0
    var parts: [[UInt8]] = []
    for length in lengths {
      let from = at + (ofServer ? length : 0)
      parts.append(Array(block[from..<from + length]))
      at += 2 * length
    }
    self.suite = suite
    isTLS13 = false
    isMACLast = encryptsThenMACs
    macKey = parts[0]
    key = parts[1]
    nonce = parts[2]
  }

  /// Bytes of a record that are not content; `nil` where that depends.
  var overhead: Int? {
    if isTLS13 { return 17 }
    if suite.isCBC { return nil }
    return suite.cipher == .chacha20Poly1305 ? 16 : 24
  }

  /// KeyUpdate (RFC 8446 §7.2).
  mutating func update() {
    secret = KeySchedule.expand(secret, "traffic upd", suite.hash.length, suite.hash)
    (key, nonce) = Self.derived(secret, suite)
    number = 0
  }

  /// Key and nonce of a traffic secret (RFC 8446 §7.3).
  private static func derived(
    _ secret: [UInt8], _ suite: CipherSuite
  ) -> (key: [UInt8], nonce: [UInt8]) {
    (
      KeySchedule.expand(secret, "key", suite.keyLength, suite.hash),
      KeySchedule.expand(secret, "iv", 12, suite.hash)
    )
  }

  /// Records that are lost at once, at most, before later ones can still be opened.
  static let mostLost: UInt64 = 64

  /// The content of a record and its type. `lost`: as many records before it may be missing; which
  /// number it has is proven by its tag.
  mutating func open(
    _ record: TLSReader.Record, lost: UInt64 = 0, _ crypto: RecordCrypto
  ) -> (type: UInt8, bytes: [UInt8])? {
    for skipped in 0...min(lost, Self.mostLost) {
      guard let found = open(record, numbered: number &+ skipped, crypto) else { continue }
      number = number &+ skipped &+ 1
      return found
    }
    return nil
  }

  private func open(
    _ record: TLSReader.Record, numbered n: UInt64, _ crypto: RecordCrypto
  ) -> (type: UInt8, bytes: [UInt8])? {
    if isTLS13 { return inner(record, n, crypto) }
    let plain = suite.isCBC ? blocks(record, n, crypto) : sealed(record, n, crypto)
    return plain.map { (record.type, $0) }
  }

  /// The nonce of TLS 1.3 and of ChaCha20: the record's number in its last eight bytes.
  private func counted(_ n: UInt64) -> [UInt8] {
    var nonce = nonce
    for i in 0..<8 { nonce[4 + i] ^= UInt8(truncatingIfNeeded: n >> UInt64(56 - 8 * i)) }
    return nonce
  }

  private func inner(
    _ record: TLSReader.Record, _ n: UInt64, _ crypto: RecordCrypto
  ) -> (type: UInt8, bytes: [UInt8])? {
    guard record.type == 23,
      var plain = crypto.open(
        suite.cipher, key: key, nonce: counted(n), data: record.header, sealed: record.bytes[...])
    else { return nil }
    // Zeros behind the content's type are padding.
    while plain.last == 0 { plain.removeLast() }
    guard let type = plain.popLast() else { return nil }
    return (type, plain)
  }

  private func sealed(
    _ record: TLSReader.Record, _ n: UInt64, _ crypto: RecordCrypto
  ) -> [UInt8]? {
    let explicit = suite.cipher == .chacha20Poly1305 ? 0 : 8
    let length = record.bytes.count - explicit - 16
    guard length >= 0 else { return nil }
    let nonce = explicit == 0 ? counted(n) : nonce + record.bytes.prefix(explicit)
    return crypto.open(
      suite.cipher, key: key, nonce: nonce, data: Self.associated(n, record, length),
      sealed: record.bytes.dropFirst(explicit))
  }

  /// Number, type, version and length: what tags and MACs cover besides the content.
  private static func associated(_ n: UInt64, _ record: TLSReader.Record, _ length: Int)
    -> [UInt8]
  {
    var data: [UInt8] = []
    for i in 0..<8 { data.append(UInt8(truncatingIfNeeded: n >> UInt64(56 - 8 * i))) }
    return data + record.header.prefix(3)
      + [UInt8(truncatingIfNeeded: length >> 8), UInt8(truncatingIfNeeded: length)]
  }

  /// CBC with a vector of its own (RFC 5246 §6.2.3.2); the MAC is inside, or behind it all (RFC 7366).
  private func blocks(
    _ record: TLSReader.Record, _ n: UInt64, _ crypto: RecordCrypto
  ) -> [UInt8]? {
    let mac = suite.mac.length
    var sealed = record.bytes[...]
    if isMACLast {
      guard sealed.count > mac else { return nil }
      let stated = sealed.suffix(mac)
      sealed = sealed.dropLast(mac)
      let covered = Self.associated(n, record, sealed.count) + sealed
      guard RecordCrypto.hmac(suite.mac, key: macKey, covered)[...] == stated else { return nil }
    }
    guard sealed.count >= 32,
      let plain = crypto.decrypt(
        suite.cipher, key: key, vector: Array(sealed.prefix(16)), sealed: sealed.dropFirst(16)),
      let padding = plain.last
    else { return nil }
    let length = plain.count - Int(padding) - 1 - (isMACLast ? 0 : mac)
    guard length >= 0 else { return nil }
    if !isMACLast {
      let covered = Self.associated(n, record, length) + plain.prefix(length)
      guard RecordCrypto.hmac(suite.mac, key: macKey, covered)[...] == plain[length..<length + mac]
      else { return nil }
    }
    return Array(plain.prefix(length))
  }
}
