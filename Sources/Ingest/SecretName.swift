internal import ByteScan

/// Names whose values are secrets, and where such a value stands behind `=` or `:`.
enum SecretName {
  private enum Kind {
    /// Always a secret.
    case strong
    /// A secret in a query or form, or when it looks like one (`code`, `state`, `token`).
    case weak
    /// The rest of a header.
    case header
    case none
  }

  /// The value that belongs to the name that ends before `at` (`=` or `:`); nil when it is none of
  /// the names, or when the value is no secret.
  static func value(_ s: Span<UInt8>, _ from: Int, _ at: Int, _ to: Int) -> Extent? {
    var end = at
    var isQuoted = false
    // `"password": "…"`, `\"password\":\"…\"`, and `""password"":""…""` in a cell of a table
    if end > from, s[end - 1] == UInt8(ascii: "\"") || s[end - 1] == UInt8(ascii: "'") {
      isQuoted = true
      end -= 1
      if end > from, s[end] == UInt8(ascii: "\""), s[end - 1] == UInt8(ascii: "\"") { end -= 1 }
      if end > from, s[end - 1] == UInt8(ascii: "\\") { end -= 1 }
    }
    var start = end
    while start > from, end - start < 48, isNameByte(s[start - 1]) { start -= 1 }
    guard start < end else { return nil }
    let kind = kind(s, start, end)
    if kind == .none { return nil }
    var i = at + 1
    if kind == .header {
      if s[at] == UInt8(ascii: "=") { return nil }
      return headerValue(s, i, to)
    }
    if s[at] == UInt8(ascii: ":"), !isQuoted, i < to, s[i] != 32 { return nil }
    i = Bytes.skipBlanks(s, i, to)
    if i < to, s[i] == UInt8(ascii: "\\") { i += 1 }
    var mark: UInt8 = 0
    if i < to, s[i] == UInt8(ascii: "\"") || s[i] == UInt8(ascii: "'") {
      mark = s[i]
      i += 1
      if mark == UInt8(ascii: "\""), i + 1 < to, s[i] == mark, !isEnd(s[i + 1]) { i += 1 }
    }
    var stop = i
    var hasDigit = false
    while stop < to, mark != 0 ? s[stop] != mark : !isEnd(s[stop]) {
      if Bytes.isDigit(s[stop]) { hasDigit = true }
      stop += 1
    }
    if mark != 0, stop > i, stop < to, s[stop - 1] == UInt8(ascii: "\\") { stop -= 1 }
    guard stop > i else { return nil }
    if kind == .strong { return Extent(i, stop) }
    let length = stop - i
    // A query that is a word of its own (IIS) begins behind a blank, and goes on behind an ampersand.
    let isParameter =
      s[at] == UInt8(ascii: "=") && start > from
      && (s[start - 1] == UInt8(ascii: "?") || s[start - 1] == UInt8(ascii: "&")
        || s[start - 1] <= 32 && stop < to && s[stop] == UInt8(ascii: "&"))
    if isParameter { return length > 4 || !hasDigit ? Extent(i, stop) : nil }
    return length >= 16 && hasDigit || length >= 40 ? Extent(i, stop) : nil
  }

