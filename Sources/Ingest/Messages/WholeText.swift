internal import ByteScan
internal import Evidence

/// A few pasted lines of which none says anything by itself, taken as one text: an address on one line and the
/// answer's status on another, a sentence broken in its middle.
package enum WholeText {
  package static let largest = 4 << 10

  /// Adds one message, cited by the first line that is not blank, when the lines together say something.
  package static func read(
    _ s: Span<UInt8>, _ count: Int, source: UInt16, _ sink: inout Sink
  ) {
    guard count <= largest, !sink.isRecording, sink.witness == nil else { return }
    var text: [UInt8] = []
    text.reserveCapacity(count)
    var first = 1
    for i in 0..<count {
      let isBlank = s[i] <= 32
      if isBlank, text.isEmpty || text.last == 32 {
        if text.isEmpty, s[i] == 10 { first += 1 }
        continue
      }
      text.append(isBlank ? 32 : s[i])
    }
    let end = min(text.count, SymbolTable.longest)
    guard
      let judged = MessageReader.judge(text.span, 0, end, level: .unknown, voice: .others)
    else { return }
    var message = Message(
      citation: Citation(source: source, number: LineNumber.relative(block: 0, line: first)))
    message.format = .fragment
    MessageReader.add(judged, text.span, 0, end, message, &sink)
  }
}
