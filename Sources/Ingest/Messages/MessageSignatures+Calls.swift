internal import Evidence

/// Why a call to Keycloak (keys, discovery, introspection, userinfo, token) failed. Heard in
/// everybody's log but Keycloak's own, whose calls go elsewhere.
extension MessageSignatures {
  /// The reason given by the operating system, the TLS library or the HTTP client.
  static let callReasons: [MessageSignature] = [
    // Name resolution: temporary failures first, their texts share words with the permanent ones.
    .init(
      .callNameTemporary, "Temporary failure in name resolution", voice: .others,
      like: "<urlopen error [Errno -3] Temporary failure in name resolution>"),
    .init(.callNameTemporary, "[Errno -3]", voice: .others),
    .init(
      .callNameTemporary, "EAI_AGAIN", about: .wordAfter("EAI_AGAIN "), voice: .others,
      like: "getaddrinfo EAI_AGAIN keycloak.example.org"),
    .init(
      .callNameTemporary, "server misbehaving", about: .wordAfter("lookup "), voice: .others,
      like: "dial tcp: lookup keycloak on 10.96.0.10:53: server misbehaving"),
    .init(
      .callNameTemporary, "i/o timeout", "lookup ", about: .wordAfter("lookup "), voice: .others,
      like: "dial tcp: lookup kc on 10.96.0.10:53: read udp 10.0.0.1:53: i/o timeout"),
    .init(.callNameTemporary, "SERVFAIL", voice: .others, like: "lookup failed: SERVFAIL"),
    .init(
      .callNameNotFound, "Name or service not known", voice: .others,
      like: "<urlopen error [Errno -2] Name or service not known>"),
    .init(.callNameNotFound, "[Errno -2]", voice: .others),
    .init(
      .callNameNotFound, "Name does not resolve", voice: .others,
      like: "[Errno -2] Name does not resolve"),
    .init(
      .callNameNotFound, "No address associated with hostname", voice: .others,
      like: "[Errno -5] No address associated with hostname"),
    .init(
      .callNameNotFound, "nodename nor servname provided", voice: .others,
      like: "[Errno 8] nodename nor servname provided, or not known"),
    .init(
      .callNameNotFound, "UnknownHostException", about: .wordAfter("UnknownHostException: "),
      voice: .others, like: "java.net.UnknownHostException: keycloak.example.org"),
    .init(
      .callNameNotFound, "UnresolvedAddressException", voice: .others,
      like: "java.nio.channels.UnresolvedAddressException"),
    .init(
      .callNameNotFound, "ENOTFOUND", about: .wordAfter("ENOTFOUND "), voice: .others,
      like: "getaddrinfo ENOTFOUND keycloak.example.org"),
    .init(
      .callNameNotFound, "no such host", about: .wordAfter("lookup "), voice: .others,
      like: "dial tcp: lookup keycloak on 10.96.0.10:53: no such host"),
    .init(.callNameNotFound, "NXDOMAIN", voice: .others, like: "resolving failed: NXDOMAIN"),
    .init(
      .callNameNotFound, "Could not resolve host", about: .wordAfter("Could not resolve host: "),
      voice: .others, like: "curl: (6) Could not resolve host: keycloak"),
    .init(
      .callNameNotFound, "No such host is known", voice: .others,
      like: "No such host is known. (keycloak:8080)"),
    .init(
      .callNameNotFound, "NameResolutionError", voice: .others,
      like: "NameResolutionError(\"Failed to resolve 'keycloak'\")"),
    // Certificates.
    .init(
      .callUntrustedCertificate, "PKIX path building failed", voice: .others,
      like: "PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException"
    ),
    .init(.callUntrustedCertificate, "PKIX path validation failed", voice: .others),
    .init(
      .callUntrustedCertificate, "unable to find valid certification path to requested target",
      voice: .others),
    .init(
      .callUntrustedCertificate, "CERTIFICATE_VERIFY_FAILED", voice: .others,
      like: "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self signed certificate"),
    .init(
      .callUntrustedCertificate, "certificate verify failed", voice: .others,
      like: "SSL_connect returned=1 errno=0 state=error: certificate verify failed"),
    .init(
      .callUntrustedCertificate, "x509: ", voice: .others,
      like: "tls: failed to verify certificate: x509: certificate signed by unknown authority"),
    .init(
      .callUntrustedCertificate, "unable to verify the first certificate", voice: .others),
    .init(
      .callUntrustedCertificate, "UNABLE_TO_VERIFY_LEAF_SIGNATURE", voice: .others),
    .init(.callUntrustedCertificate, "UNABLE_TO_GET_ISSUER_CERT", voice: .others),
    .init(.callUntrustedCertificate, "SELF_SIGNED_CERT_IN_CHAIN", voice: .others),
    .init(.callUntrustedCertificate, "DEPTH_ZERO_SELF_SIGNED_CERT", voice: .others),
    .init(.callUntrustedCertificate, "CERT_HAS_EXPIRED", voice: .others),
    .init(.callUntrustedCertificate, "ERR_TLS_CERT_ALTNAME_INVALID", voice: .others),
    .init(
      .callUntrustedCertificate, "self signed certificate", voice: .others,
      like: "self signed certificate in certificate chain"),
    .init(.callUntrustedCertificate, "self-signed certificate", voice: .others),
    .init(
      .callUntrustedCertificate, "No subject alternative", voice: .others,
      like: "CertificateException: No subject alternative DNS name matching keycloak found"),
    .init(
      .callUntrustedCertificate, "The remote certificate is invalid", voice: .others,
      like: "The remote certificate is invalid because of errors in the certificate chain"),
    // Other TLS.
    .init(
      .callTLS, "WRONG_VERSION_NUMBER", voice: .others,
      like: "[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)"),
    .init(
      .callTLS, "wrong version number", voice: .others,
      like: "error:0A00010B:SSL routines::wrong version number"),
    .init(
      .callTLS, "server gave HTTP response to HTTPS client", voice: .others,
      like: "http: server gave HTTP response to HTTPS client"),
    .init(
      .callTLS, "first record does not look like a TLS handshake", voice: .others,
      like: "tls: first record does not look like a TLS handshake"),
    .init(
      .callTLS, "Unsupported or unrecognized SSL message", voice: .others,
      like: "javax.net.ssl.SSLException: Unsupported or unrecognized SSL message"),
    .init(
      .callTLS, "handshake_failure", voice: .others,
      like: "Received fatal alert: handshake_failure"),
    .init(
      .callTLS, "SSLHandshakeException", voice: .others,
      like: "javax.net.ssl.SSLHandshakeException: Remote host terminated the handshake"),
    .init(.callTLS, "SSLV3_ALERT", voice: .others, like: "[SSL: SSLV3_ALERT_HANDSHAKE_FAILURE]"),
    .init(.callTLS, "TLSV1_ALERT", voice: .others, like: "[SSL: TLSV1_ALERT_INTERNAL_ERROR]"),
    .init(
      .callTLS, "remote error: tls:", voice: .others, like: "remote error: tls: internal error"),
    .init(
      .callTLS, "The SSL connection could not be established", voice: .others),
    .init(.callTLS, "EPROTO", voice: .others, like: "write EPROTO 140:error:1408F10B"),
    // Refused, unreachable.
    .init(
      .callUnreachable, "No route to host", voice: .others, caseless: true,
      like: "<urlopen error [Errno 113] No route to host>"),
    .init(.callUnreachable, "[Errno 113]", voice: .others),
    .init(
      .callUnreachable, "EHOSTUNREACH", voice: .others,
      like: "connect EHOSTUNREACH 10.96.5.5:8080"),
    .init(
      .callUnreachable, "Host is unreachable", voice: .others,
      like: "java.net.ConnectException: Host is unreachable"),
    .init(.callUnreachable, "NoRouteToHostException", voice: .others),
    .init(
      .callUnreachable, "ENETUNREACH", voice: .others, like: "connect ENETUNREACH 10.96.5.5:8080"),
    .init(
      .callUnreachable, "Network is unreachable", voice: .others, caseless: true,
      like: "[Errno 101] Network is unreachable"),
    .init(
      .callRefused, "Connection refused", voice: .others, caseless: true,
      like: "<urlopen error [Errno 111] Connection refused>"),
    .init(.callRefused, "[Errno 111]", voice: .others),
    .init(
      .callRefused, "ECONNREFUSED", voice: .others, like: "connect ECONNREFUSED 10.96.5.5:8080"),
    .init(
      .callRefused, "actively refused it", voice: .others,
      like: "No connection could be made because the target machine actively refused it."),
    // Timed out: `connect` or `read` where the text says which.
    .init(
      .callTimedOut, "ConnectTimeoutError", about: .fixed("connect"), voice: .others,
      like:
        "Caused by ConnectTimeoutError(<HTTPConnection(host='kc', port=8080)>, 'Connection to kc timed out. (connect timeout=2)')"
    ),
    .init(
      .callTimedOut, "Connect timed out", about: .fixed("connect"), voice: .others,
      caseless: true, like: "I/O error on GET request for \"http://kc/certs\": Connect timed out"),
    .init(
      .callTimedOut, "Connection timed out", about: .fixed("connect"), voice: .others,
      caseless: true, like: "java.net.ConnectException: Connection timed out"),
    .init(
      .callTimedOut, "connection timed out", about: .fixed("connect"), voice: .others,
      like: "io.netty.channel.ConnectTimeoutException: connection timed out: kc/10.0.0.1:80"),
    .init(
      .callTimedOut, "ConnectTimeoutException", about: .fixed("connect"), voice: .others),
    .init(
      .callTimedOut, "HttpConnectTimeoutException", about: .fixed("connect"), voice: .others),
    .init(
      .callTimedOut, "connect timeout=", about: .fixed("connect"), voice: .others,
      like: "Connection to kc timed out. (connect timeout=2)"),
    .init(
      .callTimedOut, "ETIMEDOUT", about: .fixed("connect"), voice: .others,
      like: "connect ETIMEDOUT 10.96.5.5:8080"),
    .init(
      .callTimedOut, "i/o timeout", about: .fixed("connect"), voice: .others,
      like: "dial tcp 10.96.5.5:8080: i/o timeout"),
    .init(
      .callTimedOut, "Client.Timeout exceeded while awaiting headers", voice: .others,
      like: "context deadline exceeded (Client.Timeout exceeded while awaiting headers)"),
    .init(
      .callTimedOut, "while waiting for connection", about: .fixed("connect"), voice: .others,
      like: "net/http: request canceled while waiting for connection"),
    .init(
      .callTimedOut, "Read timed out", about: .fixed("read"), voice: .others,
      like: "HTTPConnectionPool(host='kc', port=8080): Read timed out. (read timeout=2)"),
    .init(.callTimedOut, "ReadTimeoutError", about: .fixed("read"), voice: .others),
    .init(.callTimedOut, "ReadTimeoutException", about: .fixed("read"), voice: .others),
    .init(
      .callTimedOut, "The read operation timed out", about: .fixed("read"), voice: .others),
    .init(.callTimedOut, "SocketTimeoutException", voice: .others),
    .init(.callTimedOut, "HttpTimeoutException", voice: .others),
    .init(
      .callTimedOut, "context deadline exceeded", voice: .others,
      like: "Get \"https://sso.example.org/jwks\": context deadline exceeded"),
    .init(
      .callTimedOut, "urlopen error timed out", voice: .others, like: "<urlopen error timed out>"),
    .init(
      .callTimedOut, "HttpClient.Timeout", voice: .others,
      like: "The request was canceled due to the configured HttpClient.Timeout of 100 seconds"),
    .init(.callTimedOut, "The operation was aborted due to timeout", voice: .others),
    .init(
      .callTimedOut, "outgoing request timed out after", voice: .others,
      like: "outgoing request timed out after 3500ms"),
    .init(
      .callTimedOut, "Operation timed out", voice: .others, caseless: true,
      like: "curl: (28) Operation timed out after 5000 milliseconds"),
    // lua-resty-openidc.
    .init(
      .callTimedOut, " failed: timeout", "accessing ", voice: .others,
      like: "accessing introspection endpoint (http://kc/introspect) failed: timeout"),
    .init(
      .callRefused, " failed: connection refused", "accessing ", voice: .others,
      like: "accessing jwks url (http://kc/certs) failed: connection refused"),
    .init(
      .callTimedOut, "timed out", "Fail to fetch data from the url", voice: .others,
      like: "Fail to fetch data from the url, err: \"timed out\""),
    // Reset.
    .init(
      .callReset, "Connection reset by peer", voice: .others,
      like: "[Errno 104] Connection reset by peer"),
    .init(.callReset, "ECONNRESET", voice: .others, like: "read ECONNRESET"),
    .init(
      .callReset, "connection reset by peer", voice: .others,
      like: "read tcp 10.0.0.1:5000->10.0.0.2:8080: read: connection reset by peer"),
    .init(
      .callReset, "java.net.SocketException: Connection reset", voice: .others),
    .init(
      .callReset, "\": Connection reset", "I/O error on ", voice: .others,
      like: "I/O error on POST request for \"http://kc/introspect\": Connection reset"),
    .init(
      .callReset, "RemoteDisconnected", voice: .others,
      like: "RemoteDisconnected('Remote end closed connection without response')"),
    .init(.callReset, "socket hang up", voice: .others, like: "Error: socket hang up"),
  ]

