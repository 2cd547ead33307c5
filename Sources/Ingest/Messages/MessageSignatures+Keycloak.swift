internal import Evidence

/// Keycloak's own state and its checks, as its log tells them.
extension MessageSignatures {
  static let keycloakState: [MessageSignature] = [
    .init(
      .keycloakStarted, "(powered by Quarkus", "started in", "Keycloak ",
      about: .wordAfter("Keycloak "), voice: .keycloak,
      like:
        "Keycloak 26.2.2 on JVM (powered by Quarkus 3.20.0) started in 8.749s. Listening on: https://0.0.0.0:8443."
    ),
    .init(
      .keycloakStarted, "WFLYSRV0025", voice: .keycloak,
      like: "WFLYSRV0025: Keycloak 15.0.2 (WildFly Core 15.0.1.Final) started in 28315ms"),
    .init(.keycloakStarted, "WFLYSRV0026", voice: .keycloak),
    .init(
      .keycloakStopped, "Keycloak stopped in ", about: .word, voice: .keycloak,
      like: "Keycloak stopped in 1.235s"),
    .init(.keycloakStopped, "WFLYSRV0050", voice: .keycloak),
    .init(.keycloakStopping, "WFLYSRV0220", voice: .keycloak),
    .init(
      .keycloakStopping, "received TERM signal",
      like: "*** JBossAS process (791) received TERM signal ***"),
    .init(
      .keycloakStopping, "ARJUNA032014: Stopping transaction recovery manager", voice: .keycloak),
    .init(.keycloakStopping, "ISPN000080: Disconnecting JGroups channel", voice: .keycloak),
    .init(.keycloakStarting, "ISPN000078: Starting JGroups channel", voice: .keycloak),
    .init(
      .keycloakStarting, "Request received during bootstrapping, returning a 503",
      voice: .keycloak),
    .init(.keycloakStarting, "Updating the configuration and installing your custom providers"),
    .init(.keycloakStarting, "Quarkus augmentation completed in"),
    .init(
      .keycloakStartFailed, "Failed to start server in", voice: .keycloak,
      like: "ERROR: Failed to start server in (production) mode"),
    .init(.keycloakStartFailed, "Unexpected error when starting the server in"),
    .init(.keycloakStartFailed, "Failed to run '", "' command", voice: .keycloak),
    .init(.keycloakStartFailed, "hostname is not configured; either configure hostname"),
    .init(.keycloakStartFailed, "Key material not provided to setup HTTPS"),
    .init(
      .keycloakStartFailed, "WFLYCTL0348", voice: .keycloak,
      like: "WFLYCTL0348: Timeout after [300] seconds waiting for service container stability."),
    .init(
      .keycloakStartFailed, "WFLYSRV0056", voice: .keycloak,
      like: "WFLYSRV0056: Server boot has failed in an unrecoverable manner; exiting."),
    .init(.keycloakStartFailed, "Could not acquire change log lock", voice: .keycloak),
    .init(.outOfMemory, "java.lang.OutOfMemoryError"),
    // Database: the pool first, its texts hold the general ones.
    .init(
      .databasePoolExhausted, "Sorry, acquisition timeout!",
      like: "Unable to acquire JDBC Connection [Sorry, acquisition timeout!] [n/a]"),
    .init(.databasePoolExhausted, "Acquisition timeout while waiting for new connection"),
    .init(
      .databaseUnreachable, "Datasource '<default>'", "refused", voice: .keycloak,
      like: "Datasource '<default>': Connection to db:5432 refused."),
    .init(
      .databaseUnreachable, "terminating connection due to administrator command",
      voice: .keycloak),
    .init(
      .databaseUnreachable, "Connection to ", " refused. Check that the hostname and port",
      about: .word, voice: .keycloak,
      like: "Connection to db:5432 refused. Check that the hostname and port are correct"),
    .init(
      .databasePoolExhausted, "IJ000655", voice: .keycloak,
      like: "IJ000655: No managed connections available within configured blocking timeout"),
    .init(
      .databaseUnreachable, "IJ031084", voice: .keycloak,
      like: "IJ031084: Unable to create connection"),
    .init(
      .databaseError, "IJ000453", voice: .keycloak,
      like: "IJ000453: Unable to get managed connection for java:jboss/datasources/KeycloakDS"),
    .init(
      .databaseUnreachable, "Access denied for user '", "(using password: ", voice: .keycloak,
      like: "Access denied for user 'keycloak'@'10.0.0.3' (using password: YES)"),
    .init(.databaseUnreachable, "Failed to obtain JDBC connection", voice: .keycloak),
    .init(.databaseUnreachable, "This connection has been closed", voice: .keycloak),
    .init(.databaseUnreachable, "Connection has been closed", "Datasource", voice: .keycloak),
    .init(.databaseUnreachable, "JDBCConnectionException", voice: .keycloak),
    .init(
      .databaseUnreachable, "The connection attempt failed", voice: .keycloak,
      like: "org.postgresql.util.PSQLException: The connection attempt failed."),
    .init(.databaseUnreachable, "Communications link failure", voice: .keycloak),
    .init(
      .databaseUnreachable, "An I/O error occurred while sending to the backend", voice: .keycloak),
    .init(
      .databaseUnreachable, "the database system is", voice: .keycloak,
      like: "FATAL: the database system is shutting down"),
    .init(.databaseUnreachable, "HHH000342", voice: .keycloak),
    .init(.databaseUnreachable, "Unable to acquire JDBC Connection", voice: .keycloak),
    .init(.databaseUnreachable, "Unable to open JDBC Connection", voice: .keycloak),
    .init(.databaseError, "Database operation failed", voice: .keycloak),
    .init(.databaseError, "JDBCException", voice: .keycloak),
    .init(.databaseError, "PSQLException", voice: .keycloak),
    .init(.databaseError, "SQL Error: ", voice: .keycloak, like: "SQL Error: 0, SQLState: null"),
    // Directory.
    .init(
      .directoryUnavailable, "LDAP server is unavailable for provider",
      about: .wordAfter("provider ["),
      voice: .keycloak, like: "LDAP server is unavailable for provider [ldap]"),
    .init(
      .directoryUnavailable, "failed during federated user validation",
      about: .wordAfter("storage provider "), voice: .keycloak,
      like: "User storage provider ldap failed during federated user validation"),
    .init(
      .directoryUnavailable, "Failed to fetch results from the LDAP", voice: .keycloak,
      like: "Failed to fetch results from the LDAP [ldap] provider"),
    .init(.directoryUnavailable, "javax.naming.CommunicationException", voice: .keycloak),
    .init(.directoryUnavailable, "javax.naming.ServiceUnavailableException", voice: .keycloak),
    .init(.directoryUnavailable, "LDAP response read timed out", voice: .keycloak),
    .init(.directoryUnavailable, "Querying of LDAP failed", voice: .keycloak),
    .init(.directoryUnavailable, "Could not query server using DN", voice: .keycloak),
    .init(
      .directoryUnavailable, "KC-SERVICES0055", voice: .keycloak,
      like: "KC-SERVICES0055: Error when authenticating to LDAP: simple bind failed: ldap:636"),
    .init(
      .identityProviderFailed, "Failed to make identity provider oauth callback", voice: .keycloak),
    .init(
      .identityProviderFailed, "Could not fetch attributes from userinfo endpoint", voice: .keycloak
    ),
    .init(.identityProviderFailed, "No access_token from server", voice: .keycloak),
    .init(.identityProviderFailed, "Unexpected response from token endpoint", voice: .keycloak),
    .init(.identityProviderFailed, "Invalid signature on document", voice: .keycloak),
    .init(.tokenNotYetValid, "Clock skew too great", voice: .keycloak),
    .init(.identityProviderFailed, "SPNEGO login failed", voice: .keycloak),
    .init(
      .identityProviderFailed, "no user storage provider that handles kerberos", voice: .keycloak),
    .init(.loginStateLost, "RestartLoginCookie", voice: .keycloak),
    // Caches and replicas.
    .init(
      .cacheTimeout, "ISPN000476", voice: .keycloak,
      like: "ISPN000476: Timed out waiting for responses for request 5 from node-2"),
    .init(
      .cacheTimeout, "ISPN000136", voice: .keycloak,
      like: "ISPN000136: Error executing command PutKeyValueCommand"),
    .init(
      .cacheTimeout, "ISPN000299", voice: .keycloak,
      like: "ISPN000299: Unable to acquire lock after 15 seconds"),
    .init(
      .cacheTimeout, "ISPN000427", voice: .keycloak,
      like: "ISPN000427: Timeout after 240 seconds waiting for acks"),
    .init(.cacheTimeout, "org.infinispan.util.concurrent.TimeoutException", voice: .keycloak),
    .init(.cacheTimeout, "org.infinispan.commons.TimeoutException", voice: .keycloak),
    .init(
      .cacheTimeout, "ISPN000217", voice: .keycloak,
      like: "ISPN000217: Received exception from kc-1, see cause for remote stack trace"),
    .init(
      .cacheTimeout, "ISPN004007", voice: .keycloak,
      like: "ISPN004007: Exception encountered. Retry 10 out of 10"),
    .init(
      .cacheTimeout, "ISPN004071", voice: .keycloak,
      like: "ISPN004071: Connection to server 10.0.0.3:11222 closed while waiting for response"),
    .init(.cacheTimeout, "RemoteCacheStoreException", voice: .keycloak),
    .init(.cacheTimeout, "HotRodClientException", voice: .keycloak),
    .init(
      .cacheTimeout, "org.infinispan.client.hotrod.exceptions.", voice: .keycloak,
      like:
        "Uncaught server error: org.infinispan.client.hotrod.exceptions.TransportException:: io.netty.channel.ConnectTimeoutException: connection timed out after 2000 ms"
    ),
    .init(
      .cacheTimeout, "ISPN004015", voice: .keycloak,
      like: "ISPN004015: Exception encountered, retry 3 of 3: x"),
    .init(
      .clusterNodeLeft, "ISPN100001", about: .wordAfter("Node "), voice: .keycloak,
      like: "ISPN100001: Node keycloak-1-10183 left the cluster"),
    .init(
      .clusterNodeLeft, "ISPN000208", voice: .keycloak,
      like: "ISPN000208: No live owners found for segments {0-255} of cache sessions."),
    .init(
      .clusterNodeLeft, "ISPN000400", about: .wordAfter("Node "), voice: .keycloak,
      like: "ISPN000400: Node keycloak-1-10183 was suspected"),
    .init(
      .clusterSplit, "ISPN000093", about: .numberAfter("] ("), voice: .keycloak,
      like:
        "ISPN000093: Received new, MERGED cluster view for channel ISPN: MergeView::[keycloak-1-10183|5] (3) [a, b, c], 2 subgroups: x"
    ),
    .init(.clusterSplit, "ISPN000314", voice: .keycloak),
    .init(
      .clusterView, "ISPN000094", about: .numberAfter("] ("), voice: .keycloak,
      like:
        "ISPN000094: Received new cluster view for channel ISPN: [node-18077|0] (1) [node-18077]"
    ),
    .init(
      .clusterView, "ISPN100000", about: .wordAfter("Node "), voice: .keycloak,
      like: "ISPN100000: Node keycloak-1 joined the cluster"),
    .init(.clusterNodeLeft, "JGRP000032", voice: .keycloak),
    .init(
      .keysGenerated, "No keys found for realm=", about: .wordAfter("algorithm="), voice: .keycloak,
      like: "No keys found for realm=shop and algorithm=RS256 for use=SIG. Generating keys."),
    // Proxy and host name.
    .init(.nonSecureContext, "Non-secure context detected"),
    .init(.proxyHeadersUnset, "`proxy-headers` unset"),
    .init(.hostnameOptions, "Hostname v1 options", voice: .keycloak),
    .init(.hostnameOptions, "hostname-strict is effectively ignored", voice: .keycloak),
    .init(.hostnameOptions, "Hostname settings: ", voice: .keycloak),
    .init(.hostnameOptions, "Failed to parse realm frontendUrl", voice: .keycloak),
    .init(
      .hostnameOptions, "is configured to use HTTP instead of HTTPS",
      like:
        "WARNING: Likely misconfiguration detected. `hostname` is configured to use HTTP instead of HTTPS"
    ),
    // Starved.
    .init(
      .threadBlocked, "has been blocked for ", about: .number,
      like:
        "Thread Thread[vert.x-eventloop-thread-0,5,main] has been blocked for 3985 ms, time limit is 2000 ms"
    ),
    .init(
      .threadBlocked, "Worker thread pool exhaustion", voice: .keycloak,
      like:
        "Worker thread pool exhaustion, no more worker threads available - returning a `503 - SERVICE UNAVAILABLE` response."
    ),
    .init(
      .threadBlocked, "ARJUNA012117", voice: .keycloak,
      like: "ARJUNA012117: TransactionReaper::check timeout for TX 0:ffff in state RUN"),
    .init(
      .healthDown, "SRHCK01001", voice: .keycloak,
      like: "SRHCK01001: Reporting health down status: {\"status\":\"DOWN\"}"),
    // Errors of one request.
    .init(
      .keycloakClientAuthCrashed, "KC-SERVICES0015",
      like: "KC-SERVICES0015: Unexpected error when authenticating client"),
    .init(
      .keycloakLoginCrashed, "KC-SERVICES0013", ": java.lang.",
      like:
        "KC-SERVICES0013: Failed authentication: java.lang.NullPointerException: Cannot invoke \"x\""
    ),
    .init(
      .directoryUnavailable, "KC-SERVICES0013", "LDAP Query failed", voice: .keycloak,
      like:
        "KC-SERVICES0013: Failed authentication: org.keycloak.models.ModelException: LDAP Query failed"
    ),
    .init(
      .keycloakLoginCrashed, "KC-SERVICES0013: Failed authentication: org.keycloak.models.",
      voice: .keycloak,
      like: "KC-SERVICES0013: Failed authentication: org.keycloak.models.ModelException: x"),
    .init(
      .keycloakClientAssertion, "KC-SERVICES0025", voice: .keycloak,
      like: "KC-SERVICES0025: Error when validating client assertion"),
    .init(
      .keycloakCallerGone, "Uncaught server error", "HttpClosedException", voice: .keycloak,
      like:
        "Uncaught server error: java.io.IOException: io.vertx.core.http.HttpClosedException: Connection was closed"
    ),
    .init(
      .keycloakCallerGone, "Uncaught server error", "ClosedChannelException", voice: .keycloak),
    .init(.keycloakCallerGone, "Uncaught server error", "Broken pipe", voice: .keycloak),
    .init(.keycloakUncaught, "Uncaught server error", voice: .keycloak),
    .init(.keycloakUncaught, "UT005023: Exception handling request", voice: .keycloak),
    .init(
      .invalidRequest, "KC-SERVICES0092", like: "KC-SERVICES0092: Missing parameter: response_type"),
    .init(
      .invalidRequest, "KC-SERVICES0093",
      like: "KC-SERVICES0093: Invalid parameter value for: scope"),
    .init(.invalidRequest, "KC-SERVICES0094"),
    .init(.invalidRequest, "KC-SERVICES0097"),
  ]

