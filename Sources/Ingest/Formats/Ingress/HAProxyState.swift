internal import ByteScan
internal import Evidence

/// HAProxy's termination state: who ended the session (first character) and in which phase (second).
///
/// <https://docs.haproxy.org/3.0/configuration.html#8.5>
struct HAProxyState: BitwiseCopyable {
  var answeredBy: AnsweredBy
  var statement: Statement

  init(first: UInt8, second: UInt8, hasServer: Bool) {
    answeredBy = .edge
    statement = .other
    switch (first, second) {
    case (UInt8(ascii: "-"), _):
      answeredBy = hasServer ? .upstream : .edge
    case (UInt8(ascii: "S"), UInt8(ascii: "C")):
      statement = hasServer ? .upstreamRefused : .noLiveUpstream
    case (UInt8(ascii: "s"), UInt8(ascii: "C")):
      statement = .upstreamConnectTimedOut
    case (UInt8(ascii: "S"), UInt8(ascii: "H")):
      statement = .upstreamClosed
    case (UInt8(ascii: "s"), UInt8(ascii: "H")):
      statement = .upstreamTimedOut
    case (_, UInt8(ascii: "D")), (_, UInt8(ascii: "L")):
      // The answer's headers were on their way already.
      answeredBy = hasServer ? .upstream : .edge
    case (UInt8(ascii: "s"), UInt8(ascii: "Q")):
      statement = .noLiveUpstream
    case (UInt8(ascii: "C"), UInt8(ascii: "H")), (UInt8(ascii: "C"), UInt8(ascii: "C")),
      (UInt8(ascii: "C"), UInt8(ascii: "Q")), (UInt8(ascii: "C"), UInt8(ascii: "R")):
      statement = .clientGaveUp
    default: break
    }
  }

  /// Adds what the state says as a message with the request's citation.
  static func add(_ statement: Statement, _ request: Request, _ sink: inout Sink) {
    guard statement != .other else { return }
    var message = Message(citation: request.citation)
    message.time = request.end
    message.format = request.format
    message.statement = statement
    message.writer = request.writer
    message.text = request.detail
    message.subject = request.service
    message.peer = request.upstreamAddress
    message.client = request.client
    message.host = request.host
    message.path = request.path
    message.requestID = request.requestID
    sink.add(message)
  }
}
