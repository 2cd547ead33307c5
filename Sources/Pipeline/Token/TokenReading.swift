internal import ByteScan
package import Report

/// One credential taken apart, offline: what follows `Bearer`, split, decoded, never verified.
/// Holds no signature: only its length is kept.
package struct TokenReading: Sendable {
  /// Bytes of the credential, without `Authorization:` and `Bearer`.
  package var length = 0
  package var header: [JSONNode.Member] = []
  package var claims: [JSONNode.Member] = []
  package var signatureBytes = 0
  /// Why it is no JSON Web Token; `nil` when it is one.
  package var defect: String?

  package init(_ input: [UInt8]) {
    let text = TokenReading.credential(input)
    length = text.count
    if let word = TokenReading.brokenWords[String(decoding: text.prefix(32), as: UTF8.self)] {
      defect = word
      return
    }
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    switch parts.count {
    case 3: break
    case 5:
      defect = "five parts: an encrypted token (JWE); only its addressee can read it"
      return
    default:
      defect =
        "\(parts.count) part\(parts.count == 1 ? "" : "s") between dots, not 3"
        + (parts.count == 1
          ? ": an opaque token, or not a token at all" : ": cut, or joined with something")
      return
    }
    guard let header = members(of: parts[0], "header"),
      let claims = members(of: parts[1], "payload")
    else { return }
    self.header = header
    self.claims = claims
    let signature = Array(parts[2])
    guard let bytes = Base64URL.decode(signature.span, 0, signature.count) else {
      defect = "the signature is not base64url"
      return
    }
    signatureBytes = bytes.count
  }

  package func claim(_ name: String) -> JSONNode? { claims.last { $0.key == name }?.value }
  package func headerValue(_ name: String) -> JSONNode? { header.last { $0.key == name }?.value }

  private mutating func members(of part: ArraySlice<UInt8>, _ name: String) -> [JSONNode.Member]? {
    let encoded = Array(part)
    guard let bytes = Base64URL.decode(encoded.span, 0, encoded.count) else {
      defect =
        "the \(name) is not base64url"
        + (encoded.contains { "+/=".utf8.contains($0) } ? " (it is plain base64 or padded)" : "")
      return nil
    }
    guard case .object(let members)? = JSONNode(bytes) else {
      defect = "the \(name) is not a JSON object"
      return nil
    }
    return members
  }

  /// What is signed, and the signature; `nil` when there are not three parts.
  static func parts(_ input: [UInt8]) -> (signed: [UInt8], signature: [UInt8])? {
    let text = Array(credential(input))
    guard let last = text.lastIndex(of: UInt8(ascii: ".")) else { return nil }
    let encoded = Array(text[(last + 1)...])
    guard let signature = Base64URL.decode(encoded.span, 0, encoded.count) else { return nil }
    return (Array(text[..<last]), signature)
  }

  /// What broken clients send in the place of a token.
  private static let brokenWords = [
    "": "nothing after the scheme", "undefined": "the word \"undefined\": a variable was not set",
    "null": "the word \"null\": a variable was not set",
    "[object Object]": "\"[object Object]\": an object instead of its access_token",
  ]

  /// Strips blanks, a header name, the scheme and quotes.
  private static func credential(_ input: [UInt8]) -> ArraySlice<UInt8> {
    var text = input[...]
    func trim() {
      while let first = text.first, first <= 0x20 { text.removeFirst() }
      while let last = text.last, last <= 0x20 { text.removeLast() }
    }
    func drop(_ prefix: String) {
      let letters = Array(prefix.utf8)
      guard text.count >= letters.count,
        zip(text, letters).allSatisfy({ $0 | 0x20 == $1 | 0x20 })
      else { return }
      text.removeFirst(letters.count)
      trim()
    }
    trim()
    drop("authorization:")
    drop("bearer ")
    if text.count >= 2, text.first == UInt8(ascii: "\""), text.last == UInt8(ascii: "\"") {
      text.removeFirst()
      text.removeLast()
    }
    return text
  }
}
