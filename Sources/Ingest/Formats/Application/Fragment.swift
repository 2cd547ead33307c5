internal import ByteScan
package import Evidence

/// A line without a layout that anybody knows, but with words that a signature knows: a copied
/// `Caused by:`, a `WWW-Authenticate` header, an OAuth error body, `HTTP/1.1 401`. Last in the
/// catalogue.
package enum Fragment: LineFormat {
  package static let format = Format.fragment

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool { to - from >= 8 }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    let time = RecordHead.time(nil, context)
    if readEvent(s, from, to, time, context, &sink) {
      return ReadLine(format: .keycloakText, time: time)
    }
    let end = min(to, from + SymbolTable.longest)
    var message = Message(citation: context.citation)
    message.time = time
    message.format = format
    message.writer = context.writer
    if let row = MessageSignatures.match(s, from, end, voice: .others) {
      sink.begins(row.statement, time)
      MessageReader.add(MessageReader.Judgement(row: row), s, from, to, message, &sink)
      return ReadLine(format: format, time: time, isMessage: true)
    }
    if isStatusLine(s, from, to) {
      message.statement = .tokenRefused
      message.subject = sink.intern("401")
      message.text = sink.internMasked(s, from, to)
      sink.add(message)
      return ReadLine(format: format, time: time)
    }
    return nil
  }

  /// An event behind a head of some export: ` type=LOGIN_ERROR, realmId=…`, its quotes perhaps escaped
  /// once more.
  private static func readEvent(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ time: Instant, _ context: LineContext,
    _ sink: inout Sink
  ) -> Bool {
    let realm = Bytes.find(", realmId=", s, from, to)
    guard realm > from else { return false }
    var at = realm
    while at > from, realm - at < 80, !Bytes.has("ype=", s, at, to) { at -= 1 }
    guard at > from, Bytes.has("type=", s, at - 1, to) else { return false }
    at -= 1
    var event = TokenEvent(citation: context.citation)
    event.time = time
    event.writer = context.writer
    guard Bytes.has("type=\\\"", s, at, to) else {
      return KeycloakEvent.readUserEvent(s, at, to, event, &sink)
    }
    var plain: [UInt8] = []
    JSONWalk.unescape(s, at, to, into: &plain)
    return KeycloakEvent.readUserEvent(plain.span, 0, plain.count, event, &sink)
  }

  private static func isStatusLine(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var i = Bytes.skipBlanks(s, from, to)
    if i + 2 < to, s[i] == UInt8(ascii: "<") { i += 2 }
    guard Bytes.has("HTTP/", s, i, to) else { return false }
    return Bytes.contains(" 401", s, i, min(to, i + 16))
  }
}
