internal import Evidence

/// Calls of applications on phones, in the words of the systems and libraries there.
extension MessageSignatures {
  static let phones: [MessageSignature] = [
    .init(
      .tokenNotYetValid, "Issued at time is more than ", "before or after the current time",
      like: "Issued at time is more than 600 seconds before or after the current time"),
    .init(
      .callNameNotFound, "A server with the specified hostname could not be found", voice: .others),
    .init(.callRefused, "NSURLErrorDomain", "Could not connect to the server", voice: .others),
    .init(
      .callTimedOut, "NSURLErrorDomain", "The request timed out", about: .fixed("connect"),
      voice: .others),
    .init(
      .callUntrustedCertificate, "NSURLErrorDomain", "The certificate for this server is invalid",
      voice: .others),
    .init(
      .callUntrustedCertificate, "Trust anchor for certification path not found", voice: .others),
    .init(.callNameNotFound, "Unable to resolve host", voice: .others),
    // The time that a connect may take stands before what came of it.
    .init(
      .callRefused, "failed to connect to", " (port ", "ECONNREFUSED", voice: .others,
      like:
        "failed to connect to kc/10.0.0.5 (port 443) from /10.0.0.9 (port 40000) after 10000ms: isConnected failed: ECONNREFUSED"
    ),
    .init(
      .callUnreachable, "failed to connect to", " (port ", "EHOSTUNREACH", voice: .others,
      like:
        "failed to connect to kc/10.0.0.5 (port 443) from /10.0.0.9 (port 40000) after 10000ms: isConnected failed: EHOSTUNREACH"
    ),
    .init(
      .callUnreachable, "failed to connect to", " (port ", "ENETUNREACH", voice: .others,
      like:
        "failed to connect to kc/10.0.0.5 (port 443) from /10.0.0.9 (port 40000) after 10000ms: connect failed: ENETUNREACH"
    ),
    .init(
      .callTimedOut, "failed to connect to", " (port ", " from /", ") after ",
      about: .fixed("connect"), voice: .others,
      like: "failed to connect to kc/10.0.0.5 (port 443) from /10.0.0.9 (port 40000) after 10000ms"),
    .init(
      .callRefused, "ConnectException", "Failed to connect to ", voice: .others,
      like: "java.net.ConnectException: Failed to connect to /10.0.2.2:8080"),
  ]
}
