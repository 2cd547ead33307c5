internal import ByteScan
internal import Evidence

/// The good answers of Keycloak that are read: which tokens it hands out, which keys it publishes,
/// which issuer it names, whether it calls a token active. Nothing else of them is kept.
extension Collector {
  static func document(_ s: Span<UInt8>, _ path: Field) -> Document {
    func ends(_ text: StaticString) -> Bool {
      let from = path.end - text.utf8CodeUnitCount
      return from >= path.start && Bytes.equals(text, s, from, path.end)
    }
    if ends("/token") { return .tokens }
    if ends("/certs") { return .keys }
    if ends("/introspect") { return .introspection }
    if ends("/openid-configuration") { return .discovery }
    return .none
  }

  mutating func document(_ body: [UInt8], _ exchange: inout Exchange) {
    let s = body.span
    var at = 0
    while at < s.count, s[at] <= 32 { at += 1 }
    guard at < s.count, s[at] == UInt8(ascii: "{") else { return }
    var issued = Field()
    var text: [UInt8] = []
    let document = exchange.document
    _ = JSONWalk.members(s, at, s.count) { from, to, value in
      switch document {
      case .tokens:
        if value.kind == .string, Bytes.equals("access_token", s, from, to) {
          issued = Field(start: value.start, end: value.end)
        }
      case .introspection:
        if text.isEmpty, Bytes.equals("active", s, from, to) {
          text = Array("active: ".utf8)
          for i in value.start..<min(value.end, value.start + 5) { text.append(s[i]) }
        }
      case .discovery:
        if text.isEmpty, value.kind == .string, Bytes.equals("issuer", s, from, to) {
          text = Array("issuer: ".utf8)
          JSONWalk.unescape(s, value.start, min(value.end, value.start + 300), into: &text)
        }
      case .keys:
        if value.kind == .array, Bytes.equals("keys", s, from, to) {
          text = Self.keyIDs(s, value.start, value.end)
        }
      case .none: break
      }
    }
    if issued.isPresent {
      exchange.request.issued = token(s, issued, exchange.request.citation)
    }
    if !text.isEmpty { exchange.request.reason = observations.symbols.intern(text.span) }
  }

  /// `keys: ` and the key ids of a JWKS (RFC 7517 §5), 16 at most.
  private static func keyIDs(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> [UInt8] {
    var text = Array("keys:".utf8)
    var count = 0
    _ = JSONWalk.elements(s, from, to) { element in
      guard element.kind == .object, count < 16 else { return }
      _ = JSONWalk.members(s, element.start, element.end) { name, end, value in
        guard value.kind == .string, value.end - value.start <= 128,
          Bytes.equals("kid", s, name, end)
        else { return }
        count += 1
        text.append(32)
        for i in value.start..<value.end { text.append(s[i]) }
      }
    }
    return text
  }

  /// The sentence on one of Keycloak's error pages (`kc-error-message`, its first paragraph).
  static func errorOfPage(_ s: Span<UInt8>, _ from: Int) -> [UInt8]? {
    var at = Bytes.find("id=\"kc-error-message\"", s, from, s.count)
    guard at >= 0 else { return nil }
    at = Bytes.find("<p", s, at, s.count)
    guard at >= 0 else { return nil }
    at = Bytes.find(UInt8(ascii: ">"), s, at, s.count)
    guard at >= 0 else { return nil }
    let end = Bytes.find(UInt8(ascii: "<"), s, at, min(s.count, at + 300))
    guard end > at + 1 else { return nil }
    var text: [UInt8] = []
    for i in (at + 1)..<end where s[i] >= 32 { text.append(s[i]) }
    return text
  }
}
