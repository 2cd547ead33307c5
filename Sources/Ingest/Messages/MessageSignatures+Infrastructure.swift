internal import Evidence

/// Texts of edges, of the systems beside Keycloak and of the cluster. Edge formats read their own
/// lines; these rows are for fragments of them and for the same words inside other logs.
extension MessageSignatures {
  static let edge: [MessageSignature] = [
    .init(.upstreamHeaderTooBig, "upstream sent too big header"),
    .init(
      .authRequestUnexpectedStatus, "auth request unexpected status",
      about: .numberAfter("status: "),
      like: "auth request unexpected status: 502 while sending to client"),
    .init(
      .upstreamRefused, "connect() failed (111", voice: .others,
      like: "connect() failed (111: Connection refused) while connecting to upstream"),
    .init(
      .upstreamRefused, "failed (99: Cannot assign requested address) while connecting to upstream",
      voice: .others),
    .init(
      .upstreamUnreachable, "failed (113: ", "while connecting to upstream", voice: .others,
      like: "connect() failed (113: No route to host) while connecting to upstream"),
    .init(
      .upstreamRefused, "failed (111: ", "while connecting to upstream", voice: .others,
      like: "connect() failed (111: Connection refused) while connecting to upstream"),
    .init(
      .upstreamUnreachable, "connect() failed (113", voice: .others,
      like: "connect() failed (113: Host is unreachable) while connecting to upstream"),
    .init(.upstreamConnectTimedOut, "connect() failed (110", voice: .others),
    .init(
      .upstreamConnectTimedOut, "upstream timed out", "while connecting to upstream",
      voice: .others,
      like: "upstream timed out (110: Operation timed out) while connecting to upstream"),
    .init(
      .upstreamTimedOut, "upstream timed out (110", voice: .others,
      like:
        "upstream timed out (110: Operation timed out) while reading response header from upstream"),
    .init(.upstreamClosed, "upstream prematurely closed connection", voice: .others),
    .init(.noLiveUpstream, "no live upstreams while connecting to upstream", voice: .others),
    .init(.noLiveUpstream, "no healthy upstream", caseless: true),
    .init(.noLiveUpstream, "no_healthy_upstream"),
    .init(.noLiveUpstream, "no healthy host for HTTP connection pool"),
    .init(.upstreamTLSVerify, "upstream SSL certificate verify error", voice: .others),
    .init(.upstreamTLSFailed, "SSL_do_handshake() failed", "upstream", voice: .others),
    .init(.clientTLSFailed, "SSL_do_handshake() failed", voice: .others),
    .init(
      .upstreamNameNotFound, "host not found in upstream", about: .quoted,
      like: "host not found in upstream \"auth\" in /etc/nginx/nginx.conf:130"),
    .init(
      .upstreamNameNotFound, "could not be resolved (3", about: .none,
      like: "keycloak.example could not be resolved (3: Host not found)"),
    .init(
      .upstreamNameFailed, "could not be resolved (",
      like: "keycloak.example could not be resolved (2: Server failure)"),
    .init(
      .upstreamNameNotFound, "dns server error: 3", voice: .others,
      like:
        "balancers.lua:342: getPeer(): DNS resolution failed: dns server error: 3 name error. Tried: [x]"
    ),
    .init(
      .upstreamNameFailed, "DNS resolution failed: ", voice: .others,
      like:
        "balancers.lua:342: getPeer(): DNS resolution failed: dns server error: 2 server failure. Tried: [x]"
    ),
    // APISIX and other programs over lua-resty-dns.
    .init(
      .upstreamNameNotFound, "failed to query the DNS server: ", "dns client error: 101",
      voice: .others,
      like: "failed to query the DNS server: dns client error: 101 empty record received"),
    .init(
      .upstreamNameNotFound, "server returned error code: 3: name error", voice: .others,
      like:
        "parse_domain(): failed to parse domain: kc, error: server returned error code: 3: name error"
    ),
    .init(
      .upstreamNameFailed, "failed to query the DNS server: ", voice: .others,
      like:
        "failed to query the DNS server: failed to receive reply from UDP server 10.96.0.10:53: timeout"
    ),
    .init(
      .upstreamNameFailed, "failed to parse domain: ", "server returned error code: ",
      voice: .others,
      like: "failed to parse domain: kc, error: server returned error code: 2: server failure"),
    .init(.requestHeaderTooLarge, "Request Header Or Cookie Too Large"),
    .init(
      .requestHeaderTooLarge, "limit request headers fields size",
      like: "Invalid request from ip=10.0.0.3: limit request headers fields size"),
    .init(.requestHeaderTooLarge, "client sent too long header line"),
    .init(.requestHeaderTooLarge, "Request Header Fields Too Large"),
    .init(.requestHeaderTooLarge, "Request header is too large"),
    .init(.requestHeaderTooLarge, "AH00561"),
    .init(.requestHeaderTooLarge, "Header size exceeded max allowed size"),
    .init(
      .requestHeaderTooLarge,
      "Multiple cookies are required for this session as it exceeds the 4kb cookie limit"),
    .init(.plainToTLSPort, "plain HTTP request was sent to HTTPS port"),
    .init(.invalidHeaderDropped, "client sent invalid header line"),
    .init(.basicMissing, "no user/password was provided for basic authentication"),
    .init(
      .basicUserNotFound, "was not found in \"", "user \"",
      like: "user \"bob\" was not found in \"/etc/nginx/auth\""),
    .init(.basicPasswordMismatch, ": password mismatch", like: "user \"bob\": password mismatch"),
    .init(.accessRuleDenied, "access forbidden by rule"),
    // A dropped answer that a port is closed: whatever was asked there arrived.
    .init(.other, "DROPPED (ICMPv4 DestinationUnreachable"),
    .init(.other, "DROPPED (ICMPv6 DestinationUnreachable"),
    .init(.policyDenied, "POLICY_DENIED"),
    .init(.policyDenied, "Policy denied DROPPED", caseless: true),
  ]

