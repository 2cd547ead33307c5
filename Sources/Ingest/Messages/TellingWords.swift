internal import ByteScan

/// Whether a line that no signature knows may still tell of a refusal: it names a thing of logins or
/// tokens and says that something is wrong with it. Decides only what is kept as a message; what it
/// means is for others to judge.
enum TellingWords {
  static func occur(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var hasThing = false
    var hasFault = false
    for hit in matcher.scan(s, from, min(to, from + longest)) {
      if Int(hit) < things.count { hasThing = true } else { hasFault = true }
    }
    return hasThing && hasFault
  }

  private static let longest = 1024

  private static let matcher = LiteralMatcher((things + faults).map { ($0, true) })

  private static let things = [
    "token", "jwt", "jwk", "issuer", "audience", "nonce", "state", "csrf", "pkce", "correlation",
    "signature", "algorithm", "certificate", "ssl", "tls", "client secret", "credential",
    "password", "redirect_uri", "redirect uri", "scope", "role", "permission", "realm", "openid",
    "oidc", "oauth", "keycloak", "discovery", "well-known", "userinfo", "introspect", "ldap",
    "jdbc", "database", "infinispan", "cookie", "header", "session", "cors", "account", "kid ",
    "bearer", "authoriz", "authenticat", "clock", "claim", "azp", "well known", "client not",
    "client disabled", "client is disabled", "client is not", "public key", "key id", "keystore",
    "temporarily unavailable", "verify email", "email verif", "direct access", "illegal base64",
    "cognito", "privatekey", "aadsts", "bad gateway", "gateway time", "keys from",
    "content security policy", "attribute", "internal server error", "service unavailable", "okta",
    "auth0", "clientid", "access_denied", "login", "sso", "signing key", "saml", "group",
    "json web", "jose", "jws", "jwe", "signing method", "identity", "identities", "client unknown",
    "unknown client", "auth code", "user_", "client_", "_error", "grant", "impersonate", "provider",
    "user info", "domain", "kty", "privilege", "redirect url", "mapping error", "redirects",
    "redirected you", "subject", "frame-options", " acr ", "expired_code", "access denied for user",
    "code is missing", "log in", "sign in", "(kid)", "passwort", "kennwort", "mot de passe",
    "contraseñ", "senha", "wachtwoord", "арол", "密码", "密碼", "パスワード", "비밀번호", "konto",
    "compte", "cuenta", "conta ", "четн", "чётн", "账户", "帳號", "アカウント", "계정", "cliente n",
    "client nicht", "client introuvable", "client niet", "hasło", "şifre", "parola", "seite ist",
    "aktion abgelaufen", "page a expir", "email", "profile", "signup", "sign up", "user '", "kid_",
    "cleartext", "silent renew", "silent refresh", "preflight", "x-forwarded", "htpasswd",
    "response_type", "temporarily_unavailable", "ext_authz", "ext-authz",
    "auth_request", "auth-request", "forward auth", "forwardauth", "pem routines",
    "about to submit", "iat (", "\"iat\"", "iat claim", "required_action", "iframe", "frame window",
    "logged out", "logout", "username", "user authorization",
    "redirecturi", "redirect_url", "redirect limit",
    "no user with", "rule provider", "http authentication", "userdata_url",
    "página expir",
    "página ha expir", "pagina è scadut", "e-mail", "transport security", "suitable key",
    "middleware \"", "auth-url", "invalid_code",
  ]

