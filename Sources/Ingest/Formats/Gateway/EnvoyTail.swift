internal import ByteScan
internal import Evidence

/// What follows the response flags of an Envoy text line; offsets only.
///
/// `[RCD TERMINATION "TRANSPORT FAILURE" ]RECEIVED SENT DURATION SERVICE_TIME "XFF" "AGENT" "ID"
/// "AUTHORITY" "UPSTREAM"[ CLUSTER UPSTREAM_LOCAL LOCAL REMOTE SNI ROUTE]`, of Kuma `… "AGENT" "TRACE" "ID" "AUTHORITY"
/// "SOURCE" "DESTINATION" "SOURCE ADDRESS" "UPSTREAM"`
struct EnvoyTail {
  struct Details {
    var start = 0
    var end = 0
    var isViaUpstream = false
  }
  var details = Details()
  var hasDetails = false
  var reasonStart = 0
  var reasonEnd = 0
  var bytesSent = -1
  var milliseconds = -1
  private var hasServiceTime = false
  private var forwarded = (start: 0, end: 0)
  private var agent = (start: 0, end: 0)
  var requestIDStart = 0
  var requestIDEnd = 0
  private var authority = (start: 0, end: 0)
  private var host = (start: 0, end: 0)
  private var cluster = (start: 0, end: 0)
  private var remote = (start: 0, end: 0)

  init?(_ s: Span<UInt8>, _ from: Int, _ to: Int, isKuma: Bool = false) {
    var i = from
    if !isNumbers(s, i, to) {
      // Istio: details may hold blanks (older Envoys, the oauth2 filter), the reason is quoted and
      // the numbers stand behind it.
      guard let open = reasonOpen(s, from, to) else { return nil }
      reasonStart = open + 1
      let close = Quoted.rawEnd(s, reasonStart, to)
      guard close > 0, close + 2 < to else { return nil }
      reasonEnd = close
      if open > from {
        var split = open - 2
        while split > from, s[split] != 32 { split -= 1 }
        details.start = from
        details.end = max(from, split)
        details.isViaUpstream = Bytes.equals("via_upstream", s, details.start, details.end)
        hasDetails = !Quoted.isAbsent(s, details.start, details.end)
      }
      i = close + 2
    }
    // Four numbers.
    let received = Quoted.wordEnd(s, i, to)
    let sent = Quoted.wordEnd(s, received + 1, to)
    let time = Quoted.wordEnd(s, sent + 1, to)
    let service = Quoted.wordEnd(s, time + 1, to)
    guard service < to else { return nil }
    bytesSent = Bytes.number(s, received + 1, sent)
    milliseconds = Bytes.number(s, sent + 1, time)
    hasServiceTime = !Quoted.isAbsent(s, time + 1, service)
    i = service + 1
    guard let forwarded = EnvoyTail.quoted(s, &i, to), let agent = EnvoyTail.quoted(s, &i, to)
    else { return nil }
    if isKuma, EnvoyTail.quoted(s, &i, to) == nil { return nil }
    guard let id = EnvoyTail.quoted(s, &i, to), let authority = EnvoyTail.quoted(s, &i, to) else {
      return nil
    }
    if isKuma {
      guard EnvoyTail.quoted(s, &i, to) != nil, let service = EnvoyTail.quoted(s, &i, to),
        let source = EnvoyTail.quoted(s, &i, to)
      else { return nil }
      cluster = service
      remote = source
    }
    guard let host = EnvoyTail.quoted(s, &i, to, isLast: true) else { return nil }
    self.forwarded = forwarded
    self.agent = agent
    requestIDStart = Quoted.isAbsent(s, id.start, id.end) ? id.end : id.start
    requestIDEnd = id.end
    self.authority = authority
    self.host = host
    guard i < to, !isKuma else { return }
    cluster = (i, Quoted.wordEnd(s, i, to))
    let upstreamLocal = Quoted.wordEnd(s, cluster.end + 1, to)
    let local = Quoted.wordEnd(s, upstreamLocal + 1, to)
    if local < to { remote = (local + 1, Quoted.wordEnd(s, local + 1, to)) }
  }

  /// Four fields of digits or `-`, then a quote.
  private func isNumbers(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var i = from
    for _ in 0..<4 {
      let end = Bytes.digitsEnd(s, i, to)
      if end == i {
        guard i < to, s[i] == UInt8(ascii: "-") else { return false }
        i += 1
      } else {
        i = end
      }
      guard i < to, s[i] == 32 else { return false }
      i += 1
    }
    return i < to && s[i] == UInt8(ascii: "\"")
  }

  /// The quote that opens the last quoted string before the four numbers.
  private func reasonOpen(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    var open = from
    var i = from
    while i < to {
      if s[i] == UInt8(ascii: "\""), i == from || s[i - 1] == 32 {
        let close = Quoted.rawEnd(s, i + 1, to)
        guard close > 0 else { return nil }
        if isNumbers(s, close + 2, to) {
          open = i
          return open
        }
      }
      i += 1
    }
    return nil
  }

  private static func quoted(
    _ s: Span<UInt8>, _ i: inout Int, _ to: Int, isLast: Bool = false
  ) -> (start: Int, end: Int)? {
    guard i < to, s[i] == UInt8(ascii: "\"") else { return nil }
    let close =
      isLast ? Quoted.rawEnd(s, i + 1, to) : Quoted.rawEndBeforeQuote(s, i + 1, to)
    guard close > 0 else { return nil }
    let field = (start: i + 1, end: close)
    i = close + 2
    return field
  }

  func fill(_ request: inout Request, _ s: Span<UInt8>, _ sink: inout Sink) {
    if !Quoted.isAbsent(s, agent.start, agent.end) {
      request.userAgent = sink.intern(s, agent.start, agent.end)
    }
    if !Quoted.isAbsent(s, authority.start, authority.end) {
      request.host = sink.intern(s, authority.start, authority.end)
    }
    if !Quoted.isAbsent(s, cluster.start, cluster.end) {
      request.service = sink.intern(s, cluster.start, cluster.end)
    }
    let isAsked = !Quoted.isAbsent(s, host.start, host.end)
    if isAsked { request.upstreamAddress = sink.intern(s, host.start, host.end) }
    EnvoyAnswer.setClient(
      &request, s, forwarded.start, forwarded.end, remote.start, remote.end, &sink)
    if hasDetails, !details.isViaUpstream {
      request.detail = sink.internMasked(s, details.start, details.end)
    } else if hasDetails {
      request.detail = sink.intern(s, details.start, details.end)
    } else if !Quoted.isAbsent(s, reasonStart, reasonEnd) {
      // Before 1.7 Istio wrote the transport's failure without details of the response.
      request.detail = sink.internMasked(s, reasonStart, reasonEnd)
    }
    EnvoyAnswer.set(
      &request, hasDetails: hasDetails, isViaUpstream: details.isViaUpstream, isAsked: isAsked,
      hasServiceTime: hasServiceTime)
  }
}