  static let infrastructure: [MessageSignature] = [
    // PostgreSQL's own log.
    .init(.databaseStopped, "database system is shut down"),
    .init(.databaseStopped, "received fast shutdown request"),
    .init(.databaseStopped, "received smart shutdown request"),
    .init(.databaseStopped, "received immediate shutdown request"),
    .init(.databaseStarted, "database system is ready to accept connections"),
    .init(.databaseRefusedClient, "FATAL:  terminating connection due to administrator command"),
    .init(.databaseRefusedClient, "sorry, too many clients already"),
    .init(.databaseRefusedClient, "remaining connection slots are reserved"),
    .init(.databaseRefusedClient, "password authentication failed for user"),
    .init(.databaseRefusedClient, "FATAL:  the database system is"),
    // OpenLDAP's own log.
    .init(.directoryStopped, "slapd stopped"),
    .init(.directoryStopped, "daemon: shutdown requested and initiated"),
    .init(.directoryStarted, "slapd starting"),
    // Kubernetes.
    .init(.probeFailed, "Readiness probe failed"),
    .init(.probeFailed, "Liveness probe failed"),
    .init(.probeFailed, "Startup probe failed"),
    .init(.containerKilled, "OOMKilled"),
    .init(.containerKilled, "OOMKilling"),
    .init(.containerKilled, "Back-off restarting failed container"),
    .init(
      .containerKilled, "Stopping container", about: .word, like: "Stopping container keycloak"),
    .init(.noEndpoints, "does not have any active Endpoint"),
    .init(.outOfMemory, "JavaScript heap out of memory"),
    // Application servers.
    .init(
      .applicationStarted, "Listening at: http", like: "Listening at: http://0.0.0.0:8080 (6354)"),
    .init(.applicationStarted, "Serving on http", like: "Serving on http://0.0.0.0:8080"),
    .init(.applicationStarted, "Uvicorn running on"),
    .init(.applicationStarted, "Tomcat started on port"),
    .init(.applicationStarted, "Serving Flask app", like: " * Serving Flask app 'orders'"),
    .init(.applicationStarted, "* Running on http", like: " * Running on http://10.0.0.1:8080"),
    .init(.applicationStarted, "Starting gunicorn"),
    .init(.applicationStarted, "(powered by Quarkus", "started in", voice: .others),
    .init(.applicationStopped, "Handling signal: term"),
    .init(.applicationStopped, "Commencing graceful shutdown"),
    .init(.applicationStopped, "Application shutdown complete"),
    .init(.settingsWrong, "invalid configuration:", voice: .others),
  ]
}
