internal import ByteScan
internal import Evidence

/// Turns the text of a log record into a `Message`: recognised by the table of signatures, or kept
/// as `.other` from WARN on.
enum MessageReader {
  /// Whether a text is worth a `Message`, and as what. Cheap; nothing is interned.
  static func judge(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, level: Level, voice: MessageSignature.Voice
  ) -> Judgement? {
    let end = min(to, from + SymbolTable.longest)
    if let row = MessageSignatures.match(s, from, end, voice: voice) {
      return Judgement(row: row)
    }
    return level >= .warn ? Judgement(row: nil) : nil
  }

  struct Judgement {
    /// The row that knows the text; nil: nobody's words.
    var row: MessageSignature?
    var statement: Statement { row?.statement ?? .other }
  }

  /// Fills text, subject, peer and path of `message` from `s[from..<to]` and adds it.
  static func add(
    _ judgement: Judgement, _ s: Span<UInt8>, _ from: Int, _ to: Int, _ message: Message,
    _ sink: inout Sink
  ) {
    var message = message
    let end = min(to, from + SymbolTable.longest)
    message.statement = judgement.statement
    message.text = sink.internMasked(s, from, end)
    if let row = judgement.row {
      if case .fixed(let text) = row.subject {
        message.subject = sink.intern(text)
      } else {
        let found = SubjectReader.find(row, s, from, end)
        if !found.isEmpty { message.subject = sink.internMasked(s, found.from, found.to) }
      }
    }
    if message.peer.isNone {
      let found = PeerReader.find(s, from, end)
      if !found.peer.isEmpty {
        message.peer = sink.internMasked(s, found.peer.from, found.peer.to)
        if !found.port.isEmpty {
          message.peer = sink.intern(
            sink.observations.symbols.text(message.peer) + ":"
              + Bytes.text(s, found.port.from, found.port.to))
        }
      }
      if message.path.isNone, !found.path.isEmpty {
        message.path = sink.internMasked(s, found.path.from, found.path.to)
      }
    }
    sink.add(message)
  }
}
