internal import CCrypto

/// Signatures through OpenSSL's libcrypto. The only file of this module that imports it; its types do
/// not leave it.
enum Crypto {
  /// Whether `signature` over `signed` is by `key`; `nil` when the key cannot be used for `method`.
  static func verify(
    _ signed: [UInt8], _ signature: [UInt8], _ method: SigningMethod, _ key: KeySet.Key.Material
  ) -> Bool? {
    defer { ERR_clear_error() }
    switch (method.family, key) {
    case (.hmac, .secret(let secret)): return hmac(signed, signature, method, secret)
    case (.pkcs1, .rsa(let n, let e)), (.pss, .rsa(let n, let e)):
      guard let key = rsa(n, e) else { return nil }
      return check(signed, signature, method, key)
    case (.ecdsa, .ec(let curve, let x, let y)):
      let sizes = ["P-256": (32, 256), "P-384": (48, 384), "P-521": (66, 512)]
      guard let (size, bits) = sizes[curve], bits == method.bits, x.count <= size,
        y.count <= size, let key = ec(curve, padded(x, size), padded(y, size))
      else { return nil }
      // RFC 7518 §3.4: r and s side by side; libcrypto wants them in DER.
      guard signature.count == 2 * size, let der = der(signature, size) else { return false }
      return check(signed, der, method, key)
    case (.eddsa, .okp(let curve, let x)):
      let kinds = ["Ed25519": EVP_PKEY_ED25519, "Ed448": EVP_PKEY_ED448]
      guard let kind = kinds[curve],
        let raw = unsafe EVP_PKEY_new_raw_public_key(kind, nil, x, x.count)
      else { return nil }
      return check(signed, signature, method, unsafe Key(raw: raw))
    default: return nil
    }
  }

  /// A key of libcrypto, freed at the end.
  @safe private struct Key: ~Copyable {
    let raw: OpaquePointer
    deinit { unsafe EVP_PKEY_free(raw) }
  }

  private static func digest(_ bits: Int) -> OpaquePointer? {
    switch bits {
    case 256: unsafe EVP_sha256()
    case 384: unsafe EVP_sha384()
    case 512: unsafe EVP_sha512()
    default: nil
    }
  }

  private static func check(
    _ signed: [UInt8], _ signature: [UInt8], _ method: SigningMethod, _ key: borrowing Key
  ) -> Bool? {
    guard let context = unsafe EVP_MD_CTX_new() else { return nil }
    defer { unsafe EVP_MD_CTX_free(context) }
    var inner: OpaquePointer?
    guard
      unsafe EVP_DigestVerifyInit(context, &inner, digest(method.bits), nil, key.raw) == 1
    else { return nil }
    if method.family == .pss {
      guard unsafe EVP_PKEY_CTX_set_rsa_padding(inner, RSA_PKCS1_PSS_PADDING) == 1,
        unsafe EVP_PKEY_CTX_set_rsa_pss_saltlen(inner, RSA_PSS_SALTLEN_DIGEST) == 1
      else { return nil }
    }
    return unsafe EVP_DigestVerify(context, signature, signature.count, signed, signed.count) == 1
  }

  private static func hmac(
    _ signed: [UInt8], _ signature: [UInt8], _ method: SigningMethod, _ secret: [UInt8]
  ) -> Bool? {
    var made = [UInt8](repeating: 0, count: 64)
    var length: UInt32 = 0
    guard
      unsafe HMAC(
        digest(method.bits), secret, Int32(clamping: secret.count), signed, signed.count, &made,
        &length) != nil
    else { return nil }
    guard Int(length) == signature.count else { return false }
    return unsafe CRYPTO_memcmp(made, signature, signature.count) == 0
  }

  /// The name of a parameter. libcrypto keeps the pointer: it has to stay where it is.
  private static func name(_ text: StaticString) -> UnsafePointer<CChar> {
    unsafe UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
  }

  private static func rsa(_ n: [UInt8], _ e: [UInt8]) -> Key? {
    guard n.count >= 64, n.count <= 2048, e.count >= 1, e.count <= 8,
      let build = unsafe OSSL_PARAM_BLD_new()
    else { return nil }
    defer { unsafe OSSL_PARAM_BLD_free(build) }
    guard let modulus = unsafe BN_bin2bn(n, Int32(n.count), nil) else { return nil }
    defer { unsafe BN_free(modulus) }
    guard let exponent = unsafe BN_bin2bn(e, Int32(e.count), nil) else { return nil }
    defer { unsafe BN_free(exponent) }
    guard unsafe OSSL_PARAM_BLD_push_BN(build, name("n"), modulus) == 1,
      unsafe OSSL_PARAM_BLD_push_BN(build, name("e"), exponent) == 1
    else { return nil }
    return unsafe key("RSA", build).map { unsafe Key(raw: $0) }
  }

  private static func ec(_ curve: String, _ x: [UInt8], _ y: [UInt8]) -> Key? {
    guard let build = unsafe OSSL_PARAM_BLD_new() else { return nil }
    defer { unsafe OSSL_PARAM_BLD_free(build) }
    // SEC 1 §2.3.3, uncompressed. The parameters are made before these go away.
    let point = [4] + x + y
    let group = Array(curve.utf8CString)
    let raw = unsafe group.withUnsafeBufferPointer { group in
      unsafe point.withUnsafeBytes { point -> OpaquePointer? in
        guard
          unsafe OSSL_PARAM_BLD_push_utf8_string(
            build, name("group"), group.baseAddress, group.count - 1) == 1,
          unsafe OSSL_PARAM_BLD_push_octet_string(
            build, name("pub"), point.baseAddress, point.count)
            == 1
        else { return nil }
        return unsafe key("EC", build)
      }
    }
    return unsafe raw.map { unsafe Key(raw: $0) }
  }

  /// `EVP_PKEY_PUBLIC_KEY`, which Swift does not import: public key, domain and other parameters.
  private static let publicKey: Int32 = 0x86

  private static func key(_ type: String, _ build: OpaquePointer) -> OpaquePointer? {
    guard let parameters = unsafe OSSL_PARAM_BLD_to_param(build) else { return nil }
    defer { unsafe OSSL_PARAM_free(parameters) }
    guard let context = unsafe EVP_PKEY_CTX_new_from_name(nil, type, nil) else { return nil }
    defer { unsafe EVP_PKEY_CTX_free(context) }
    var made: OpaquePointer?
    guard unsafe EVP_PKEY_fromdata_init(context) == 1,
      unsafe EVP_PKEY_fromdata(context, &made, publicKey, parameters) == 1
    else { return nil }
    return unsafe made
  }

  private static func padded(_ number: [UInt8], _ size: Int) -> [UInt8] {
    [UInt8](repeating: 0, count: max(0, size - number.count)) + number
  }

  /// `SEQUENCE { r INTEGER, s INTEGER }` of two numbers of `size` bytes.
  private static func der(_ signature: [UInt8], _ size: Int) -> [UInt8]? {
    func integer(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
      var value = Array(bytes.drop { $0 == 0 })
      if value.isEmpty || value[0] >= 0x80 { value.insert(0, at: 0) }
      return [2, UInt8(value.count)] + value
    }
    let body = integer(signature[..<size]) + integer(signature[size...])
    guard body.count < 256 else { return nil }
    return body.count < 128
      ? [0x30, UInt8(body.count)] + body : [0x30, 0x81, UInt8(body.count)] + body
  }
}
