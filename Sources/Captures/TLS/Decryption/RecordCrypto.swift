internal import CCrypto

/// Opens TLS records through OpenSSL's libcrypto. The only file of this module that imports it; its types
/// do not leave it.
@safe final class RecordCrypto {
  private let context: OpaquePointer
  private var ciphers = unsafe [CipherSuite.Cipher: OpaquePointer]()

  init?() {
    guard let context = unsafe EVP_CIPHER_CTX_new() else { return nil }
    unsafe self.context = context
  }

  deinit {
    unsafe EVP_CIPHER_CTX_free(context)
    for kind in CipherSuite.Cipher.allCases {
      if let fetched = unsafe ciphers[kind] { unsafe EVP_CIPHER_free(fetched) }
    }
  }

  /// Fetched once: looking a cipher up takes longer than opening a record.
  private func cipher(_ kind: CipherSuite.Cipher) -> OpaquePointer? {
    if let known = unsafe ciphers[kind] { return unsafe known }
    let name =
      switch kind {
      case .aes128GCM: "AES-128-GCM"
      case .aes256GCM: "AES-256-GCM"
      case .chacha20Poly1305: "ChaCha20-Poly1305"
      case .aes128CBC: "AES-128-CBC"
      case .aes256CBC: "AES-256-CBC"
      }
    guard let fetched = unsafe EVP_CIPHER_fetch(nil, name, nil) else { return nil }
    unsafe ciphers[kind] = fetched
    return unsafe fetched
  }

  /// AEAD: the plain bytes of `sealed`, whose last 16 bytes are the tag; `nil` when the tag does not
  /// match.
  func open(
    _ kind: CipherSuite.Cipher, key: [UInt8], nonce: [UInt8], data: [UInt8],
    sealed: ArraySlice<UInt8>
  ) -> [UInt8]? {
    guard sealed.count >= 16, nonce.count == 12, let cipher = unsafe cipher(kind) else {
      return nil
    }
    var tag = Array(sealed.suffix(16))
    let body = sealed.dropLast(16)
    guard
      unsafe EVP_DecryptInit_ex(context, cipher, nil, key, nonce) == 1,
      unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, 16, &tag) == 1
    else { return failed() }
    var length: Int32 = 0
    guard unsafe EVP_DecryptUpdate(context, nil, &length, data, Int32(data.count)) == 1,
      let plain = update(body)
    else { return failed() }
    var rest = [UInt8](repeating: 0, count: 32)
    guard unsafe EVP_DecryptFinal_ex(context, &rest, &length) == 1 else { return failed() }
    return plain
  }

  /// CBC: the plain bytes with their padding still on.
  func decrypt(
    _ kind: CipherSuite.Cipher, key: [UInt8], vector: [UInt8], sealed: ArraySlice<UInt8>
  ) -> [UInt8]? {
    guard !sealed.isEmpty, sealed.count % 16 == 0, vector.count == 16,
      let cipher = unsafe cipher(kind),
      unsafe EVP_DecryptInit_ex(context, cipher, nil, key, vector) == 1,
      unsafe EVP_CIPHER_CTX_set_padding(context, 0) == 1
    else { return failed() }
    return update(sealed) ?? failed()
  }

  private func update(_ sealed: ArraySlice<UInt8>) -> [UInt8]? {
    // libcrypto may write up to a block more than it was given.
    var plain = [UInt8](repeating: 0, count: sealed.count + 32)
    var length: Int32 = 0
    let status = unsafe sealed.withUnsafeBufferPointer {
      unsafe EVP_DecryptUpdate(context, &plain, &length, $0.baseAddress, Int32(sealed.count))
    }
    guard status == 1, length == sealed.count else { return nil }
    plain.removeSubrange(sealed.count...)
    return plain
  }

  private func failed() -> [UInt8]? {
    ERR_clear_error()
    return nil
  }

  static func hmac(_ hash: CipherSuite.Hash, key: [UInt8], _ text: [UInt8]) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: 64)
    var length: UInt32 = 0
    let digest =
      switch hash {
      case .sha1: unsafe EVP_sha1()
      case .sha256: unsafe EVP_sha256()
      case .sha384: unsafe EVP_sha384()
      }
    let made = unsafe HMAC(
      digest, key, Int32(key.count), text, text.count, &out, &length)
    guard unsafe made != nil else { return [] }
    return Array(out.prefix(Int(length)))
  }
}
