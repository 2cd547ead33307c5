internal import ByteScan
internal import Evidence

/// Fields that operators append to a known line, quoted or not, told by their looks: a challenge
/// (`"$sent_http_www_authenticate"`), a traceparent, a host.
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
      let schemeEnd = Quoted.wordEnd(s, from, to)
      if Challenge.hasParameters(s, schemeEnd, to) || schemeEnd == to && request.status == 401 {
        let plain = decoded(s, from, to)
        if request.challenge.isNone {
          request.challenge = sink.internMasked(plain.span, 0, plain.count)
        }
      } else {
        request.authorization = .present
      }
    } else if to - from >= 52, request.traceID.isNone, Bytes.has("00-", s, from, to) {
      request.traceID = sink.internTrace(s, from, to)
    }
  }

  /// `\x22` → `"` (nginx, `log_format` with `escape=default`).
  private static func decoded(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> [UInt8] {
    var plain: [UInt8] = []
    var i = from
    while i < to {
      if i + 3 < to, s[i] == UInt8(ascii: "\\"),
        let byte = Bytes.escaped(s, i + 1, to, mark: UInt8(ascii: "x"))
      {
        plain.append(byte)
        i += 4
      } else {
        plain.append(s[i])
        i += 1
      }
    }
    return plain
  }
}
