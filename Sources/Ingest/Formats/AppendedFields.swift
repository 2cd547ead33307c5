internal import ByteScan
internal import Evidence

/// Fields that operators append to a known line, quoted or not, told by their looks: a challenge
/// (`"$sent_http_www_authenticate"`, `\x22` for a quote), a traceparent.
enum AppendedFields {
  static func fill(
    _ request: inout Request, _ s: Span<UInt8>, _ from: Int, _ to: Int, _ sink: inout Sink
  ) {
    var i = from
    while i < to {
      let isQuoted = s[i] == UInt8(ascii: "\"")
      let start = isQuoted ? i + 1 : i
      let found = Bytes.find(isQuoted ? UInt8(ascii: "\"") : 32, s, start, to)
      let end = found < 0 ? to : found
      if end - start > 1 { take(&request, s, start, end, &sink) }
      i = isQuoted ? end + 2 : end + 1
    }
  }

  private static func take(
    _ request: inout Request, _ s: Span<UInt8>, _ from: Int, _ to: Int, _ sink: inout Sink
  ) {
    if Challenge.isScheme(s, from, to) {
      if !Challenge.isChallenge(s, from, to, status: request.status) {
        request.authorization = .present
      } else if request.challenge.isNone {
        let plain = Challenge.decoded(s, from, to, escape: "\\x")
        request.challenge = sink.internMasked(plain.span, 0, plain.count)
      }
    } else if to - from >= 52, request.traceID.isNone, Bytes.has("00-", s, from, to) {
      request.traceID = sink.internTrace(s, from, to)
    }
  }
}
