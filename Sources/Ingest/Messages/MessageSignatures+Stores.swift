internal import Evidence

/// What Keycloak stands on, in the words of further drivers and eras: Oracle, SQL Server, MariaDB and H2 below
/// it, directories, Infinispan and JGroups between its replicas; and name servers asked by hand.
extension MessageSignatures {
  static let stores: [MessageSignature] = drivers + directories + replicas + lookups

  private static let drivers: [MessageSignature] = [
    .init(
      .databasePoolExhausted, "ORA-12516", like: "ORA-12516: TNS:listener could not find handler"),
    .init(
      .databasePoolExhausted, "ORA-12519", like: "ORA-12519: TNS:no appropriate service handler"),
    .init(
      .databasePoolExhausted, "ORA-12520", like: "ORA-12520: TNS:listener could not find handler"),
    .init(
      .databasePoolExhausted, "ORA-00018", like: "ORA-00018: maximum number of sessions exceeded"),
    .init(
      .databasePoolExhausted, "ORA-00020", like: "ORA-00020: maximum number of processes exceeded"),
    .init(
      .databasePoolExhausted, "Data source rejected establishment of connection",
      "Too many connections",
      like:
        "Data source rejected establishment of connection, message from server: Too many connections"
    ),
    .init(.databaseUnreachable, "ORA-12541", like: "ORA-12541: TNS:no listener"),
    .init(.databaseUnreachable, "ORA-12514", like: "ORA-12514: listener does not know of service"),
    .init(.databaseUnreachable, "ORA-12505", like: "ORA-12505: listener does not know of SID"),
    .init(.databaseUnreachable, "ORA-12170", like: "ORA-12170: TNS:Connect timeout occurred"),
    .init(.databaseUnreachable, "ORA-12154", like: "ORA-12154: could not resolve the identifier"),
    .init(.databaseUnreachable, "ORA-01017", like: "ORA-01017: invalid username/password"),
    .init(.databaseUnreachable, "ORA-01033", like: "ORA-01033: initialization in progress"),
    .init(.databaseUnreachable, "ORA-01034", like: "ORA-01034: ORACLE not available"),
    .init(
      .databaseUnreachable, "ORA-03113", like: "ORA-03113: end-of-file on communication channel"),
    .init(.databaseUnreachable, "ORA-17002", like: "ORA-17002: I/O error"),
    .init(.databaseUnreachable, "The Network Adapter could not establish the connection"),
    .init(
      .databaseUnreachable, "The TCP/IP connection to the host ", "has failed",
      like: "SQLServerException: The TCP/IP connection to the host db, port 1433 has failed."),
    .init(
      .databaseUnreachable, "SQLServerException: Login failed for user",
      like: "SQLServerException: Login failed for user 'keycloak'."),
    .init(.databaseUnreachable, "SQLServerException: Cannot open database"),
    .init(.databaseUnreachable, "Socket fail to connect to host"),
    .init(.databaseUnreachable, "Could not connect to address="),
    .init(.databaseUnreachable, "CommunicationsException: Communications link failure"),
    .init(
      .databaseUnreachable, "Connection is broken: \"",
      like: "Connection is broken: \"session closed\""),
    .init(.databaseUnreachable, "Database may be already in use"),
    .init(.databaseUnreachable, "No operations allowed after connection closed"),
    .init(.databaseUnreachable, "no pg_hba.conf entry for host"),
    .init(
      .databaseUnreachable, "FATAL: database \"", "does not exist",
      like: "FATAL: database \"keycloak\" does not exist"),
    .init(
      .databaseUnreachable, "database \"keycloak", "\" does not exist",
      like: "database \"keycloak\" does not exist"),
    .init(
      .databaseError, "could not extend file", "No space left on device",
      like: "ERROR: could not extend file \"base/16384/2619\": No space left on device"),
    .init(
      .databaseError, "PSQLException: ERROR: canceling statement due to",
      like: "PSQLException: ERROR: canceling statement due to lock timeout"),
    .init(.databaseError, "ERROR: deadlock detected", voice: .keycloak),
    .init(
      .databaseUnreachable, "cannot execute ", "in a read-only transaction",
      like: "PSQLException: ERROR: cannot execute UPDATE in a read-only transaction"),
    .init(.databaseUnreachable, "Unable to find a valid database connection", voice: .keycloak),
  ]

