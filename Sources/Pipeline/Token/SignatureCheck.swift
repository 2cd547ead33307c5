internal import ByteScan
internal import Report

/// What a key set says about a token's signature.
package enum SignatureVerdict: Sendable, Equatable {
  case valid(keyID: String?)
  /// The key of this id is there, and the signature is not its own.
  case invalid(keyID: String?)
  /// No key has the token's id; the ids that are there.
  case unknownKey(keyID: String, published: [String])
  /// The key cannot be used with the token's algorithm; text ready to print.
  case mismatch(String)
  case unreadable(String)
}

/// Checks a signature (RFC 7515 §5.2). The key is looked up by its id first: an unknown id must not look
/// like a wrong signature. Without an id every key that fits the algorithm is tried.
package enum SignatureCheck {
  package static func verdict(on input: [UInt8], _ reading: TokenReading, _ set: KeySet)
    -> SignatureVerdict
  {
    if let defect = set.defect { return .unreadable("the key set: \(defect)") }
    guard let algorithm = reading.headerValue("alg")?.text,
      let parts = TokenReading.parts(input)
    else { return .unreadable("the token names no algorithm") }
    guard let method = SigningMethod(algorithm) else {
      return .mismatch("the algorithm \(algorithm) is none that a key set can check")
    }
    let keyID = reading.headerValue("kid")?.text
    var candidates = set.keys
    if let keyID {
      candidates = set.keys.filter { $0.keyID == keyID }
      if candidates.isEmpty {
        return .unknownKey(keyID: keyID, published: set.keys.compactMap(\.keyID))
      }
    }
    var complaint: String?
    var wrong: String??
    for key in candidates {
      if let use = key.use, use != "sig" {
        complaint = complaint ?? "the key is for \"\(use)\", not for signatures"
        continue
      }
      if let own = key.algorithm, own != algorithm {
        complaint = complaint ?? "the key is for \(own), the token is signed with \(algorithm)"
        continue
      }
      switch Crypto.verify(parts.signed, parts.signature, method, key.material) {
      case .some(true): return .valid(keyID: key.keyID)
      case .some(false): wrong = key.keyID
      case nil:
        complaint = complaint ?? "the key is of another type than \(algorithm) needs, or damaged"
      }
    }
    if let wrong { return .invalid(keyID: wrong) }
    return .mismatch(complaint ?? "no key fits \(algorithm)")
  }
}

/// A signature algorithm of RFC 7518 §3.1 and RFC 8037.
struct SigningMethod: Sendable {
  enum Family: Sendable { case hmac, pkcs1, pss, ecdsa, eddsa }
  var family: Family
  /// Bits of the hash; 0 where the algorithm hashes by itself.
  var bits: Int

  init?(_ name: String) {
    if name == "EdDSA" || name == "Ed25519" || name == "Ed448" {
      family = .eddsa
      bits = 0
      return
    }
    guard name.utf8.count == 5, let bits = Int(name.suffix(3)), [256, 384, 512].contains(bits)
    else { return nil }
    switch name.prefix(2) {
    case "HS": family = .hmac
    case "RS": family = .pkcs1
    case "PS": family = .pss
    case "ES": family = .ecdsa
    default: return nil
    }
    self.bits = bits
  }
}
