internal import Evidence

/// Collects one record per line for `why401 records`.
package struct Recorder: Sendable {
  package enum Kind: String, Sendable {
    case request, tokenEvent = "token_event", adminEvent = "admin_event", message, network
    case lifecycle, continuation, unparsed
  }
  package init() {}
  mutating func request(_ request: Request, _ observations: Observations) {}
  mutating func tokenEvent(_ event: TokenEvent, _ observations: Observations) {}
  mutating func adminEvent(_ event: AdminEvent, _ observations: Observations) {}
  mutating func message(_ message: Message, _ observations: Observations) {}

  /// Ends a line: it gets a record of `kind` if nothing else was recorded of it.
  mutating func endLine(
    _ kind: Kind, _ format: Format, _ time: Instant, _ context: LineContext, _ length: Int,
    _ observations: Observations
  ) {}
}
