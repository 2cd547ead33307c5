internal import ByteScan
internal import Evidence

/// The claims of a JSON Web Token (RFC 7519 §4), without its signature.
extension Collector {
  /// Reads header and payload of the token in `s[from..<to]`; `false` when they are no base64url of
  /// JSON objects.
  mutating func claims(_ s: Span<UInt8>, _ from: Int, _ to: Int, _ token: inout BearerToken)
    -> Bool
  {
    let dot = Bytes.find(UInt8(ascii: "."), s, from, to)
    guard dot > from else { return false }
    var end = Bytes.find(UInt8(ascii: "."), s, dot + 1, to)
    if end < 0 { end = to }
    token.claimsHash = Bytes.keyedHash(s, from, end, key: CredentialReader.claimsKey)
    var json: [UInt8] = []
    guard Base64.decode(s, from, dot, into: &json), header(json, &token) else { return false }
    json.removeAll(keepingCapacity: true)
    guard Base64.decode(s, dot + 1, end, into: &json) else { return false }
    return payload(json, &token)
  }

  private mutating func header(_ json: [UInt8], _ token: inout BearerToken) -> Bool {
    let s = json.span
    var algorithm = Symbol.none
    var keyID = Symbol.none
    let end = JSONWalk.members(s, 0, s.count) { from, to, value in
      guard value.kind == .string else { return }
      if Bytes.equals("alg", s, from, to) {
        algorithm = observations.symbols.intern(s, value.start, value.end)
      } else if Bytes.equals("kid", s, from, to) {
        keyID = observations.symbols.intern(s, value.start, value.end)
      }
    }
    token.algorithm = algorithm
    token.keyID = keyID
    return end > 0
  }

  private mutating func payload(_ json: [UInt8], _ token: inout BearerToken) -> Bool {
    let s = json.span
    var t = token
    let end = JSONWalk.members(s, 0, s.count) { from, to, value in
      func text() -> Symbol { observations.symbols.intern(s, value.start, value.end) }
      let isText = value.kind == .string
      switch to - from {
      case 3:
        if Bytes.equals("iss", s, from, to), isText {
          t.issuer = value.isEscaped ? unescaped(s, value) : text()
        } else if Bytes.equals("aud", s, from, to) {
          t.audience = audience(s, value)
        } else if Bytes.equals("azp", s, from, to), isText {
          t.authorizedParty = text()
        } else if Bytes.equals("sub", s, from, to), isText {
          t.subject = text()
        } else if Bytes.equals("sid", s, from, to), isText {
          t.session = text()
        } else if Bytes.equals("jti", s, from, to), isText {
          t.tokenID = text()
        } else if Bytes.equals("typ", s, from, to), isText {
          t.type = text()
        } else if Bytes.equals("exp", s, from, to) {
          t.expires = Self.seconds(s, value)
        } else if Bytes.equals("iat", s, from, to) {
          t.issuedAt = Self.seconds(s, value)
        } else if Bytes.equals("nbf", s, from, to) {
          t.notBefore = Self.seconds(s, value)
        }
      case 9:
        if Bytes.equals("client_id", s, from, to), isText, t.authorizedParty.isNone {
          t.authorizedParty = text()
        }
      case 13:
        if Bytes.equals("session_state", s, from, to), isText, t.session.isNone {
          t.session = text()
        }
      default: break
      }
    }
    token = t
    return end > 0
  }

  private mutating func unescaped(_ s: Span<UInt8>, _ value: JSONValue) -> Symbol {
    var out: [UInt8] = []
    JSONWalk.unescape(s, value.start, value.end, into: &out)
    return observations.symbols.intern(out.span)
  }

  /// One audience, or several joined by blanks.
  private mutating func audience(_ s: Span<UInt8>, _ value: JSONValue) -> Symbol {
    if value.kind == .string { return observations.symbols.intern(s, value.start, value.end) }
    guard value.kind == .array else { return .none }
    var joined: [UInt8] = []
    _ = JSONWalk.elements(s, value.start, value.end) { element in
      guard element.kind == .string, joined.count < 1024 else { return }
      if !joined.isEmpty { joined.append(32) }
      for i in element.start..<element.end { joined.append(s[i]) }
    }
    return observations.symbols.intern(joined.span)
  }

  /// NumericDate (RFC 7519 §2), its fraction dropped; 0 when it is none.
  private static func seconds(_ s: Span<UInt8>, _ value: JSONValue) -> Int64 {
    let end = Bytes.digitsEnd(s, value.start, value.end)
    return Int64(max(0, Bytes.number(s, value.start, end)))
  }
}
