internal import ByteScan
internal import Evidence

/// The exceptions of a record that carries them whole (JSON `exception`, `stackTrace`): each known
/// text becomes a message beside the record's own, once per statement.
enum ExceptionText {
  /// How much of a trace is looked at, and in which pieces.
  static let longest = 32 * 1024

  /// - Parameter since: number of messages before the record's own.
  static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, voice: MessageSignature.Voice, since: Int,
    _ message: Message, _ sink: inout Sink
  ) {
    let end = min(to, from + longest)
    var i = from
    while i < end {
      // Pieces end at line ends (stack traces) or at the frames of a structured exception.
      var stop = i
      while stop < end, s[stop] != 10, s[stop] != UInt8(ascii: "["), stop - i < 2048 { stop += 1 }
      if let row = MessageSignatures.match(s, i, stop, voice: voice),
        !isKnown(row.statement, since, sink)
      {
        MessageReader.add(MessageReader.Judgement(row: row), s, i, stop, message, &sink)
      }
      i = stop + 1
    }
  }

  private static func isKnown(_ statement: Statement, _ since: Int, _ sink: Sink) -> Bool {
    var i = since
    while i < sink.observations.messages.count {
      if sink.observations.messages[i].statement == statement { return true }
      i += 1
    }
    return false
  }
}
