internal import Evidence

/// Why a call did not come through, in the words of further languages and of servers that look a name up when they
/// start: c-ares, Netty, Mint and Finch, .NET Framework and Winsock, axios, Tornado, HAProxy, Apache; and what the
/// answer was where an OpenID Connect library wraps it over two lines.
extension MessageSignatures {
  static let callers: [MessageSignature] = [
    .init(.callNameTemporary, "ETIMEOUT", "query", voice: .others, like: "queryA ETIMEOUT kc"),
    .init(
      .callNameTemporary, "DnsNameResolverTimeoutException", voice: .others,
      like: "DnsNameResolverTimeoutException: [/10.0.0.10:53] query timed out after 5000 ms"),
    .init(.callNameNotFound, "non-existing domain", voice: .others),
    // c-ares' sentences (ares_strerror), as Node, aiohttp and gRPC print them.
    .init(.callNameNotFound, "Domain name not found", voice: .others),
    .init(.callNameNotFound, "DNS server returned answer with no data", voice: .others),
    .init(.callNameTemporary, "DNS server returned general failure", voice: .others),
    .init(.callNameTemporary, "Timeout while contacting DNS servers", voice: .others),
    .init(.callNameTemporary, "Could not contact DNS servers", voice: .others),
    .init(.callNameTemporary, "DNS server refused query", voice: .others),
    // The name server refused, not the one whose name was asked for.
    .init(
      .callNameTemporary, "read udp ", "connection refused", "lookup ",
      about: .wordAfter("lookup "),
      voice: .others,
      like:
        "dial tcp: lookup kc on 10.96.0.10:53: read udp 10.0.0.5:3->10.96.0.10:53: read: connection refused"
    ),
    // Bytes of a TLS record where an answer of HTTP was expected.
    .init(
      .callTLS, "malformed HTTP response", "x15", voice: .others,
      like:
        "net/http: HTTP/1.x transport connection broken: malformed HTTP response \"\\x15\\x03\\x01\""
    ),
    .init(
      .callNameNotFound, "The remote name could not be resolved", voice: .others,
      like: "The remote name could not be resolved: 'kc'"),
    .init(
      .upstreamNameNotFound, "could not resolve address '", "server", voice: .others,
      like: "parse_addr: 'server kc1' : could not resolve address 'keycloak'."),
    .init(
      .upstreamNameNotFound, "DNS lookup failure for: ", voice: .others,
      like: "AH00898: DNS lookup failure for: keycloak returned by /realms/a"),
    .init(
      .callUnreachable, "forbidden by its access permissions", voice: .others,
      like:
        "An attempt was made to access a socket in a way forbidden by its access permissions. (kc:443)"
    ),
    .init(
      .callTimedOut, "TransportError{reason: :timeout", voice: .others,
      like: "{:error, %Finch.TransportError{reason: :timeout}}"),
    .init(
      .callTimedOut, "Error: timeout of ", "ms exceeded", voice: .others,
      like: "AxiosError: timeout of 5000ms exceeded"),
    .init(
      .callTimedOut, "Timeout while connecting", about: .fixed("connect"), voice: .others,
      like: "HTTPTimeoutError: Timeout while connecting"),
    .init(
      .callTimedOut, "HTTPTimeoutError", "Timeout during request", about: .fixed("read"),
      voice: .others, like: "HTTPTimeoutError: Timeout during request"),
    .init(.callTLS, "tlsv1 unrecognized name", voice: .others),
    // Java's word for an answer 404.
    .init(
      .callHTTPError, "FileNotFoundException: http", about: .fixed("404"), voice: .others,
      like:
        "java.io.FileNotFoundException: http://kc/auth/realms/a/.well-known/openid-configuration"
    ),
    .init(
      .policyDenied, "connection closed due to policy rejection", voice: .others,
      like: "error=\"connection closed due to policy rejection: explicitly denied by: a/b\""),
    .init(
      .callHTTPError, "/.well-known/openid-configuration: Status code ",
      about: .numberAfter("Status code "), voice: .others,
      like: "http://kc/q/oidc/.well-known/openid-configuration: Status code 404"),
    .init(
      .keysUnavailable, "Unable to download OpenID Provider metadata from", voice: .others),
  ]
}