  private static let faults = [
    "too_many", "too many", "redirected you", "not associated", "not registered", "is false",
    "lower than", "expirad", "expiré", "abgelaufen", "scadut", "caducad", "期限切れ", "过期", "過期", "만료",
    "hết hạn", "истек", "истёк", "inválid", "ungültig", "no válid", "non valid", "едопуст",
    "едейств", "無効", "无效", "유효하지", "không hợp lệ", "fehlgeschlagen", "échou", "ошибк", "失敗", "失败",
    "실패", "thất bại", "invalid", "match", "missing", "not found", "wrong", "unexpected", "unknown",
    "expire", "fail", "error", "denied", "refused", "reject", "unable", "could not", "cannot",
    "can't", "not allowed", "not valid", "unsupported", "untrusted", "too large", "too big",
    "too long", "required", "disabled", "locked", "exception", "not equal", "differ", "incorrect",
    "malformed", "in the future", "not yet", "unauthorized", "forbidden", "insufficient",
    "timed out", "timeout", "not provided", "does not", "doesn't", "skew", "not enabled", "must be",
    "must use", "no longer", "not active", "not reachable", "can not", "not accepted",
    "not intended", "not issued", "no key with", "no bearer", "not available", "revoked",
    "bad credentials", "but got", "but was", "illegal", "n't have", "not a valid", "returned 404",
    "returned 401", "returned 403", "returned 50", "not trusted", "not_authorized", "bad gateway",
    "gateway time", "unavailable", "requires a", "be used before", "asymmetric", "must have",
    "must contain", "aadsts", "not be null", "violates", "is not set", "has no", "did not",
    "not present", "not contain", "no id_token", "no id token", "is empty", "is null", "absent",
    "not targeted", "replay", "reuse", "already used", "already been", "already mapped",
    "no public key", "no credentials", "no token", "not permitted", "rotated", "not configured",
    "misconfigured", "not_found", "not a member", "not in a ", "no active", "no valid", "no state",
    "not initialized", "not initialised", "uninitialized", "incomplete",
    "deaktiviert", "gesperrt", "désactiv", "desactivad", "deshabilitad", "desativad",
    "desabilitad", "disabilitat", "uitgeschakeld", "тключ", "аблокир", "禁用", "停用", "비활성",
    "nicht gefunden", "introuvable", "no encontrad", "não encontrad", "non trovat",
    "niet gevonden", "е найден", "未找到", "找不到", "見つかりません", "onjuist", "ongeldig", "nieprawidłow",
    "geçersiz", "еверн",
    "еправильн", "错误", "錯誤", "正しくありません", "falsch",
    "no refresh", "must not", "no code", "_setup", "no session_secret", "status code 4",
    "status code 5", "check your", "exceed", "larger than", "longer than", "overflow",
    "was blocked",
    "been blocked", "is blocking", "none of the", "no username", "no email", "no auth provider",
    "not returned", "bad user claim", "bad id token", "no identity token", "not set", "no ldap uid",
    "many failed", "blocking authentication", "no keys", "contains no", "no jwks",
    "no claim exists",
    "is not a", "but no ",
    "no identity provider matches", "no matching", "redirect loop", "without a code",
    "no session", "no user session", "no user with", "too long ago", "missing setting",
    "no authorization", "no issuer is", "no userinfo", "must utilize", "no authentication",
    "should not", "no clientid", "no client", "no dots", " expects ", "lacks", "lapsed", "past its",
    "giving up", "gave up", "not granted", "has none", "none of", "meant for", "switched off",
    "turned off", "deactivated", "removed by", "stripped", "aborted", "not responding",
    "not respond", "is restarting", "took longer", "carries no", "not received", "not receive",
    "no pending", "no jwk", "not the one", "returned html", "instead of", "used as", "only two",
    "presented twice", "session ended", "has ended", "must change", "behind the", " != ",
    "no route", "-> 404", "-> 401", "-> 403", "-> 50", "not assigned", "must start",
    "but received", "accepts only", "only accepts", "not in allow", "not in the list",
    "no start line", "is undefined", "redeemed", "idle time", "lifespan reached", "not secure",
    "must include",
    "not supplied", "stale",
    "not-before", "did not pass", "terminated",
    "invalidated", "inactive", "active=false",
    "not be trusted", "has blocked", "no suitable", "requires the use", "no e-mail",
  ]
}