  /// Why Active Directory refused a bind: of the user, or of the account that asks for users.
  static let directoryCodes: [MessageSignature] = [
    .init(.userInvalidCredentials, ", data 52e, ", "LDAP: error code 49"),
    .init(.userInvalidCredentials, ", data 525, ", "LDAP: error code 49"),
    .init(.userActionRequired, ", data 532, ", "LDAP: error code 49"),
    .init(.userActionRequired, ", data 773, ", "LDAP: error code 49"),
    .init(.userDisabled, ", data 533, ", "LDAP: error code 49"),
    .init(.userDisabled, ", data 701, ", "LDAP: error code 49"),
    .init(.userLocked, ", data 775, ", "LDAP: error code 49"),
  ]

  /// Checks of bearer tokens (DEBUG): the only trace of a 401 of the Admin and Account REST
  /// interfaces, and the reason behind an inactive introspection.
  static let keycloakChecks: [MessageSignature] = [
    .init(
      .tokenExpired, "Token is not active",
      like: "Failed to verify identity token: Token is not active"),
    .init(.tokenExpired, "Identity cookie expired", voice: .keycloak),
    .init(
      .tokenInactive, "JWT check failed for check", voice: .keycloak,
      like: "JWT check failed for check TokenRevocationCheck"),
    .init(.tokenRefused, "Failed to verify identity token", voice: .keycloak),
    .init(.tokenRefused, "JWT check failed", voice: .keycloak),
    .init(.tokenRefused, "KC-SERVICES0045", voice: .keycloak),
    .init(
      .tokenRefused, "Token not valid", voice: .keycloak),
    .init(.callClientRefused, "KC-SERVICES0014", voice: .keycloak),
    .init(.tokenMissing, "No bearer token", voice: .keycloak),
  ]
}
