/// What a log message says, whoever says it: the closed vocabulary between the message table of
/// `Ingest` and the causes of `Diagnose`. One statement has many voices (library, product,
/// version); a statement is a *symptom*, never yet a cause.
///
/// Raw values are stable identifiers (records, user signature files).
public enum Statement: String, CaseIterable, Sendable, BitwiseCopyable {
  case other

  // A token was refused, and the speaker says why.
  case tokenMissing = "token.missing"
  case tokenExpired = "token.expired"
  case tokenNotYetValid = "token.not_yet_valid"
  case tokenMalformed = "token.malformed"
  case tokenSignature = "token.signature"
  case tokenUnknownKey = "token.unknown_key"
  case tokenAlgorithm = "token.algorithm"
  case tokenIssuer = "token.issuer"
  case tokenAudience = "token.audience"
  case tokenClaim = "token.claim"
  case tokenType = "token.type"
  /// The authenticator wants another kind of credential altogether (an API token, a session key).
  case tokenWrongParty = "token.wrong_party"
  case tokenInactive = "token.inactive"
  /// The proof that the token belongs to its bearer (DPoP, a client certificate) is missing or wrong.
  case tokenProof = "token.proof"
  case tokenRefused = "token.refused"
  case unsupportedScheme = "token.unsupported_scheme"

  // A call to Keycloak (keys, discovery, introspection, userinfo, token) failed, and why.
  /// `Message.subject` is `connect` or `read` where the text says which.
  case callTimedOut = "call.timed_out"
  case callRefused = "call.refused"
  case callUnreachable = "call.unreachable"
  case callReset = "call.reset"
  case callNameNotFound = "call.name_not_found"
  case callNameTemporary = "call.name_temporary"
  case callUntrustedCertificate = "call.untrusted_certificate"
  case callTLS = "call.tls"
  case callHTTPError = "call.http_error"
  /// The address answers, but not as this end-point: HTML, 404, missing members, bad scheme.
  case callWrongURL = "call.wrong_url"
  case callIssuerDiffers = "call.issuer_differs"
  case callFailed = "call.failed"
  case callClientRefused = "call.client_refused"
  case keysUnavailable = "keys.unavailable"
  /// An issuer says that it signs with new keys, or a checker that it got to know some.
  case keysRenewed = "keys.renewed"

  // Sessions, refresh, login flow.
  case refreshSessionNotActive = "refresh.session_not_active"
  case refreshTokenNotActive = "refresh.token_not_active"
  case refreshReused = "refresh.reused"
  case refreshStale = "refresh.stale"
  case refreshOfflineSession = "refresh.offline_session"
  case refreshFailed = "refresh.failed"
  case sessionNotFound = "session.not_found"
  case loginStateLost = "login.state_lost"
  case codeNotValid = "login.code_not_valid"
  case codeReused = "login.code_reused"

  // Authorisation.
  case roleMissing = "authz.role_missing"
  case scopeMissing = "authz.scope_missing"
  case accessForbidden = "authz.forbidden"

  // Keycloak's own state.
  case keycloakStarting = "keycloak.starting"
  case keycloakStarted = "keycloak.started"
  case keycloakStopping = "keycloak.stopping"
  case keycloakStopped = "keycloak.stopped"
  case keycloakStartFailed = "keycloak.start_failed"
  case keycloakUncaught = "keycloak.uncaught_error"
  /// Keycloak came to read or answer a request whose caller had hung up.
  case keycloakCallerGone = "keycloak.caller_gone"
  case keycloakClientAuthCrashed = "keycloak.client_auth_crashed"
  /// An exception that is none of the login's own verdicts ended a login.
  case keycloakLoginCrashed = "keycloak.login_crashed"
  case keycloakClientAssertion = "keycloak.client_assertion"
  case databaseUnreachable = "keycloak.database_unreachable"
  case databasePoolExhausted = "keycloak.database_pool_exhausted"
  case databaseError = "keycloak.database_error"
  case directoryUnavailable = "keycloak.directory_unavailable"
  case identityProviderFailed = "keycloak.identity_provider_failed"
  case cacheTimeout = "keycloak.cache_timeout"
  case clusterView = "keycloak.cluster_view"
  case clusterNodeLeft = "keycloak.cluster_node_left"
  case clusterSplit = "keycloak.cluster_split"
  case keysGenerated = "keycloak.keys_generated"
  case nonSecureContext = "keycloak.non_secure_context"
  case proxyHeadersUnset = "keycloak.proxy_headers_unset"
  case hostnameOptions = "keycloak.hostname_options"
  case threadBlocked = "keycloak.thread_blocked"
  case outOfMemory = "process.out_of_memory"
  case healthDown = "keycloak.health_down"
  case invalidRequest = "keycloak.invalid_request"

