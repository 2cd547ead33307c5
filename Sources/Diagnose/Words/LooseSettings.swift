internal import Evidence

/// A program that was not told what it must know, in words that nobody knows.
enum LooseSettings {
  static func of(_ w: LooseWords) -> Meaning? {
    isUnset(w) && isAboutLogins(w) && !w.hasWord("kid") && !isClaim(w) || isEnvironment(w)
      || isMapping(w)
      || isKeyMaterial(w) || isOpenIssuer(w)
      ? .refusal(.resourceServerSettingsWrong, 0.5) : nil
  }

  private static func isUnset(_ w: LooseWords) -> Bool {
    w.has(
      "must not be null", "must be specified", "must be set", "must be configured", "is not set",
      "cannot be null", "missing configuration", "invalid configuration", "misconfigur",
      "configuration error", "not been configured", "must be provided", "key must not be empty",
      "missing required config", "missing required option", "missing required param",
      "configexception", "configurationexception", "requires a client", "must be an asymmetric",
      "issuer is required", "client_id is required", "clientid is required",
      "client_secret is missing", "client_secret is required", "secret is not configured")
      || w.has(
        "is not configured", "not configured for", "must not be empty", "cannot be empty",
        "should not be empty", "is not a valid url", "not a valid uri",
        "no provider configured", "no such provider", "url is required", "url is invalid",
        "must use https scheme", "configuration has not been", "missing environment",
        "missing setting", "url not set", "key not set", "please configure", "must include scheme",
        "settings is missing", "settings are missing", "must use \"https\" scheme",
        "configuration is missing", "configuration is incomplete", "config is incomplete",
        "is misconfigured", "missing or incorrect", "no clientid specified",
        "no client id specified", "client id is empty", "missing client id",
        "no access token specified")
      || w.has(
        "endpoint is not", "endpoint configured", "uri configured", "no issuer is configured",
        "token endpoint authentication method", "token_endpoint_auth_methods_supported",
        "no userinfo endpoint", "missing client id", "clientid specified")
      || w.has("missing \"", "missing '", "missing openid_", "missing oidc_")
        && w.has("_url", "_uri", "_endpoint")
  }

  /// A token lacks it; that a setting may be to blame is advice.
  private static func isClaim(_ w: LooseWords) -> Bool {
    w.hasWord("claim", "claims") && w.has("missing from", "not found in")
  }

  private static func isAboutLogins(_ w: LooseWords) -> Bool {
    w.has(
      "issuer", "audience", "client_id", "client-id", "client id", "clientid", "secret", "jwk",
      "signing key",
      "public key", "redirect", "discovery", "realm", "authority", "oidc", "openid", "oauth",
      "keycloak", "secretorprivatekey", "sso is", "authorize url", "token url", "userinfo url",
      "userinfo", "userdata_url", "authorize_url", "token_endpoint", "tokenendpoint", "idp ",
      "client credentials", "jwt")
  }

  /// An issuer that was configured without TLS, not one in a token.
  private static func isOpenIssuer(_ w: LooseWords) -> Bool {
    w.has("issuer")
      && w.has("must start with https", "scheme must be https", "must use https", "must be https")
  }

  /// A variable of the process that carries a secret or an address.
  private static func isEnvironment(_ w: LooseWords) -> Bool {
    w.has("environment variable", "env var")
      && w.has("not set", "is set", "missing", "not found", "unset", "required")
      && w.has("secret", "oidc", "oauth", "keycloak", "issuer", "client_id", "jwt", "realm")
  }

  /// Who came in cannot be made a user of the application.
  private static func isMapping(_ w: LooseWords) -> Bool {
    w.has("identity", "identities", "user.user.openshift.io", "mapping error")
      && w.has(
        "already mapped", "mapping error", "must be in the format", "cannot be claimed",
        "is invalid: metadata.name", "is not mapped")
  }

  /// A key that the program holds itself cannot be used.
  private static func isKeyMaterial(_ w: LooseWords) -> Bool {
    (w.hasWord("pem") || w.has("key material", "public key", "private key", "jwk", "keystore"))
      && w.has(
        "no start line", "could not parse", "failed to parse", "cannot parse", "unable to parse",
        "invalid pem",
        "not a valid", "could not load", "unable to load", "unsupported kty", "kty is not found",
        "unsupported key type", "incorrect key type", "invalid key type")
      && !w.isRemote
  }
}
