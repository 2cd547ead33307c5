internal import ByteScan
internal import Evidence

/// The exceptions of a record that carries them whole (JSON `exception`, `stackTrace`): each known
/// text becomes a message beside the record's own, once per statement.
enum ExceptionText {
  /// How much of a trace is looked at, in pieces.
  static let longest = 32 * 1024
  static let piece = 2048

  static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, voice: MessageSignature.Voice,
    _ message: Message, _ sink: inout Sink
  ) {
    let end = min(to, from + longest)
    var i = from
    while i < end {
      // Pieces end at line ends (stack traces) or at the frames of a structured exception.
      var stop = i
      while stop < end, s[stop] != 10, s[stop] != UInt8(ascii: "["), stop - i < piece { stop += 1 }
      if let row = MessageSignatures.match(s, i, stop, voice: voice),
        sink.saysAnew(row.statement, message.time)
      {
        MessageReader.add(MessageReader.Judgement(row: row), s, i, stop, message, &sink)
      }
      i = stop + 1
    }
  }
}
