/// A text asked for words, in lower case. `AuthClaimMissing` is three of them.
struct LooseWords {
  private let text: String
  private let words: Set<Substring>

  init(_ original: String) {
    text = original.lowercased()
    var apart = ""
    var wasLower = false
    for letter in original {
      if wasLower, letter.isUppercase { apart.append(" ") }
      wasLower = letter.isLowercase
      apart.append(letter)
    }
    words = Set((text + " " + apart.lowercased()).split { !($0.isLetter || $0.isNumber) })
  }

  func has(_ parts: String...) -> Bool { parts.contains { text.contains($0) } }
  /// One of `parts` begins a word: `id token` is in `the id token`, not in `invalid token`.
  func begins(_ parts: String...) -> Bool {
    parts.contains { part in
      text.split(separator: part, omittingEmptySubsequences: false).dropLast()
        .contains { !($0.last?.isLetter ?? false) }
    }
  }
  func hasWord(_ names: Substring...) -> Bool { names.contains { words.contains($0) } }

  /// One of `ends` comes soon after the word `start`, in the same part of the sentence.
  func follows(_ start: String, _ ends: String...) -> Bool {
    guard words.contains(start[...]) else { return false }
    for (number, part) in text.split(separator: start, omittingEmptySubsequences: false)
      .enumerated()
    where number > 0 {
      let near = part.prefix(48).prefix { $0 != "," && $0 != ";" }
      if ends.contains(where: { near.contains($0) }) { return true }
    }
    return false
  }

  /// Something is wrong, and not with a setting that a program merely advises on.
  var isFault: Bool {
    LooseWords.allFaults.contains { text.contains($0) }
      && !LooseWords.advice.contains { text.contains($0) }
  }

  /// Something is wrong, if it is about logins or tokens: words that are everyday ones elsewhere.
  var isDoubt: Bool {
    isFault
      || LooseWords.doubts.contains { text.contains($0) }
        && !LooseWords.advice.contains { text.contains($0) }
  }

  /// A time has passed.
  var isOver: Bool {
    (has("expire", "expiration") || LooseWords.over.contains { text.contains($0) })
      && !has("not expired")
  }

  /// A call is told of, not a check.
  var isFetch: Bool {
    has("fetch", "retriev", "load", "connect", "reach", "discover", "get \"http", "resolve")
  }

  /// It is about something elsewhere, not about what the program holds itself.
  var isRemote: Bool { has("http", "url", "uri", "fetch", "remote", "endpoint") }

  private static let advice = [
    "deprecat", "strongly advised", "for development", "development mode", "using default",
    "feature is disabled", "will be ignored", "sourcemap", "not recommended", "no such file",
    "filenotfound", "enoent", "relation \"", "claim is not required",
    "session not refreshed - user", "ssl verification disabled", "tls verification disabled",
    "reject_unauthorized", "ssl-required", "not treated as oidc", "doesn't exist. ignoring",
  ]

  private static let doubts = [
    "instead of", "used as", "behind the", " != ", "none of", "is undefined", "stale", "idle time",
    " expects ", "is not a", "but no ", "no session", "without a code", "meant for", "only two",
    "no route", "terminated",
  ]

  private static let allFaults = faults + translated + over

  /// Over, and wrong, in other languages: the nouns beside them are often English all the same.
  private static let over = [
    "expirad", "expiré", "abgelaufen", "scadut", "caducad", "期限切れ", "过期", "過期", "만료", "hết hạn",
    "истек", "истёк",
  ]

  private static let translated = [
    "inválid", "ungültig", "no válid", "non valid", "едопуст", "едейств", "無効", "无效", "유효하지",
    "không hợp lệ", "fehlgeschlagen", "échou", "ошибк", "失敗", "失败", "실패", "thất bại", "onjuist",
    "ongeldig", "nieprawidłow", "geçersiz", "неверн", "неправильн", "错误", "錯誤", "正しくありません",
    "falsch",
  ]

  private static let faults = [
    "invalid", "mismatch", "not match", "n't match", "missing", "not found", "wrong", "unexpected",
    "unknown", "expired", "fail", "error", "denied", "refused", "reject", "unable", "could not",
    "cannot", "can't", "couldn't", "not allowed", "not valid", "unsupported", "untrusted",
    "too large", "too big", "too long", "required", "disabled", "locked", "exception", "not equal",
    "differ", "incorrect", "malformed", "unauthorized", "forbidden", "insufficient", "timed out",
    "timeout", "not provided", "does not", "doesn't", "not exist", "no matching", "not configured",
    "not trusted", "unauthenticated", "not enabled", "must be", "not reachable", "can not",
    "must have", "must contain", "not accepted", "not intended for", "not issued for",
    "no key with", "not available", "revoked", "no longer", "not active", "bad credentials",
    "but got", "but was", "illegal", "n't have", "not a valid", "unavailable", "has no", "have no",
    "did not", "not present", "not contain", "no id_token", "no id token", "is empty", "is null",
    "was null", "absent", "not targeted", "replay", "reuse", "already used", "already been",
    "beyond", "no public key", "no credentials", "no token", "must match", "not in a ",
    "not a member", "no state", "no refresh", "no code", "not permitted", "(nbf)", "(exp)",
    "already rotated", "no bearer", "no active", "is nil", "not associated", "not registered",
    "is false", "too many", "lower than", "no valid", "not whitelisted", "not part of",
    "used twice", "bad user claim", "lacks", "lapsed", "past its", "giving up",
    "gave up", "not granted", "has none", "switched off", "turned off",
    "deactivated", "removed by", "stripped", "aborted", "not responding", "not respond",
    "is restarting", "took longer", "carries no", "not received", "not receive", "no pending",
    "no jwk", "not the one", "returned html",
    "presented twice", "session ended", "has ended", "must change", "-> 404", "-> 401", "-> 403",
    "-> 50", "not assigned", "must start", "but received",
    "accepts only", "only accepts", "not in allow", "not in the list", "no start line", "redeemed",
    "lifespan reached", "not secure", "not supplied", "bad id token",
    "no identity token", "no ldap uid",
    "many failed", "blocking authentication", "no keys", "contains no", "no jwks",
    "no claim exists",
    "no identity provider matches", "no matching", "redirect loop", "did not respond",
    "no user session", "no user with", "too long ago",
    "requires authentication", "none of the", "has blocked", "invalidated",
    "check your",
    "found in {", "no username", "no email", "inactive", "active=false", "not returned",
    "not initialized", "not initialised", "uninitialized", "incomplete", "no suitable",
    "requires the use", "no e-mail", "signup is closed",
  ]
}