  /// Up to the end of a header: a line end (also escaped), a closing quote or bracket. The scheme
  /// stays readable.
  private static func headerValue(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Extent? {
    var i = Bytes.skipBlanks(s, at, to)
    if i < to, s[i] == UInt8(ascii: "[") || s[i] == UInt8(ascii: "\"") { i += 1 }
    if i < to, s[i] == UInt8(ascii: "\""), s[i - 1] == s[i] { i += 1 }
    var stop = i
    while stop < to, s[stop] != 13, s[stop] != 10, s[stop] != UInt8(ascii: "\""),
      s[stop] != UInt8(ascii: "]"), s[stop] != UInt8(ascii: "\\")
    { stop += 1 }
    for scheme in ["Bearer ", "Basic ", "Negotiate ", "bearer ", "basic "] as [StaticString]
    where Bytes.has(scheme, s, i, stop) {
      i += scheme.utf8CodeUnitCount
      break
    }
    // Prose after a colon is no header value: it has blanks and no cookie's `=`.
    guard stop > i else { return nil }
    let blank = Bytes.find(32, s, i, stop)
    if blank >= 0, Bytes.find(UInt8(ascii: "="), s, i, stop) < 0 { return nil }
    return stop - i >= 4 ? Extent(i, stop) : nil
  }

  private static func kind(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Kind {
    func has(_ name: StaticString) -> Bool { isName(name, s, from, to) }
    switch to - from {
    case 3: if has("pwd") || has("pin") || has("otp") { return .strong }
    case 4: if has("code") { return .weak }
    case 5: if has("state") || has("token") || has("nonce") { return .weak }
    case 6:
      if has("secret") || has("passwd") || has("apikey") { return .strong }
      if has("cookie") { return .header }
    case 7: if has("api_key") || has("api-key") { return .strong }
    case 8: if has("password") || has("id_token") || has("id-token") { return .strong }
    case 9:
      if has("assertion") || has("x-api-key") || has("x_api_key") {
        return .strong
      }
    case 10:
      if has("set-cookie") { return .header }
      if has("session_id") { return .weak }
    case 12:
      if has("access_token") || has("samlresponse") || has("codeverifier")
        || has("clientsecret") || has("refreshtoken")
      {
        return .strong
      }
    case 13:
      if has("client_secret") || has("refresh_token")
        || has("id_token_hint") || has("code_verifier") || has("session_state")
        || has("subject_token") || has("authorization")
      {
        return has("authorization") ? .header : .strong
      }
    case 11:
      if has("actor_token") || has("accesstoken") || has("private_key") || has("connect.sid") {
        return .strong
      }
    case 16: if has("client_assertion") { return .strong }
    case 19: if has("proxy-authorization") { return .header }
    case 24: if has("x-forwarded-access-token") { return .strong }
    case 25: if has("registration_access_token") { return .strong }
    case 27: if has("x-auth-request-access-token") { return .strong }
    default: break
    }
    // Cookies of Keycloak and of oauth2-proxy.
    if isPrefix("keycloak_", s, from, to) || isPrefix("auth_session_id", s, from, to)
      || isPrefix("kc_auth_session", s, from, to) || isPrefix("kc_restart", s, from, to)
      || isPrefix("_oauth2_proxy", s, from, to) || isPrefix("jsessionid", s, from, to)
    {
      return isPrefix("keycloak_locale", s, from, to) ? .none : .strong
    }
    if isPrefix("mod_auth_openidc_session", s, from, to) { return .strong }
    return .none
  }

  private static func isName(_ name: StaticString, _ s: Span<UInt8>, _ from: Int, _ to: Int)
    -> Bool
  { to - from == name.utf8CodeUnitCount && isPrefix(name, s, from, to) }

  /// `name` is in lower case.
  private static func isPrefix(_ name: StaticString, _ s: Span<UInt8>, _ from: Int, _ to: Int)
    -> Bool
  {
    let length = name.utf8CodeUnitCount
    guard to - from >= length else { return false }
    let start = unsafe name.utf8Start
    for i in 0..<length {
      let c = s[from + i]
      let lower = c >= 65 && c <= 90 ? c | 0x20 : c
      if unsafe lower != start[i] { return false }
    }
    return true
  }

  private static func isNameByte(_ c: UInt8) -> Bool {
    Redaction.isTokenByte(c) || c == UInt8(ascii: ".")
  }

  private static func isEnd(_ c: UInt8) -> Bool {
    switch c {
    case 0...32, UInt8(ascii: "&"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\""),
      UInt8(ascii: "'"), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"),
      UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "#"):
      true
    default: false
    }
  }
}
