internal import Evidence

/// Collects one record per line for `why401 records`.
package struct Recorder: Sendable {
  package init() {}
  mutating func request(_ request: Request, _ observations: Observations) {}
  mutating func tokenEvent(_ event: TokenEvent, _ observations: Observations) {}
  mutating func adminEvent(_ event: AdminEvent, _ observations: Observations) {}
  mutating func message(_ message: Message, _ observations: Observations) {}
}
