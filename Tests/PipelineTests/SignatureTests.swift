internal import Testing

@testable import Pipeline

@Suite struct SignatureTests {
  static func verdict(_ token: String, _ keys: String = SignatureSamples.keys) -> SignatureVerdict {
    let bytes = Array(token.utf8)
    return SignatureCheck.verdict(on: bytes, TokenReading(bytes), KeySet(Array(keys.utf8)))
  }

  @Test func `each family of algorithms is checked, whatever other keys the set has`() {
    #expect(Self.verdict(SignatureSamples.rs) == .valid(keyID: "rsa-1"))
    #expect(Self.verdict(SignatureSamples.ps) == .valid(keyID: "rsa-2"))
    #expect(Self.verdict(SignatureSamples.es) == .valid(keyID: "ec-1"))
    #expect(Self.verdict(SignatureSamples.ed) == .valid(keyID: "ed-1"))
  }

  @Test(arguments: [
    SignatureSamples.rs, SignatureSamples.ps, SignatureSamples.es, SignatureSamples.ed,
  ])
  func `a changed payload is not valid`(_ token: String) {
    let parts = token.split(separator: ".")
    var payload = Array(parts[1].utf8)
    payload[12] = payload[12] == 65 ? 66 : 65
    let changed = "\(parts[0]).\(String(decoding: payload, as: UTF8.self)).\(parts[2])"
    let bytes = Array(changed.utf8)
    let original = TokenReading(Array(token.utf8))
    let verdict = SignatureCheck.verdict(
      on: bytes, original, KeySet(Array(SignatureSamples.keys.utf8)))
    #expect(verdict == .invalid(keyID: original.headerValue("kid")?.text))
  }

  @Test func `an unknown kid is not called a wrong signature`() {
    guard case .unknownKey(let id, let published) = Self.verdict(SignatureSamples.unknown) else {
      Issue.record("\(Self.verdict(SignatureSamples.unknown))")
      return
    }
    #expect(id == "gone")
    #expect(published.contains("rsa-1"))
  }

  @Test func `a key of another type or use is a mismatch`() {
    for token in [SignatureSamples.mismatch, SignatureSamples.encOnly] {
      guard case .mismatch = Self.verdict(token) else {
        Issue.record("\(Self.verdict(token))")
        continue
      }
    }
  }

  @Test func `keys that make no sense are named and spoil no others`() {
    let set = KeySet(Array(SignatureSamples.keys.utf8))
    #expect(set.passedOver.count == 2)
    #expect(set.keys.count == 6)
    #expect(KeySet(Array("[]".utf8)).defect != nil)
    #expect(KeySet(Array(#"{"keys":[1,{}]}"#.utf8)).passedOver.count == 2)
  }
}
