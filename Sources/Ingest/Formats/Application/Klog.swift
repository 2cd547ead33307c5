internal import ByteScan
package import Evidence

/// klog lines of Kubernetes components other than ingress controllers: the API server's refusals
/// (`Unable to authenticate the request`) and its request lines (`wrap.go`, `"HTTP" verb=…`). Lines
/// without a known text are left to the reader of ingress controllers, which has the same head.
///
/// <https://github.com/kubernetes/klog>
package enum Klog: LineFormat {
  package static let format = Format.klog

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from > 24 else { return false }
    switch s[from] {
    case UInt8(ascii: "I"), UInt8(ascii: "W"), UInt8(ascii: "E"), UInt8(ascii: "F"):
      return Bytes.isDigit(s[from + 1]) && Bytes.isDigit(s[from + 4])
    default: return false
    }
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    let close = Bytes.find(UInt8(ascii: "]"), s, from, min(to, from + 160))
    guard close > 0, close + 2 < to, s[close + 1] == 32 else { return nil }
    let text = close + 2
    if text < to, s[text] == UInt8(ascii: "\""),
      let time = IngressControllerMessage.time(s, from, to, context),
      let read = KlogRequest.read(s, text, to, time, context, &sink)
    {
      return read
    }
    guard
      let row = MessageSignatures.match(
        s, text, min(to, text + SymbolTable.longest), voice: .others),
      let time = IngressControllerMessage.time(s, from, to, context)
    else { return nil }
    switch row.statement {
    case .noEndpoints, .configurationReloaded, .edgeStarted, .edgeStopped: return nil
    default: break
    }
    var message = Message(context, format, time)
    message.level =
      s[from] == UInt8(ascii: "I") ? .info : s[from] == UInt8(ascii: "W") ? .warn : .error
    var file = close
    while file > from, s[file - 1] != 32 { file -= 1 }
    message.logger = sink.intern(s, file, close)
    sink.begins(row.statement, time)
    MessageReader.add(MessageReader.Judgement(row: row), s, text, to, message, &sink)
    return ReadLine(format: format, time: time, isMessage: true)
  }
}
