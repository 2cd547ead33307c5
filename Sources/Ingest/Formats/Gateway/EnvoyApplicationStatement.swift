internal import ByteScan
internal import Evidence

/// What Envoy's and istiod's own messages say: key sets, token checks, configuration.
///
/// Sources: Envoy `jwks_fetcher.cc`, `source/common/jwt/status.cc`, `oauth2/filter.cc`, `server.cc`; istiod
/// `pilot/pkg/model/jwks_resolver.go`.
struct EnvoyApplicationStatement {
  var statement = Statement.other
  private var subject = (start: 0, end: 0)
  private var peer = (start: 0, end: 0)

  init(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    func has(_ text: StaticString) -> Bool { Bytes.contains(text, s, from, to) }
    let fetch = Bytes.find("fetch pubkey [uri = ", s, from, to)
    if fetch >= 0 {
      keys(s, fetch + 20, to)
    } else if has("Failed to fetch public key from jwks URI")
      || has("Failed to fetch jwks_uri from")
      || has("JWKS fetch failed for issuer") || has("Failed to refresh JWT public key from")
      || has("is not a valid JWKS")
    {
      statement = .keysUnavailable
      quoted(s, from, to)
    } else if has("RXJyb3ItSXN0aW9kRmFpbGVkVG9GZXRjaEp3a3NVcmkt") {
      // A configuration with istiod's stand-in for a key set that it could not fetch.
      statement = .keysUnavailable
    } else if let refusal = EnvoyReason.token(s, from, to) {
      statement = refusal
    } else if has("Responding with 401 Unauthorized. Cause:") {
      statement = .loginStateLost
    } else if has("lds: add/update listener") || has("cds: added/updated") {
      statement = .configurationReloaded
    } else if has("all dependencies initialized. starting workers") {
      statement = .edgeStarted
    } else if has("shutting down server instance") || Bytes.equals("exiting", s, from, to) {
      statement = .edgeStopped
    } else if has("is not healthy") || has("no healthy host") {
      statement = .noLiveUpstream
    } else if has("dns resolution") && has("failed") {
      statement = .upstreamNameFailed
    }
  }

  /// `U]: response status code N`, `U]: network error N`, `U]: invalid jwks`, `U]: body is empty`,
  /// `U] failed: [cluster = C] is not configured`
  private mutating func keys(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    let close = Bytes.find(UInt8(ascii: "]"), s, from, to)
    let end = close < 0 ? to : close
    let authority = UpstreamURL.authority(s, from, end)
    peer = (authority.start, authority.end)
    let code = Bytes.find("response status code ", s, end, to)
    if code >= 0 {
      subject = (code + 21, Bytes.digitsEnd(s, code + 21, to))
      statement = .callHTTPError
    } else if Bytes.contains("network error", s, end, to) {
      statement = .callFailed
    } else if Bytes.contains("is not configured", s, end, to) {
      statement = .settingsWrong
    } else if Bytes.contains("invalid jwks", s, end, to)
      || Bytes.contains("body is empty", s, end, to)
    {
      statement = .keysUnavailable
    }
  }

  private mutating func quoted(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    let open = Bytes.find(UInt8(ascii: "\""), s, from, to)
    guard open >= 0 else { return }
    let close = Bytes.find(UInt8(ascii: "\""), s, open + 1, to)
    guard close > 0 else { return }
    let authority = UpstreamURL.authority(s, open + 1, close)
    peer = (authority.start, authority.end)
  }

  func fill(_ message: inout Message, _ s: Span<UInt8>, _ sink: inout Sink) {
    if subject.end > subject.start { message.subject = sink.intern(s, subject.start, subject.end) }
    if peer.end > peer.start { message.peer = sink.intern(s, peer.start, peer.end) }
  }
}
