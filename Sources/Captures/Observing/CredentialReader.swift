internal import ByteScan
internal import Evidence

/// What is known about credentials met before, so that each is taken apart once.
struct CredentialReader {
  /// By keyed hash: index into `Observations.tokens`. Of a token in a body its own, of a header the complement
  /// of that of the whole value.
  fileprivate var known = MarkTable()
  /// Keys the hashes of this process: they compare, and mean nothing outside.
  private static let key = UInt64.random(in: 1...UInt64.max)
  static let claimsKey = UInt64.random(in: 1...UInt64.max)
  fileprivate static let most = 200_000

  static func hash(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> UInt64 {
    Bytes.keyedHash(s, from, to, key: key)
  }
}

extension Collector {
  /// `Authorization`: its form, and the claims of a bearer token. The signature and secrets are
  /// hashed in memory and never stored.
  mutating func credential(
    _ s: Span<UInt8>, _ head: Head, _ at: Arrival, _ exchange: inout Exchange
  ) {
    let field = head.authorization
    let hash = head.credential ?? CredentialReader.hash(s, field.start, field.end)
    // A token without its scheme is not what the same token in a body is.
    let mark = ~hash
    if let index = tokens.known[mark] {
      exchange.request.token = index
      if observations.tokens[Int(index)].form == .basic { basicUser(s, field, &exchange) }
      return
    }
    guard observations.tokens.count < CredentialReader.most else { return }
    var token = BearerToken(citation: citation(at.packet), form: .otherScheme)
    token.hash = hash
    token.length = UInt16(clamping: field.count)
    read(s, field, &token)
    if token.form == .basic { basicUser(s, field, &exchange) }
    let index = Int32(observations.tokens.count)
    observations.tokens.append(token)
    tokens.known[mark] = index
    exchange.request.token = index
  }

  /// A token in a body: its claims. -1 when it is no JWT (opaque tokens tell nothing).
  mutating func token(_ s: Span<UInt8>, _ field: Field, _ citation: Citation) -> Int32 {
    let hash = CredentialReader.hash(s, field.start, field.end)
    if let index = tokens.known[hash] { return index }
    guard observations.tokens.count < CredentialReader.most else { return -1 }
    var token = BearerToken(citation: citation, form: .jwt)
    token.hash = hash
    token.length = UInt16(clamping: field.count)
    guard claims(s, field.start, field.end, &token) else { return -1 }
    let index = Int32(observations.tokens.count)
    observations.tokens.append(token)
    tokens.known[hash] = index
    return index
  }

  private mutating func read(_ s: Span<UInt8>, _ field: Field, _ token: inout BearerToken) {
    guard field.count > 0 else {
      token.form = .malformed
      token.problem = symbol("empty")
      return
    }
    var schemeEnd = field.start
    while schemeEnd < field.end, s[schemeEnd] != 32, s[schemeEnd] != 9 { schemeEnd += 1 }
    if schemeEnd == field.end {
      // One word: a token without its scheme, or a scheme without its token.
      if Head.matches("bearer", s, field.start, field.end) {
        token.form = .malformed
        token.problem = symbol("empty")
      } else if Self.isOneOf(s, field.start, field.end, ["negotiate", "ntlm", "basic", "digest"]) {
        token.form = .otherScheme
        token.type = symbol(s, field)
      } else {
        token.form = .malformed
        token.problem = symbol("no scheme")
        if Bytes.has("eyJ", s, field.start, field.end) {
          _ = claims(s, field.start, field.end, &token)
          token.form = .malformed
        }
      }
      return
    }
    let value = Field(start: Bytes.skipBlanks(s, schemeEnd, field.end), end: field.end)
    if Head.matches("bearer", s, field.start, schemeEnd)
      || Head.matches("dpop", s, field.start, schemeEnd)
    {
      bearer(s, value, &token)
    } else if Head.matches("basic", s, field.start, schemeEnd) {
      token.form = .basic
    } else {
      token.form = .otherScheme
      if schemeEnd - field.start <= 32 {
        token.type = observations.symbols.intern(s, field.start, schemeEnd)
      }
    }
  }

  private mutating func bearer(_ s: Span<UInt8>, _ value: Field, _ token: inout BearerToken) {
    func fail(_ problem: String, _ token: inout BearerToken) {
      token.form = .malformed
      token.problem = observations.symbols.intern(problem)
    }
    let from = value.start
    let to = value.end
    guard from < to else { return fail("empty", &token) }
    if Bytes.equals("undefined", s, from, to) { return fail("undefined", &token) }
    if Bytes.equals("null", s, from, to) || Bytes.equals("None", s, from, to)
      || Bytes.equals("nil", s, from, to)
    {
      return fail("null", &token)
    }
    if Bytes.has("[object", s, from, to) { return fail("[object Object]", &token) }
    if s[from] == UInt8(ascii: "\"") || s[from] == UInt8(ascii: "'") {
      return fail("quoted", &token)
    }
    if s[from] == UInt8(ascii: "{") || s[from] == UInt8(ascii: "<") || s[from] == UInt8(ascii: "$")
    {
      return fail("placeholder", &token)
    }
    if Head.matches("bearer", s, from, min(to, from + 6)), to - from > 6, s[from + 6] == 32 {
      return fail("scheme twice", &token)
    }
    var dots = 0
    var hasBlank = false
    for i in from..<to {
      if s[i] == UInt8(ascii: ".") { dots += 1 }
      if s[i] == 32 || s[i] == 9 || s[i] == UInt8(ascii: ",") { hasBlank = true }
    }
    if hasBlank { return fail("more than one word", &token) }
    guard Bytes.has("ey", s, from, to) else {
      token.form = .opaque
      return
    }
    if dots == 4 {
      // Five parts: an encrypted token (RFC 7516); its header can be read.
      _ = claims(s, from, to, &token)
      token.form = .opaque
      return
    }
    if dots != 2 {
      _ = claims(s, from, to, &token)
      return fail("\(dots + 1) parts", &token)
    }
    token.form = .jwt
    if s[to - 1] == UInt8(ascii: ".") {
      token.problem = observations.symbols.intern("no signature")
    }
    // Of the token alone, to compare with tokens in bodies.
    token.hash = CredentialReader.hash(s, from, to)
    token.length = UInt16(clamping: to - from)
    if !claims(s, from, to, &token) { fail("bad base64", &token) }
  }

  private static func isOneOf(_ s: Span<UInt8>, _ from: Int, _ to: Int, _ names: [StaticString])
    -> Bool
  {
    names.contains { Head.matches($0, s, from, to) }
  }

  /// The user of `Basic`; the password is not looked at.
  private mutating func basicUser(_ s: Span<UInt8>, _ field: Field, _ exchange: inout Exchange) {
    var at = field.start
    while at < field.end, s[at] != 32 { at += 1 }
    at = Bytes.skipBlanks(s, at, field.end)
    var plain: [UInt8] = []
    _ = Base64.decode(s, at, field.end, into: &plain)
    guard let colon = plain.firstIndex(of: UInt8(ascii: ":")), colon > 0, colon <= 256 else {
      return
    }
    let user = Bytes.formDecoded(plain.span, 0, colon)
    let name = observations.symbols.intern(user.span)
    if exchange.isOAuth {
      exchange.request.oauthClient = name
    } else {
      exchange.request.remoteUser = name
    }
  }
}
