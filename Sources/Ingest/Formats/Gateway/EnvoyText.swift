internal import ByteScan
package import Evidence

/// Envoy's default text line (also Contour's, and Emissary's behind `ACCESS `), Istio's, which
/// adds response code details, the transport failure reason and the routing fields, and Kuma's with the mesh in front of
/// the request and both services behind it. Strings are not escaped.
///
/// <https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage>,
/// <https://istio.io/latest/docs/tasks/observability/logs/access-log/>
package enum EnvoyText: LineFormat {
  package static let format = Format.envoyText

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from > 40 else { return false }
    return s[from] == UInt8(ascii: "[") && s[from + 11] == UInt8(ascii: "T")
      || Bytes.has("ACCESS [", s, from, to)
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    let begin = s[from] == UInt8(ascii: "[") ? from : from + 7
    guard begin + 1 < to, let stamp = TimeStamp.iso(s, begin + 1, to),
      let lineStart = lineStart(s, stamp.end, to)
    else { return nil }
    let isKuma = lineStart > stamp.end + 3
    guard let lineEnd = requestEnd(s, lineStart, to) else { return nil }
    var i = lineEnd + 2
    let codeEnd = Quoted.wordEnd(s, i, to)
    let code = Bytes.number(s, i, codeEnd)
    guard code >= 0, code <= 999, codeEnd + 1 < to else { return nil }
    i = codeEnd + 1
    let flagsEnd = Quoted.wordEnd(s, i, to)
    guard flagsEnd > i, flagsEnd < to else { return nil }
    guard let tail = EnvoyTail(s, flagsEnd + 1, to, isKuma: isKuma) else { return nil }

    var request = Request(citation: context.citation)
    request.format = format
    request.hop = .edge
    request.writer = context.writer
    request.status = UInt16(code)
    request.duration = tail.milliseconds < 0 ? -1 : Int64(tail.milliseconds) * 1000
    request.stampStart(stamp, context)
    if sink.isOnlyCounted(request.status, s, line: lineStart, lineEnd, context) {
      sink.pass(request.status, s, from, to, Self.self, context)
      return ReadLine(format: format, time: request.end)
    }
    request.responseBytes = Int32(clamping: tail.bytesSent)
    if !Quoted.isAbsent(s, i, flagsEnd) { request.flags = sink.intern(s, i, flagsEnd) }
    tail.fill(&request, s, &sink)
    if !Bytes.has("- - -", s, lineStart, lineEnd) {
      RequestLine.set(&request, s, lineStart, lineEnd, &sink)
    }
    if !request.path.isNone || Sink.isKept(request.status) {
      request.requestID = sink.intern(s, tail.requestIDStart, tail.requestIDEnd)
      if tail.hasDetails, !tail.details.isViaUpstream {
        EnvoyReason.add(
          request, tail.details.start, tail.details.end, tail.reasonStart, tail.reasonEnd, s,
          &sink)
      }
    }
    sink.add(request, context)
    return ReadLine(format: format, time: request.end)
  }

  /// Behind `] "`, or behind `] MESH "` of Kuma.
  private static func lineStart(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    if Bytes.has("] \"", s, from, to) { return from + 3 }
    guard Bytes.has("] ", s, from, to) else { return nil }
    let end = Quoted.wordEnd(s, from + 2, min(to, from + 66))
    guard end > from + 2, Prefixes.isLabelByte(s[from + 2]), Bytes.has(" \"", s, end, to) else {
      return nil
    }
    return end + 2
  }

  /// The quote after the request line. The path is not escaped: the quote that a status follows.
  private static func requestEnd(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    var i = from
    while i + 3 < to {
      if s[i] == UInt8(ascii: "\""), s[i + 1] == 32, Bytes.isDigit(s[i + 2]) { return i }
      i += 1
    }
    return nil
  }
}
