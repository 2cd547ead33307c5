/// From secrets to keys.
enum KeySchedule {
  /// HKDF-Expand-Label without context (RFC 8446 §7.1), for lengths up to that of the hash.
  static func expand(
    _ secret: [UInt8], _ label: String, _ length: Int, _ hash: CipherSuite.Hash
  ) -> [UInt8] {
    let full = Array("tls13 \(label)".utf8)
    let info = [0, UInt8(length), UInt8(full.count)] + full + [0, 1]
    return Array(RecordCrypto.hmac(hash, key: secret, info).prefix(length))
  }

  /// The key block up to TLS 1.2 (RFC 5246 §6.3): P_hash over the master secret.
  static func block(
    master: [UInt8], client: [UInt8], server: [UInt8], _ length: Int, _ hash: CipherSuite.Hash
  ) -> [UInt8] {
    let seed = Array("key expansion".utf8) + server + client
    var a = seed
    var out: [UInt8] = []
    while out.count < length {
      a = RecordCrypto.hmac(hash, key: master, a)
      guard !a.isEmpty else { return [] }
      out += RecordCrypto.hmac(hash, key: master, a + seed)
    }
    return Array(out.prefix(length))
  }
}
