internal import Evidence

/// People who may not do what they try to, or are not who they say, in words that nobody knows.
enum LooseParties {
  static func of(_ w: LooseWords) -> Meaning? {
    guard w.isFault else { return nil }
    return access(w) ?? account(w) ?? credentials(w)
  }

  private static func access(_ w: LooseWords) -> Meaning? {
    let names =
      w.hasWord("role", "roles", "permission", "permissions", "privileges", "groups")
      && !w.has("mapper", "file", "directory", "connect")
    let says =
      w.has("forbiddenexception", "not authorized to access", "access is denied")
      || w.has("not_authorized", "authorization denied", "n't have permission", "required group")
      || w.has("not in a whitelisted", "not a member of", "whitelisted group", "admin group")
      || w.has("insufficient privileges", "sufficient privileges", "access to any namespace")
      || w.has("not allowed to log in", "not allowed to login", "permission to log in")
      || w.has("not allowed to sign in", "not permitted to sign in", "not authorized to log in")
      || w.has(
        "user is not authorized", "user not authorized", "unauthorized user", "not permitted to log"
      )
    let isDomain =
      w.hasWord("domain", "email", "organization", "tenant", "domains")
      && w.has(
        "not allowed", "not permitted", "not authorized", "whitelist", "allowlist", "allow list")
    return names || says || isDomain ? .refusal(.userRoleMissing, 0.55) : nil
  }

  private static func account(_ w: LooseWords) -> Meaning? {
    if w.follows("account", "temporarily") || w.follows("user", "temporarily")
      || w.follows("account", "locked") || w.follows("user", "locked") || w.has("locked account")
    {
      return .refusal(.userLocked, 0.55)
    }
    if w.follows("account", "disabled") || w.follows("user", "disabled") {
      return .refusal(.userDisabled, 0.55)
    }
    if w.has("verify email", "email verification", "verify your email") {
      return .refusal(.userActionRequired, 0.45)
    }
    return nil
  }

  private static func credentials(_ w: LooseWords) -> Meaning? {
    if w.has("bad credentials") { return .general(.userInvalidCredentials, 0.4) }
    if w.has("identity provider"), w.has("fail", "error") {
      return .general(.keycloakFederationDown, 0.4)
    }
    if w.has(
      "username", "password", "user credentials", "invalid credentials", "wrong credentials",
      "login credentials"),
      !w.has(
        "grant_type", "policy", "generated", "claim", "attribute", "preferred_username")
    {
      return .refusal(.userInvalidCredentials, 0.52)
    }
    let isHeader =
      w.has("authorization header", "bearer token", "access token", "authentication credentials")
      || w.has("authorization token", "bearer scheme", "auth token", "authentication token")
      || w.has("no credentials", "no token", "missing token", "token missing", "token is missing")
      || w.has("token is empty", "token is required", "token required", "empty token")
    if isHeader,
      w.has("missing", "not provided", "no ", "required", "not found", "not present", "empty")
    {
      return .general(.tokenMissing, 0.5, or: [(.benignNoToken, 0.3)])
    }
    return nil
  }
}
