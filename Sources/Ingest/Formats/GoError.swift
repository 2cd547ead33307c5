internal import ByteScan
internal import Evidence

/// What an error text of Go's network library says about an edge's upstream; the same in Traefik,
/// Caddy and other Go programs (`net`, `crypto/tls`, `crypto/x509`).
enum GoError {
  static func upstream(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Statement {
    func has(_ text: StaticString) -> Bool { Bytes.contains(text, s, from, to) }
    if has("connection refused") { return .upstreamRefused }
    if has("no such host") { return .upstreamNameNotFound }
    if has("server misbehaving") || has(" lookup ") || has("lookup ") && has("i/o timeout") {
      return .upstreamNameFailed
    }
    if has("no route to host") || has("network is unreachable") { return .upstreamUnreachable }
    if has("dial tcp") && (has("i/o timeout") || has("connection timed out")) {
      return .upstreamConnectTimedOut
    }
    if has("x509:") { return .upstreamTLSVerify }
    if has("tls:") || has("server gave HTTP response to HTTPS client") { return .upstreamTLSFailed }
    if has("timeout awaiting response headers") || has("context deadline exceeded")
      || has("i/o timeout") || has("Client.Timeout exceeded")
    {
      return .upstreamTimedOut
    }
    if has("connection reset by peer") || has("broken pipe") { return .upstreamReset }
    if has("EOF") || has("server closed idle connection") { return .upstreamClosed }
    if has("context canceled") { return .clientGaveUp }
    if has("no upstreams available") || has("no available server") { return .noLiveUpstream }
    return .other
  }
}
