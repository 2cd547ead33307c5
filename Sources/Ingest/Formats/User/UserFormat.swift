package import Evidence

/// A log format of the user's: a pattern, or a map of JSON members; perhaps with the role of who writes it.
package struct UserFormat: Sendable {
  package enum Layout: Sendable {
    case text(PatternFormat)
    case json(JSONFieldFormat)
  }
  private let layout: Layout
  private let hop: Hop

  package init(_ layout: Layout, hop: Hop = .unknown) {
    self.layout = layout
    self.hop = hop
  }

  /// `nil` when the line is not written by it.
  func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    switch layout {
    case .text(let pattern): pattern.read(s, from, to, hop, context, &sink)
    case .json(let fields): fields.read(s, from, to, hop, context, &sink)
    }
  }
}