  /// Calls that failed without a reason of the layers below in the same text.
  static let callsInGeneral: [MessageSignature] = [
    .init(
      .callIssuerDiffers, "did not match the requested issuer", about: .quotedAfter("The Issuer "),
      like:
        "The Issuer \"http://a/realms/x\" provided in the configuration did not match the requested issuer \"http://b/realms/x\""
    ),
    .init(
      .callIssuerDiffers, "did not match the issuer returned by provider",
      about: .quotedAfter("got "),
      like: "oidc: issuer did not match the issuer returned by provider, expected \"A\" got \"B\""),
    .init(
      .callIssuerDiffers, "in id_token is not equal to the issuer from the discovery document",
      about: .quotedAfter("issuer "),
      like: "issuer \"A\" in id_token is not equal to the issuer from the discovery document \"B\""
    ),
    .init(.callWrongURL, "Missing required \"keys\" member"),
    .init(.callWrongURL, "Malformed Jwk set", caseless: true),
    .init(.callWrongURL, "unsupported protocol scheme \"\""),
    .init(
      .callWrongURL, "unknown url type", like: "ValueError: unknown url type: 'keycloak/certs'"),
    .init(
      .callWrongURL, "no Host in request URL", like: "Get \"http:///certs\": no Host in request URL"
    ),
    .init(
      .callWrongURL, "invalid character '<' looking for beginning of value",
      like:
        "oidc: failed to decode provider discovery object: invalid character '<' looking for beginning of value"
    ),
    .init(.callWrongURL, "Unexpected token < in JSON at position 0"),
    .init(.callWrongURL, "Unexpected token '<'", like: "Unexpected token '<', \"<!DOCTYPE \"..."),
    .init(
      .callHTTPError, "HTTP Error ", about: .number, voice: .others,
      like: "Fail to fetch data from the url, err: \"HTTP Error 503: Service Unavailable\""),
    .init(
      .callHTTPError, "unexpected status \"", about: .number, voice: .others,
      like: "failed to discover OIDC configuration: unexpected status \"502\": bad gateway"),
    .init(
      .callHTTPError, "oidc: get keys failed: ", about: .number, voice: .others,
      like: "fetching keys oidc: get keys failed: 503 Service Unavailable"),
    .init(
      .callHTTPError, "Server returned HTTP response code: ", about: .number, voice: .others,
      like: "java.io.IOException: Server returned HTTP response code: 503 for URL: http://kc/certs"
    ),
    .init(
      .callHTTPError, "Request failed with status code ", about: .number, voice: .others,
      like: "AxiosError: Request failed with status code 503"),
    .init(
      .callHTTPError, "response indicates failure, status=", about: .number, voice: .others,
      like: "response indicates failure, status=401, body={}"),
    .init(
      .callHTTPError, "Response status code does not indicate success: ", about: .number,
      voice: .others,
      like: "Response status code does not indicate success: 503 (Service Unavailable)."),
    .init(
      .callHTTPError, "status from server: ", about: .number, voice: .others,
      like: "status from server: 401"),
    .init(
      .callHTTPError, "expected 200 OK, got: ", about: .number, voice: .others,
      like: "OPError: expected 200 OK, got: 503 Service Unavailable"),
    // The key set or the discovery document could not be had; why is not said.
    .init(.keysUnavailable, "Jwks remote fetch is failed"),
    .init(.keysUnavailable, "Jwks_remote_fetch_is_failed"),
    .init(.keysUnavailable, "using a fake JWKS"),
    .init(
      .keysUnavailable, "Failed to fetch public key from", about: .quoted,
      like: "Failed to fetch public key from \"https://sso.example.org/jwks\": unexpected EOF"),
    .init(
      .keysUnavailable, "oidc: authenticator not initialized",
      like: "[invalid bearer token, oidc: authenticator not initialized]"),
    .init(
      .keysUnavailable, "oidc: authenticator for issuer", about: .quoted,
      like: "oidc: authenticator for issuer \"https://sso.example.org\" is not initialized"),
    .init(
      .keysUnavailable, "oidc authenticator: initializing plugin",
      like: "oidc authenticator: initializing plugin: EOF"),
    .init(.keysUnavailable, "Failed to lazily resolve the supplied JwtDecoder"),
    .init(
      .keysUnavailable, "Unable to resolve the Configuration with the provided Issuer of",
      about: .quoted,
      like: "Unable to resolve the Configuration with the provided Issuer of \"http://kc/realms/x\""
    ),
    .init(.keysUnavailable, "Unable to get public key for issuer"),
    .init(.keysUnavailable, "failed to load public key"),
    .init(.keysUnavailable, "Error when sending request to retrieve realm keys"),
    .init(
      .keysUnavailable, "Couldn't retrieve remote JWK set",
      like:
        "An error occurred while attempting to decode the Jwt: Couldn't retrieve remote JWK set: EOF"
    ),
    .init(
      .keysUnavailable, "fetching keys ",
      like: "failed to verify signature: fetching keys context canceled"),
    .init(
      .keysUnavailable, "oidc: failed to decode keys", like: "oidc: failed to decode keys: EOF"),
    .init(
      .keysUnavailable, "failed to discover OIDC configuration",
      like: "failed to discover OIDC configuration: error performing request"),
    .init(
      .keysUnavailable, "failed to get provider configuration from discovery"),
    .init(
      .keysUnavailable, "accessing jwks url", like: "accessing jwks url (http://kc) failed: closed"),
    .init(
      .keysUnavailable, "accessing discovery url",
      like: "accessing discovery url (http://kc) failed: closed"),
    .init(.keysUnavailable, "Fail to fetch data from the url"),
    .init(
      .keysUnavailable, "Unable to obtain configuration from", about: .quoted,
      like: "IDX20803: Unable to obtain configuration from: 'http://kc/realms/x'."),
    .init(.keysUnavailable, "OIDC Server is not available"),
    .init(
      .callFailed, "I/O error on GET request for", about: .quoted, voice: .others,
      like: "I/O error on GET request for \"http://kc/certs\": Unexpected end of file from server"),
    .init(
      .callFailed, "I/O error on POST request for", about: .quoted, voice: .others,
      like: "I/O error on POST request for \"http://kc/introspect\": null"),
    .init(
      .callFailed, "Max retries exceeded with url", voice: .others,
      like: "HTTPConnectionPool(host='kc', port=80): Max retries exceeded with url: /realms/x"),
    .init(
      .callFailed, "accessing introspection endpoint", voice: .others,
      like: "accessing introspection endpoint (http://kc) failed: closed"),
    .init(
      .callFailed, "accessing token endpoint", voice: .others,
      like: "accessing token endpoint (http://kc) failed: closed"),
    .init(.callFailed, "fetch failed", voice: .others, like: "TypeError: fetch failed"),
  ]
}
