internal import ByteScan
internal import Evidence

/// `GET /path?query HTTP/1.1` as access logs print it. May hold anything: binary as `\xNN`, nothing
/// at all, no protocol (HTTP/0.9).
struct RequestLine: BitwiseCopyable {
  var methodStart = 0
  /// Empty where there is no method.
  var methodEnd = 0
  var targetStart = 0
  var targetEnd = 0

  /// - Returns: `nil` when the bytes are no request line.
  init?(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    // `-` of a balancer that understood nothing is no method.
    guard from < to, s[from] | 0x20 >= 97, s[from] | 0x20 <= 122 else { return nil }
    var i = from
    while i < to {
      let c = s[i]
      if c == 32 { break }
      // RFC 9110 §9.1: a token; in practice letters, `-` and `_`.
      guard c >= 65 && c <= 90 || c == 45 || c == 95 || c >= 97 && c <= 122 else { return nil }
      i += 1
    }
    guard i > from, i - from <= 24, i + 1 < to else { return nil }
    methodStart = from
    methodEnd = i
    targetStart = i + 1
    targetEnd = to
    // The protocol has no blanks; targets sometimes do.
    if to - 9 > targetStart, Bytes.has(" HTTP/", s, to - 9, to) {
      targetEnd = to - 9
    } else if to - 7 > targetStart, Bytes.has(" HTTP/", s, to - 7, to) {
      targetEnd = to - 7
    } else if to - 2 > targetStart, Bytes.has(" -", s, to - 2, to) {
      // Balancers print a protocol that was not told.
      targetEnd = to - 2
    }
  }

  /// Puts method and target into `request`, whose `status` must be set. What is no request line
  /// leaves the request without a target; the first bytes of a TLS record become a message. `path` is that of the
  /// target, if it was interned before.
  static func set(
    _ request: inout Request, _ s: Span<UInt8>, _ from: Int, _ to: Int, path: Symbol = .none,
    _ sink: inout Sink
  ) {
    guard let line = RequestLine(s, from, to) else {
      if to - from >= 8, Bytes.has("\\x16\\x03", s, from, to) {
        var message = Message(citation: request.citation)
        message.time = request.end
        message.format = request.format
        message.statement = .tlsToPlainPort
        message.client = request.client
        sink.add(message)
      }
      return
    }
    request.method = sink.intern(
      s, line.methodStart, line.methodEnd, again: RequestField.method.rawValue)
    sink.setTarget(&request, s, line.targetStart, line.targetEnd, path: path)
  }
}
