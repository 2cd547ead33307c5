internal import Evidence

/// Heads that are too large for somebody, in the words of servers and of the libraries that write cookies: Tomcat,
/// Undertow, Netty, uWSGI, Puma, Kestrel, hyper, h11, llhttp, Envoy, Plug and Rails.
extension MessageSignatures {
  static let limits: [MessageSignature] = [
    .init(
      .requestHeaderTooLarge, "HeadersTooLargeException",
      like:
        "org.apache.coyote.http11.HeadersTooLargeException: An attempt was made to write more data to the response headers than there was room available in the buffer."
    ),
    .init(
      .requestHeaderTooLarge, "write more data to the response headers than there was room"),
    .init(
      .requestHeaderTooLarge, "TooLongHttpHeaderException",
      like: "TooLongHttpHeaderException: HTTP header is larger than 8192 bytes."),
    .init(
      .requestHeaderTooLarge, "invalid request block size: ",
      like: "invalid request block size: 4360 (max 4096)...skip"),
    .init(
      .requestHeaderTooLarge, "HTTP element HEADER is longer than the ",
      like: "HTTP element HEADER is longer than the (1024 * (80 + 32)) allowed length"),
    .init(.requestHeaderTooLarge, "hyper::Error(Parse(TooLarge))"),
    .init(.requestHeaderTooLarge, "CookieOverflow"),
    .init(
      .requestHeaderTooLarge, "cookie exceeds maximum size of ",
      like: "cookie exceeds maximum size of 4096 bytes"),
    .init(
      .requestHeaderTooLarge, "CookieTooLong", like: "securecookie: CookieTooLong"),
    .init(
      .requestHeaderTooLarge, "securecookie: the value is too long",
      like: "securecookie: the value is too long: 4100"),
    .init(.requestHeaderTooLarge, "http2.too_many_headers"),
    .init(.requestHeaderTooLarge, "http1.headers_too_large"),
    .init(.requestHeaderTooLarge, "request_headers_too_large"),
    .init(.requestHeaderTooLarge, "UT000048", like: "UT000048: The number of headers exceeded"),
    .init(
      .requestHeaderTooLarge, "Request headers too long", caseless: true,
      like: "BadHttpRequestException: Request headers too long."),
    .init(
      .requestHeaderTooLarge, "got more than ", " when reading", "eader", caseless: true,
      like: "LineTooLong: 400, message: Got more than 8190 bytes when reading Header value"),
    .init(
      .upstreamHeaderTooBig, "server response headers exceeded ", voice: .others,
      like: "net/http: server response headers exceeded 10485760 bytes; aborted"),
    .init(
      .upstreamHeaderTooBig, "upstream response headers too large", voice: .others, caseless: true),
  ]
}
