internal import ByteScan
internal import Evidence

/// Reads the lines that follow a message and belong to it (stack traces, quoted answers).
package enum ContinuationReader {
  /// Looks for known statements in `s[from..<to]`. `context.previousTime` is the time of the record
  /// that the line belongs to. One record says each thing once, however many `Caused by` repeat it.
  ///
  /// - Returns: whether something was added to the sink.
  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> Bool {
    guard from < to, !isFrame(s, from, to) else { return false }
    if readRequest(s, from, to, context, &sink) { return true }
    let isKeycloak =
      context.previousFormat == .keycloakText || context.previousFormat == .keycloakJSON
    let voice: MessageSignature.Voice = isKeycloak ? .keycloak : .others
    let end = min(to, from + SymbolTable.longest)
    guard let judged = MessageReader.judge(s, from, end, level: .unknown, voice: voice),
      judged.row != nil || !isKeycloak, sink.saysAnew(judged.statement, context.previousTime)
    else { return false }
    var message = Message(citation: context.citation)
    message.time = context.previousTime
    message.format =
      context.previousFormat == .unparsed ? .applicationText : context.previousFormat
    message.writer = context.writer
    MessageReader.add(judged, s, from, to, message, &sink)
    return true
  }

  /// ASP.NET Core's console writes what it says below a head with level and category.
  private static func readRequest(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> Bool {
    let start = Bytes.skipBlanks(s, from, to)
    guard start > from, Bytes.has("Request finished HTTP/", s, start, to),
      let access = AccessText.read(s, start, to)
    else { return false }
    var record = ApplicationRecord(context, .applicationAccess)
    record.time = context.previousTime
    record.add(access, s, &sink)
    return true
  }

  /// `at package.Class.method(…)`, `File "x.py", line 3`, `... 12 more`: where, never why.
  private static func isFrame(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    let i = Bytes.skipBlanks(s, from, to)
    guard i < to else { return true }
    return Bytes.has("at ", s, i, to) || Bytes.has("File \"", s, i, to)
      || Bytes.has("... ", s, i, to) || Bytes.has("#011at ", s, i, to)
  }
}

/// What the record being read has said so far.
struct SaidStatements: Sendable {
  var time = Instant.unknown
  var statements: [Statement] = []

  /// So many texts of one record that no row knows are kept.
  static let mostUnknown = 4
}

extension Sink {
  /// Books a statement of the record of the given time; false when the record said it before. (A
  /// printed answer names its code on one line and describes it on the next.)
  mutating func saysAnew(_ statement: Statement, _ time: Instant) -> Bool {
    if said.time != time {
      said.time = time
      said.statements.removeAll(keepingCapacity: true)
    }
    if said.statements.last == statement, statement == .callClientRefused {
      said.statements.append(.other)
      return true
    }
    // Words that nobody knows may say something else each time.
    let most = statement == .other ? SaidStatements.mostUnknown : 1
    if said.statements.count(where: { $0 == statement }) >= most { return false }
    said.statements.append(statement)
    return true
  }

  /// A record begins with this statement.
  mutating func begins(_ statement: Statement, _ time: Instant) {
    said.time = time
    said.statements.removeAll(keepingCapacity: true)
    said.statements.append(statement)
  }
}
