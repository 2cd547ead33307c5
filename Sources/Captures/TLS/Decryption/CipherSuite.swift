/// The cipher suites whose records can be opened (RFC 8446 §B.4, RFC 5246 §A.5, RFC 5288, RFC 5289,
/// RFC 7905).
struct CipherSuite {
  enum Cipher: UInt8, CaseIterable {
    case aes128GCM, aes256GCM, chacha20Poly1305, aes128CBC, aes256CBC
  }
  enum Hash: UInt8 {
    case sha1, sha256, sha384
    var length: Int {
      switch self {
      case .sha1: 20
      case .sha256: 32
      case .sha384: 48
      }
    }
  }
  var cipher: Cipher
  /// Of the key schedule.
  var hash: Hash
  /// Of the records' MAC, of CBC suites only.
  var mac = Hash.sha1

  var isCBC: Bool {
    cipher == .aes128CBC || cipher == .aes256CBC
  }
  var keyLength: Int {
    switch cipher {
    case .aes128GCM, .aes128CBC: 16
    case .aes256GCM, .aes256CBC, .chacha20Poly1305: 32
    }
  }
  /// Bytes of the nonce that come out of the key schedule, up to TLS 1.2.
  var fixedNonceLength: Int {
    switch cipher {
    case .aes128GCM, .aes256GCM: 4
    case .chacha20Poly1305: 12
    // Since TLS 1.1 each record brings its own.
    case .aes128CBC, .aes256CBC: 0
    }
  }

  /// `nil`: not read here.
  init?(_ number: UInt16, isTLS13: Bool) {
    if isTLS13 {
      switch number {
      case 0x1301: (cipher, hash) = (.aes128GCM, .sha256)
      case 0x1302: (cipher, hash) = (.aes256GCM, .sha384)
      case 0x1303: (cipher, hash) = (.chacha20Poly1305, .sha256)
      default: return nil
      }
      return
    }
    switch number {
    case 0x009c, 0x009e, 0x00a0, 0x00a2, 0x00a4, 0x00a8, 0x00aa, 0x00ac, 0xc02b, 0xc02d, 0xc02f,
      0xc031:
      (cipher, hash) = (.aes128GCM, .sha256)
    case 0x009d, 0x009f, 0x00a1, 0x00a3, 0x00a5, 0x00a9, 0x00ab, 0x00ad, 0xc02c, 0xc02e, 0xc030,
      0xc032:
      (cipher, hash) = (.aes256GCM, .sha384)
    case 0xcca8...0xccae:
      (cipher, hash) = (.chacha20Poly1305, .sha256)
    case 0x002f...0x0034, 0xc004, 0xc009, 0xc00e, 0xc013:
      (cipher, hash, mac) = (.aes128CBC, .sha256, .sha1)
    case 0x0035...0x003a, 0xc005, 0xc00a, 0xc00f, 0xc014:
      (cipher, hash, mac) = (.aes256CBC, .sha256, .sha1)
    case 0x003c, 0x003e...0x0040, 0x0067, 0xc023, 0xc025, 0xc027, 0xc029:
      (cipher, hash, mac) = (.aes128CBC, .sha256, .sha256)
    case 0x003d, 0x0068...0x006b:
      (cipher, hash, mac) = (.aes256CBC, .sha256, .sha256)
    case 0xc024, 0xc026, 0xc028, 0xc02a:
      (cipher, hash, mac) = (.aes256CBC, .sha384, .sha384)
    default: return nil
    }
  }
}
