internal import ByteScan
internal import Evidence

/// Who answered, and for whom, as Envoy's fields tell it, whatever they are written as.
enum EnvoyAnswer {
  /// Response code details decide where they are logged; else the upstream answered when its time and
  /// address are there.
  static func set(
    _ request: inout Request, hasDetails: Bool, isViaUpstream: Bool, isAsked: Bool,
    hasServiceTime: Bool
  ) {
    let isUpstream = hasDetails ? isViaUpstream : isAsked && hasServiceTime
    request.answeredBy = isUpstream ? .upstream : .edge
    if isUpstream { request.upstreamStatus = request.status }
  }

  /// The client is the first address of `X-Forwarded-For`, else the peer; its port is known only
  /// where both are the same.
  static func setClient(
    _ request: inout Request, _ s: Span<UInt8>, _ forwardedStart: Int, _ forwardedEnd: Int,
    _ remoteStart: Int, _ remoteEnd: Int, _ sink: inout Sink
  ) {
    let peer = Address(s, remoteStart, remoteEnd)
    if Quoted.isAbsent(s, forwardedStart, forwardedEnd) {
      request.client = sink.intern(s, peer.start, peer.end)
      request.clientPort = peer.port
      return
    }
    var end = forwardedStart
    while end < forwardedEnd, s[end] != UInt8(ascii: ","), s[end] != 32 { end += 1 }
    request.client = sink.intern(s, forwardedStart, end)
    guard end - forwardedStart == peer.end - peer.start else { return }
    var i = 0
    while forwardedStart + i < end {
      if s[forwardedStart + i] != s[peer.start + i] { return }
      i += 1
    }
    request.clientPort = peer.port
  }
}
