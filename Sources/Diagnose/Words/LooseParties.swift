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
      || w.has("access denied: user", "cannot impersonate")
      || w.has("not_authorized", "authorization denied", "n't have permission", "required group")
      || w.has("not in a whitelisted", "not a member of", "whitelisted group", "admin group")
      || w.has("insufficient privileges", "sufficient privileges", "access to any namespace")
      || w.has("not allowed to log in", "not allowed to login", "permission to log in")
      || w.has("not allowed to sign in", "not permitted to sign in", "not authorized to log in")
      || w.has(
        "user is not authorized", "user not authorized", "unauthorized user", "not permitted to log"
      )
    let isUnknown =
      w.has(
        "signup not allowed", "sign up not allowed", "signup is not allowed", "signup is disabled")
      || w.has("signups are disabled", "registration is disabled", "not allowed to sign up")
      || w.has("registration is not allowed", "auto registration", "auto-registration")
      || w.has("unable to load an user", "access to this service is not allowed")
      || w.has("login failed: no user with", "authentication for this user is forbidden")
      || w.follows("user", "not allowed", "is not permitted")
      || w.has("pending approval", "without a pre-existing", "signup is closed")
    if isUnknown {
      return .refusal(.userRoleMissing, 0.42, or: [(.resourceServerSettingsWrong, 0.3)])
    }
    if w.has("owner or authorization server denied", "request was denied by the server")
      || w.has("authorization request was denied", "user denied the authorization")
      || w.has("rule provider") && w.has("rejected the request")
    {
      return .general(.userRoleMissing, 0.42)
    }
    if w.has("not assigned to the app", "not assigned to this app", "not assigned to application")
      || w.has("group membership", "not assigned to this client", "not assigned to a role")
    {
      return .refusal(.userRoleMissing, 0.5)
    }
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
    if w.has("locked due to login", "login failed, locking", "blocking authentication attempt")
      || w.has("many failed authentication attempts")
    {
      return .refusal(.userLocked, 0.6)
    }
    if w.follows("account", "deactivated", "suspended") { return .refusal(.userDisabled, 0.5) }
    if w.has("must change password", "must change your password", "password change required") {
      return .refusal(.userActionRequired, 0.45)
    }
    if w.follows("account", "disabled") || w.follows("user", "disabled", "is not enabled") {
      return .refusal(.userDisabled, 0.55)
    }
    if w.has("verify email", "email verification", "verify your email") {
      return .refusal(.userActionRequired, 0.45)
    }
    return nil
  }

  private static func credentials(_ w: LooseWords) -> Meaning? {
    if w.has("authorization header", "auth header"),
      w.has("removed by", "stripped", "not forwarded", "not passed on", "not receive", "dropped by")
    {
      return .refusal(.ingressAuthHeaderStripped, 0.5, or: [(.tokenMissing, 0.15)])
    }
    if w.has("admin credentials", "check your credentials", "check the credentials")
      || w.has("failed to authenticate with keycloak")
    {
      return .general(.userInvalidCredentials, 0.38, or: [(.clientBadSecret, 0.3)])
    }
    if w.has("login failed for user", "failed to authenticate user", "unable to authenticate user")
      || w.has("credential validation for user", "authentication denied for user")
      || w.has("invalid login.", "check your access credentials")
    {
      return .general(.userInvalidCredentials, 0.42)
    }
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
      || w.has("auth header", "carries no bearer", "carries no token")
      || w.has("jwt token", "authentication header", "missing credentials", "missing authorization")
      || w.has("token cannot be null", "token can't be null", "failed to extract token")
    if isHeader,
      w.has(
        "missing", "not provided", "no ", "required", "not found", "not present", "empty",
        "not supplied", "absent", "carries no")
        || w.has("not exist", "cannot be null", "can't be null", "failed to extract")
    {
      return .general(.tokenMissing, 0.5, or: [(.benignNoToken, 0.3)])
    }
    if w.has("authentication is required for this", "no authentication was found") {
      return .general(.tokenMissing, 0.38, or: [(.benignNoToken, 0.3)])
    }
    return nil
  }
}
