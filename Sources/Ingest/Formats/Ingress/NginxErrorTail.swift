internal import ByteScan
internal import Evidence

/// The tail of an nginx error line: `, client: C, server: S, request: "R", subrequest: "U",
/// upstream: "P", host: "H", referrer: "F", request_id: "I"`, in this order, each part optional.
/// Request, host and referrer are not escaped and the line is cut at 2,048 bytes.
///
/// Source: `ngx_http_log_error_handler`; the last part is Kong's.
struct NginxErrorTail {
  /// End of the message before the tail.
  var messageEnd: Int
  private var client = Part()
  private var request = Part()
  private var subrequest = Part()
  private var upstream = Part()
  private var host = Part()
  private var requestID = Part()

  private struct Part {
    var start = 0
    var end = 0
    var isEmpty: Bool { start >= end }
  }

  /// A user name may hold what looks like a tail: the first one whose host is one word is the line's.
  init(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    let first = Bytes.find(", client: ", s, from, to)
    var begin = first
    for _ in 0..<4 where begin >= 0 {
      let tail = NginxErrorTail(s, tail: begin, to)
      if tail.isWhole(s) {
        self = tail
        return
      }
      begin = Bytes.find(", client: ", s, begin + 10, to)
    }
    self.init(s, tail: first, to)
  }

  private func isWhole(_ s: Span<UInt8>) -> Bool {
    for i in host.start..<max(host.start, host.end)
    where s[i] == 32 || s[i] == UInt8(ascii: "\"") { return false }
    return true
  }

  /// `begin` is negative where there is no tail.
  private init(_ s: Span<UInt8>, tail begin: Int, _ to: Int) {
    messageEnd = begin < 0 ? to : begin
    guard begin >= 0 else { return }
    client.start = begin + 10
    client.end = Bytes.find(UInt8(ascii: ","), s, client.start, to)
    if client.end < 0 { client.end = to }
    var i = client.end
    // The mail proxy adds ` using starttls`.
    client.end = Quoted.wordEnd(s, client.start, client.end)
    request = NginxErrorTail.quoted(", request: \"", s, &i, to)
    subrequest = NginxErrorTail.quoted(", subrequest: \"", s, &i, to)
    upstream = NginxErrorTail.quoted(", upstream: \"", s, &i, to)
    host = NginxErrorTail.quoted(", host: \"", s, &i, to)
    requestID = NginxErrorTail.quoted(", request_id: \"", s, &i, to)
  }

  /// The value behind `key`, up to the quote that the next part or the end follows.
  private static func quoted(
    _ key: StaticString, _ s: Span<UInt8>, _ i: inout Int, _ to: Int
  ) -> Part {
    let at = Bytes.find(key, s, i, to)
    guard at >= 0 else { return Part() }
    let start = at + key.utf8CodeUnitCount
    var end = start
    while end < to {
      if s[end] == UInt8(ascii: "\""), end + 1 == to || isNextPart(s, end + 1, to) { break }
      end += 1
    }
    i = end
    return Part(start: start, end: end)
  }

  private static func isNextPart(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Bool {
    guard at + 2 < to, s[at] == UInt8(ascii: ","), s[at + 1] == 32 else { return false }
    return Bytes.has("upstream: \"", s, at + 2, to) || Bytes.has("host: \"", s, at + 2, to)
      || Bytes.has("referrer: \"", s, at + 2, to) || Bytes.has("subrequest: \"", s, at + 2, to)
      || Bytes.has("request_id: \"", s, at + 2, to)
  }

  /// Client, host, method, path, peer, request id; the subject is the auth sub-request, where there is one.
  func fill(_ message: inout Message, _ s: Span<UInt8>, _ sink: inout Sink) {
    if !client.isEmpty { message.client = sink.intern(s, client.start, client.end) }
    if !host.isEmpty { message.host = sink.intern(s, host.start, host.end) }
    if !requestID.isEmpty {
      message.requestID = sink.internPresent(s, requestID.start, requestID.end)
    }
    if let line = RequestLine(s, request.start, request.end) {
      message.method = sink.intern(s, line.methodStart, line.methodEnd)
      let target = UpstreamURL.path(s, line.targetStart, line.targetEnd)
      message.path = sink.internMasked(s, target.start, target.end)
    }
    if !subrequest.isEmpty {
      let target = UpstreamURL.path(s, subrequest.start, subrequest.end)
      message.subject = sink.internMasked(s, target.start, target.end)
    }
    if !upstream.isEmpty {
      let peer = UpstreamURL.authority(s, upstream.start, upstream.end)
      message.peer = sink.intern(s, peer.start, peer.end)
    }
  }
}