  private static let directories: [MessageSignature] = [
    .init(.directoryUnavailable, "LDAP: error code 51", like: "[LDAP: error code 51 - Busy]"),
    .init(
      .directoryUnavailable, "LDAP: error code 52", like: "[LDAP: error code 52 - Unavailable]"),
    .init(.directoryUnavailable, "LDAP: error code 80", like: "[LDAP: error code 80 - Other]"),
    .init(
      .directoryUnavailable, "LDAP: error code 81", like: "[LDAP: error code 81 - Server Down]"),
    .init(.directoryUnavailable, "simple bind failed: "),
    .init(.directoryUnavailable, "LDAP connection has been closed"),
    .init(.directoryUnavailable, "Error when trying to connect to LDAP"),
    .init(.directoryUnavailable, "Could not create LDAP context"),
  ]

  private static let replicas: [MessageSignature] = [
    .init(
      .clusterSplit, "becoming singleton", like: "too many JOIN attempts (10): becoming singleton"),
    .init(
      .clusterSplit, "JGRP000012", like: "JGRP000012: discarded message from different cluster"),
    .init(.cacheTimeout, "ISPN000306", like: "ISPN000306: Key 'x' is not available."),
    .init(.cacheTimeout, "ISPN000285", like: "ISPN000285: Failed to request segments"),
    .init(.cacheTimeout, "ISPN000286", like: "ISPN000286: Issue when retrieving cluster listeners"),
    .init(.cacheTimeout, "ISPN000071", like: "ISPN000071: Caught exception when handling command"),
    .init(
      .keycloakUncaught, "does not accept new invocations", voice: .keycloak,
      like: "ISPN000324: Cache 'a' is in 'STOPPING' state, so it does not accept new invocations"
    ),
    .init(.cacheTimeout, "SuspectException"),
    .init(.cacheTimeout, "org.infinispan.partitionhandling.AvailabilityException"),
    .init(
      .cacheTimeout, "timed out (after ", "JOIN(",
      like: "JOIN(a) sent to b timed out (after 3000 ms)"),
    .init(
      .clusterNodeLeft, "ISPN000312", like: "ISPN000312: Lost data because of graceful leaver x"),
    .init(
      .clusterNodeLeft, "ISPN000313", like: "ISPN000313: Lost data because of abrupt leavers [x]"),
    .init(.clusterNodeLeft, "JGRP000011", like: "JGRP000011: dropped message from non-member x"),
  ]

  private static let lookups: [MessageSignature] = [
    .init(
      .callNameTemporary, "no servers could be reached",
      like: ";; connection timed out; no servers could be reached"),
    .init(
      .callNameNotFound, "bad address '", about: .quoted, like: "wget: bad address 'kc:8080'"),
    .init(.callNameNotFound, "nslookup: can't resolve", like: "nslookup: can't resolve 'keycloak'"),
    .init(.callNameTemporary, "getaddrinfo: Try again", voice: .others),
    .init(.upstreamTimedOut, "upstream request timeout", voice: .others),
    .init(
      .upstreamClosed, "AH01102", voice: .others,
      like: "AH01102: error reading status line from remote server kc:8080"),
    .init(.pathNotFound, "default backend - 404"),
    // Terraform's provider, and what wraps it: the status is the answer, whatever the body says.
    .init(
      .accessForbidden, "/admin/", ": 403 Forbidden. Response body:",
      like: "error sending GET request to /admin/serverinfo: 403 Forbidden. Response body: x"),
    .init(.pathNotFound, "404 page not found"),
    // An edge that looks for Keycloak's pages among its own files.
    .init(
      .pathNotFound, "open() \"", "/realms/", "failed (2: ",
      like: "open() \"/etc/nginx/html/realms/a/x\" failed (2: No such file or directory)"),
    .init(.pathNotFound, "no Route matched with those values"),
    .init(
      .requestHeaderTooLarge, "TooLongFrameException", "eader",
      like: "io.netty.handler.codec.TooLongFrameException: HTTP header is larger than 8192 bytes."),
    .init(
      .callWrongURL, "Expecting value: line 1 column 1 (char 0)", voice: .others,
      like: "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)"),
    .init(.pathNotFound, "No mapping for ", like: "No mapping for GET /auth/realms"),
    .init(.callHTTPError, "<title>502 Bad Gateway", about: .fixed("502"), voice: .others),
    .init(.callHTTPError, "<h1>502 Bad Gateway", about: .fixed("502"), voice: .others),
    .init(.callHTTPError, "<title>503 Service", about: .fixed("503"), voice: .others),
    .init(.callHTTPError, "<h1>503 Service", about: .fixed("503"), voice: .others),
    .init(.callHTTPError, "<title>504 Gateway", about: .fixed("504"), voice: .others),
    .init(.callHTTPError, "<h1>504 Gateway", about: .fixed("504"), voice: .others),
    .init(
      .callHTTPError, "No server is available to handle this request", about: .fixed("503"),
      voice: .others, caseless: true),
    .init(
      .callHTTPError, "The server is temporarily unable to service your request",
      about: .fixed("503"), voice: .others),
  ]
}
