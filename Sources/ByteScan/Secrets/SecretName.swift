/// Which names are of secrets: the only place that knows. A name is judged by its last parts, whatever joins
/// them (`client_secret`, `client-secret`, `db.password`, `clientSecret`, `KC_DB_PASSWORD`), so that what is
/// *about* a secret (`client_secret_expires_at`, `token_type`, `password_policy`) is none.
enum SecretName {
  enum Kind {
    /// Always a secret.
    case strong
    /// A secret in a query or form, or when it looks like one (`code`, `state`, `token`).
    case weak
    /// A secret as a parameter of a URL only (`key`).
    case parameter
    /// The rest of a header.
    case header
    case none
  }

  /// Longer names are judged by their end.
  static let longest = 64

  static func kind(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Kind {
    let end = bare(s, from, to)
    guard end > from else { return .none }
    let kind = byPrefix(s, from, to) ?? byEnd(s, from, end)
    if kind == .none || kind == .weak || kind == .parameter { return kind }
    // `invalid_token: …` says what is wrong, rarely with what.
    return saysWrong(s, from, end) ? .weak : kind
  }

  /// The end without what only tells which of several it is, or in which form: `password2`, `_oauth2_proxy_1`,
  /// `passwordConfirm`, `secretData`.
  private static func bare(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    var end = to
    for _ in 0..<3 {
      let before = end
      while end > from, Bytes.isDigit(s[end - 1]) || isSeparator(s[end - 1]) { end -= 1 }
      guard end > from else { return to }
      let cut: Int
      switch s[end - 1] | 0x20 {
      case UInt8(ascii: "e"): cut = part("value", s, from, end)
      case UInt8(ascii: "a"):
        cut = ends("oidcdata", s, from, end) >= 0 ? -1 : part("data", s, from, end)
      case UInt8(ascii: "w"):
        let new = part("new", s, from, end)
        cut = new > from ? new : part("raw", s, from, end)
      case UInt8(ascii: "m"): cut = part("confirm", s, from, end)
      case UInt8(ascii: "n"): cut = part("confirmation", s, from, end)
      case UInt8(ascii: "t"): cut = part("repeat", s, from, end)
      case UInt8(ascii: "g"): cut = part("string", s, from, end)
      case UInt8(ascii: "h"): cut = ends("passwordhash", s, from, end) >= 0 ? end - 4 : -1
      case UInt8(ascii: "r"): cut = ends("authorizationheader", s, from, end) >= 0 ? end - 6 : -1
      default: cut = -1
      }
      if cut > from { end = cut }
      if end == before { return end }
    }
    return end
  }

  /// Cookies that hold a session or a token, by how they begin: Keycloak's, oauth2-proxy's, servlet
  /// containers', mod_auth_openidc's, and what a browser keeps to one host.
  private static func byPrefix(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Kind? {
    switch s[from] | 0x20 {
    case UInt8(ascii: "k"):
      let isOne =
        begins("keycloak_identity", s, from, to) || begins("keycloak_session", s, from, to)
        || begins("keycloak_remember_me", s, from, to) || begins("kc_auth_session", s, from, to)
        || begins("kc_restart", s, from, to) || begins("kc_state_checker", s, from, to)
      return isOne ? .strong : nil
    case UInt8(ascii: "a"):
      return begins("auth_session_id", s, from, to) || begins("authsessionid", s, from, to)
        ? .strong : nil
    case UInt8(ascii: "_") | 0x20:
      return begins("_oauth2_proxy", s, from, to) || begins("__host-", s, from, to)
        || begins("__secure-", s, from, to) ? .strong : nil
    case UInt8(ascii: "j"): return begins("jsessionid", s, from, to) ? .strong : nil
    case UInt8(ascii: "m"):
      return begins("mod_auth_openidc_session", s, from, to) ? .strong : nil
    default: return nil
    }
  }

  private static func byEnd(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Kind {
    func has(_ end: StaticString) -> Bool { ends(end, s, from, to) >= 0 }
    func isWhole(_ name: StaticString) -> Bool { ends(name, s, from, to) == from }
    func isPart(_ name: StaticString) -> Bool { part(name, s, from, to) >= 0 }
    switch s[to - 1] | 0x20 {
    case UInt8(ascii: "a"): return has("oidcdata") ? .strong : .none
    case UInt8(ascii: "d"):
      if has("password") || has("passwd") || isPart("pwd") { return .strong }
      if has("sessionid") {
        // `sessionId` is how Keycloak's events name a session, `session_id` may be a cookie.
        if Bytes.has("sessionId", s, to - 9, to), to - 9 >= from { return .none }
        if Bytes.has("SessionId", s, to - 9, to), to - 9 > from, s[to - 10] != UInt8(ascii: "_") {
          return .none
        }
        return isWhole("sessionid") ? .weak : .strong
      }
      return has("sessid") || isWhole("connectsid") ? .strong : .none
    case UInt8(ascii: "e"):
      if has("cookie") { return .header }
      if has("passphrase") || has("samlresponse") || has("sessionstate") { return .strong }
      if isPart("code") { return code(s, from, to) }
      return isWhole("state") || isPart("nonce") || isWhole("signature") ? .weak : .none
    case UInt8(ascii: "g"): return isWhole("sig") ? .weak : .none
    case UInt8(ascii: "h"): return has("aspxauth") ? .strong : .none
    case UInt8(ascii: "l"):
      return !has("credential") ? .none : isWhole("credential") ? .weak : .strong
    case UInt8(ascii: "n"):
      if has("token") { return isWhole("token") ? .weak : .strong }
      if has("authorization") { return .header }
      if isPart("assertion") || isWhole("pin") { return .strong }
      return isWhole("session") || isWhole("execution") ? .weak : .none
    case UInt8(ascii: "p"):
      return isPart("otp") || isPart("totp") ? .strong : isWhole("dpop") ? .weak : .none
    case UInt8(ascii: "r"): return has("codeverifier") || has("oauthverifier") ? .strong : .none
    case UInt8(ascii: "s"):
      if has("cookies") { return .header }
      if isWhole("pass") || isPart("pass") && !has("proxypass") { return .weak }
      return has("credentials") && !has("clientcredentials") ? .weak : .none
    case UInt8(ascii: "t"):
      if has("secret") || has("tokenhint") { return .strong }
      return isPart("jwt") || isWhole("ticket") ? .weak : .none
    case UInt8(ascii: "w"): return isPart("pw") ? .strong : .none
    case UInt8(ascii: "y"):
      guard has("key") else { return .none }
      if has("apikey") || has("privatekey") || has("secretkey") || has("accesskey")
        || has("sharedkey") || has("masterkey") || has("accountkey") || has("encryptionkey")
        || has("subscriptionkey")
      {
        return .strong
      }
      return isWhole("key") ? .parameter : .none
    default: return .none
    }
  }

  /// Codes that somebody can use; others (`status_code`, `error_code`) are none.
  private static func code(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Kind {
    if ends("code", s, from, to) == from { return .weak }
    for one in [
      "authcode", "authorizationcode", "devicecode", "usercode", "sessioncode",
      "verificationcode", "recoverycode", "backupcode", "mfacode", "smscode", "activationcode",
      "resetcode",
    ] as [StaticString] where ends(one, s, from, to) >= 0 {
      return .strong
    }
    return .none
  }

  static func isToken(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    ends("token", s, from, to) >= 0
  }

  private static func saysWrong(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    for i in from..<to {
      switch s[i] | 0x20 {
      case UInt8(ascii: "i"): if begins("invalid", s, i, to) { return true }
      case UInt8(ascii: "m"):
        if begins("missing", s, i, to) || begins("malformed", s, i, to) { return true }
      case UInt8(ascii: "e"): if begins("expired", s, i, to) { return true }
      case UInt8(ascii: "u"): if begins("unsupported", s, i, to) { return true }
      default: break
      }
    }
    return false
  }

  // MARK: Comparing

  /// Where the name's last letters are those of `word` (lower case, without what joins parts): their begin;
  /// -1 where they are not.
  private static func ends(_ word: StaticString, _ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    let start = unsafe word.utf8Start
    var k = word.utf8CodeUnitCount
    var i = to
    while k > 0 {
      guard i > from else { return -1 }
      i -= 1
      if isSeparator(s[i]) {
        if i == to - 1 || i == from { return -1 }
        continue
      }
      k -= 1
      if unsafe lower(s[i]) != start[k] { return -1 }
    }
    return i
  }

  /// The same for a whole part: something else joins it to what stands before it.
  private static func part(_ word: StaticString, _ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    let at = ends(word, s, from, to)
    guard at > from else { return at }
    let isCamel = isCapital(s[at]) && !isCapital(s[at - 1])
    return isSeparator(s[at - 1]) || isCamel || Bytes.isDigit(s[at - 1]) ? at : -1
  }

  /// `name` is in lower case.
  static func begins(_ name: StaticString, _ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    let length = name.utf8CodeUnitCount
    guard to - from >= length else { return false }
    let start = unsafe name.utf8Start
    for i in 0..<length {
      if unsafe lower(s[from + i]) != start[i] { return false }
    }
    return true
  }

  static func lower(_ c: UInt8) -> UInt8 { isCapital(c) ? c | 0x20 : c }
  private static func isCapital(_ c: UInt8) -> Bool { c &- 65 < 26 }
  private static func isSeparator(_ c: UInt8) -> Bool {
    c == UInt8(ascii: "_") || c == UInt8(ascii: "-") || c == UInt8(ascii: ".")
  }
}