  // The edge's view of its upstreams and of its clients.
  case upstreamRefused = "edge.upstream_refused"
  case upstreamConnectTimedOut = "edge.upstream_connect_timed_out"
  case upstreamUnreachable = "edge.upstream_unreachable"
  case upstreamTimedOut = "edge.upstream_timed_out"
  case upstreamReset = "edge.upstream_reset"
  case upstreamClosed = "edge.upstream_closed"
  case noLiveUpstream = "edge.no_live_upstream"
  case upstreamHeaderTooBig = "edge.upstream_header_too_big"
  case upstreamTLSFailed = "edge.upstream_tls_failed"
  case upstreamTLSVerify = "edge.upstream_tls_verify"
  case upstreamNameNotFound = "edge.upstream_name_not_found"
  case upstreamNameFailed = "edge.upstream_name_failed"
  case authRequestUnexpectedStatus = "edge.auth_request_unexpected_status"
  case authServiceCallFailed = "edge.auth_service_call_failed"
  case requestHeaderTooLarge = "edge.request_header_too_large"
  case invalidHeaderDropped = "edge.invalid_header_dropped"
  case plainToTLSPort = "edge.plain_to_tls_port"
  case tlsToPlainPort = "edge.tls_to_plain_port"
  case clientTLSFailed = "edge.client_tls_failed"
  case clientGaveUp = "edge.client_gave_up"
  case noEndpoints = "edge.no_endpoints"
  case basicUserNotFound = "edge.basic_user_not_found"
  case basicPasswordMismatch = "edge.basic_password_mismatch"
  case basicMissing = "edge.basic_missing"
  case accessRuleDenied = "edge.access_rule_denied"
  case configurationReloaded = "edge.configuration_reloaded"
  case edgeStarted = "edge.started"
  case edgeStopped = "edge.stopped"
  case policyDenied = "network.policy_denied"

  // Others.
  case dnsNameNotFound = "dns.name_not_found"
  case dnsServerFailure = "dns.server_failure"
  case databaseStopped = "database.stopped"
  case databaseStarted = "database.started"
  case databaseRefusedClient = "database.refused_client"
  case directoryStopped = "directory.stopped"
  case directoryStarted = "directory.started"
  case applicationStarted = "application.started"
  case applicationStopped = "application.stopped"
  case probeFailed = "kubernetes.probe_failed"
  case containerKilled = "kubernetes.container_killed"
  case settingsWrong = "settings.wrong"

  // What Keycloak answered to a client, quoted by that client or by Keycloak itself.
  case userInvalidCredentials = "user.invalid_credentials"
  case userDisabled = "user.disabled"
  case userLocked = "user.locked"
  case userActionRequired = "user.action_required"
  case grantNotAllowed = "client.grant_not_allowed"
  case redirectURIInvalid = "client.redirect_uri_invalid"
  case realmNotFound = "realm.not_found"
  case httpsRequired = "keycloak.https_required"
  case pathNotFound = "keycloak.path_not_found"
  case corsRefused = "keycloak.cors_refused"

  // What somebody at a terminal asked for, whose answer was pasted without its head.
  case commandWithCredential = "command.with_credential"
  case commandWithoutCredential = "command.without_credential"
  case commandPreflight = "command.preflight"
  /// Nothing is known of its credential, or it is no command any more: what follows belongs to none before.
  case commandOther = "command.other"
  /// An edge gave the bare 401 of an auth service to whoever opened the application's address.
  case authAnswerRelayed = "edge.auth_answer_relayed"
}
