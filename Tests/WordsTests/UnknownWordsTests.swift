import Evidence
import Testing

/// Words of libraries that no row knows, read by the things they name and what they say is wrong with them.
@Suite struct UnknownWordsTests {
  @Test(arguments: [
    "State validation failed: ", "State comparison failed", "State field was invalid",
    "Failed to b64-decode state: abc", "OAuth callback made without a code",
    "codeFlowCodeRequest incorrect state", "could not find matching config for state abc",
    "Failed to deserialize the authorization request state", "Missing authentication code.",
  ])
  func `the state of a login is lost in many words`(_ line: String) throws {
    #expect(try WordsTests.findings(line).first?.cause == .sessionLoginStateLost)
  }

  @Test(arguments: [
    "authenticator.userdata_url is missing. Please configure it.",
    "provider missing setting: client-id",
    "Token endpoint configuration is missing for provider [keycloak]",
    "Skipped creation of OpenID client [keycloak] because no issuer is configured",
    "userinfo_endpoint is not set", "issuer URL must include scheme (http/https)",
    "\"issuer\" MUST use \"https\" scheme", "OIDC settings is missing", "Realm URL not set",
    "Failed to decrypt session ticket: cipher: message authentication failed",
  ])
  func `a setting of who checks is missing in many words`(_ line: String) throws {
    #expect(try WordsTests.findings(line).first?.cause == .resourceServerSettingsWrong)
  }

  @Test(arguments: [
    ("Refresh token is invalid", CauseID.tokenRefreshExpired),
    ("Error refreshing token", .tokenRefreshExpired),
    ("access_token hash does not match value in id_token", .tokenClaimRejected),
    (
      "No claim exists at the path \"realm_access/roles\" at segment \"roles\"", .tokenClaimRejected
    ),
    ("User data sub does not match sub in id_token, resetting", .tokenClaimRejected),
    ("token abc does not contain two dots", .tokenMalformed),
    ("Invalid \"bearer\" header: Credentials string should not contain spaces.", .tokenMalformed),
    ("Missing JWT token", .tokenMissing), ("Token cannot be null or empty", .tokenMissing),
    ("Missing authorization in request", .tokenMissing),
    ("No keys found for the `kid` value \"abc\" provided in ID Token", .keysRotated),
    ("JWKS response contains no keys", .resourceServerKeysUnavailable),
    ("The ID Token was issued too long ago", .tokenClockSkew),
    ("Introspected client_id doesn't match configured client_id", .tokenAudienceMismatch),
    ("token must be signed", .tokenAlgorithm),
    ("unexpected or unsupported JWT type `at+jwt`", .tokenWrongType),
    ("no identity provider matches the token's iss claim", .tokenIssuerMismatch),
    ("STOMP login failed for user 'alice': access_refused", .userInvalidCredentials),
    ("alice is locked due to login failure, login failed", .userLocked),
    (
      "Unauthorized request GET /admin. The rule provider SecuredAnnotationRule rejected the request.",
      .userRoleMissing
    ),
    ("Authorization request was denied by the server.", .userRoleMissing),
    ("Login failed: No user with email a@b found, and OIDC_CREATE_USER is False", .userRoleMissing),
    ("token aud is \"account\" but the API expects \"orders-api\"", .tokenAudienceMismatch),
    ("iat (1705311866) is in the future, current time 1705311860", .tokenClockSkew),
    ("error_description=\"Token is stale: issued before not-before policy\"", .sessionRevoked),
    ("{\"error\":\"resolve_required_actions\"}", .userActionRequired),
    ("rpc error: code = Unauthenticated desc = authorization token is not supplied", .tokenMissing),
    ("Provider did not respond. Authentication rejected", .keycloakDown),
    (
      "Maximum redirect limit (5) exceeded, possible redirect loop detected", .sessionLoginStateLost
    ),
    ("no matching realm found", .realmNotFound),
  ])
  func `what a library says in words of its own is named after its things`(
    _ line: String, _ cause: CauseID
  ) throws {
    let first = try #require(try WordsTests.findings(line).first)
    #expect(first.cause == cause && first.confidence < 0.8)
  }

  @Test(arguments: [
    ("JWT is past its expiry", CauseID.tokenExpired),
    ("Server clock is 312 seconds behind the token issuer", .tokenClockSkew),
    ("iss claim http://a/realms/demo != https://b/realms/demo", .tokenIssuerMismatch),
    ("This token is meant for another application", .tokenAudienceMismatch),
    ("Giving up on fetching signing keys after 5 attempts", .resourceServerKeysUnavailable),
    ("Discovery document at http://keycloak/auth returned HTML", .resourceServerURLWrong),
    (
      "GET http://keycloak:8080/auth/realms/demo/.well-known/openid-configuration -> 404",
      .resourceServerURLWrong
    ),
    ("Client web is disabled in Keycloak", .clientDisabled),
    ("password grant is switched off for client web", .clientGrantNotAllowed),
    ("token lacks scope orders:read", .clientScopeMissing),
    ("Caller lacks role manager", .userRoleMissing),
    ("This user account has been deactivated", .userDisabled),
    ("User must change password before first login", .userActionRequired),
    ("No pending login for this state", .sessionLoginStateLost),
    ("Cookie with login state not received from browser", .sessionLoginStateLost),
    ("Silent renew failed", .tokenRefreshExpired),
    ("rotating refresh token was presented twice", .tokenRefreshReused),
    ("ID token sent instead of access token", .tokenWrongType),
    ("token has only two parts", .tokenMalformed),
    ("Authorization header removed by proxy", .ingressAuthHeaderStripped),
    ("preflight request rejected with 401", .ingressCORSPreflight),
    ("X-Forwarded-Proto missing, redirecting to http", .proxyForwardedHeadersMissing),
    ("cannot resolve keycloak.auth.svc", .dnsNXDOMAIN),
    ("Keycloak is not responding (503)", .keycloakDown),
    ("Keycloak took longer than 10s to answer the token request", .keycloakOverloaded),
    ("Token issued by realm master but this service accepts only realm demo", .tokenOtherRealm),
    ("forwardauth: error calling http://auth:9091/api/verify: refused", .ingressAuthRequestFailing),
    ("OAuth2 callback called twice, code already redeemed", .sessionLoginStateLost),
  ])
  func `plain words of an application are a guess`(_ line: String, _ cause: CauseID) throws {
    let first = try #require(try WordsTests.findings(line).first)
    #expect(first.cause == cause && first.confidence < 0.8)
  }

  @Test(arguments: [
    "User profile saved", "No session affinity configured", "Key not set in cache, using default",
    "no matching rows", "Application state restored", "Email is required in the contact form",
    "Retrying: connection state is idle", "no keys pressed", "client connected without a code",
    "Loop detected in the animation", "The provider list was loaded", "no claim to fame",
    "Disk is not a boot device", "State machine entered state READY",
  ])
  func `ordinary lines say nothing of logins`(_ line: String) throws {
    #expect(try WordsTests.findings(line).allSatisfy { $0.cause == .undecided })
  }
}
