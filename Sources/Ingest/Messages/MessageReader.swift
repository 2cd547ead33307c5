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
    let row = MessageSignatures.match(s, from, end, voice: voice)
    if let row, row.vagueness == 0 { return Judgement(row: row) }
    let level = level == .unknown && isChatter(s, from, to) ? Level.info : level
    let isTelling = level >= .warn || level == .unknown
    if row != nil || isTelling, let plain = reworded(s, from, end, voice, than: row) {
      return plain
    }
    if row != nil || level >= .warn { return Judgement(row: row) }
    return level == .unknown && TellingWords.occur(s, from, end) ? Judgement(row: nil) : nil
  }

  /// A line of nginx behind a stamp of somebody else's that calls itself no error.
  private static func isChatter(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    let head = min(to, from + 96)
    return Bytes.contains(" [info] ", s, from, head) || Bytes.contains(" [debug] ", s, from, head)
      || Bytes.contains(" [notice] ", s, from, head)
  }

  /// What the text says without the escapes of whoever quoted it, where that is more than `row`.
  private static func reworded(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ voice: MessageSignature.Voice,
    than row: MessageSignature?
  ) -> Judgement? {
    guard let plain = PlainText.of(s, from, to),
      let other = MessageSignatures.match(plain.span, 0, plain.count, voice: voice),
      other.vagueness < row?.vagueness ?? Int.max
    else { return nil }
    return Judgement(row: other, plain: plain)
  }

  struct Judgement {
    /// The row that knows the text; nil: nobody's words.
    var row: MessageSignature?
    /// The text in which it was found, when that is not the line's own.
    var plain: [UInt8]?
    var statement: Statement { row?.statement ?? .other }
  }

  /// Fills text, subject, peer and path of `message` from `s[from..<to]` and adds it.
  static func add(
    _ judgement: Judgement, _ s: Span<UInt8>, _ from: Int, _ to: Int, _ message: Message,
    _ sink: inout Sink
  ) {
    if let plain = judgement.plain {
      add(Judgement(row: judgement.row), plain.span, 0, plain.count, message, &sink)
      return
    }
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
