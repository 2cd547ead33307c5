package import Evidence

/// One log format: recognises a line and turns it into observations.
///
/// A reader gets the line without its wrapper and without colours, as `s[from..<to]`, and must never
/// trap, whatever the bytes. It returns `nil` (having added nothing to the sink) when the line is not
/// its own: the next format in `FormatCatalogue` is asked then. Tests hold every reader against the
/// samples of all others and against truncation at each byte.
package protocol LineFormat: Sendable {
  /// The most specific name under which its lines are counted; a reader that reads variants returns
  /// the one it met from `read`.
  static var format: Format { get }

  /// Two or three byte tests that most foreign lines fail.
  static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool

  /// Reads the line, adds its observations to `sink`, and says what the line was.
  static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine?

  /// Whether `passOver` or `recall` is worth a call; they want their lines marked.
  static var glances: Bool { get }
  /// Reads plain successes that are only counted, line after line (`GlancingFormat`).
  static func passOver(
    _ s: Span<UInt8>, _ from: Int, beginningBefore limit: Int, _ reader: inout LineReader,
    _ sink: inout Sink
  ) -> Int

  /// Reads a line of a shape that was learnt (`GlanceMemory.shapes`) just as `read` would; `nil` in every
  /// other case and in doubt, having added nothing.
  static func recall(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext,
    _ memory: inout GlanceMemory, _ sink: inout Sink
  ) -> ReadLine?
  /// Keeps the shape of a line that `read` has read, for `recall` and glances.
  static func learn(_ s: Span<UInt8>, _ from: Int, _ to: Int, _ memory: inout GlanceMemory)
}

extension LineFormat {
  package static var glances: Bool { false }
  package static func passOver(
    _ s: Span<UInt8>, _ from: Int, beginningBefore limit: Int, _ reader: inout LineReader,
    _ sink: inout Sink
  ) -> Int { from }
  package static func recall(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext,
    _ memory: inout GlanceMemory, _ sink: inout Sink
  ) -> ReadLine? { nil }
  package static func learn(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ memory: inout GlanceMemory
  ) {}
}

/// What a format made of a line.
package struct ReadLine: Sendable {
  package var format: Format
  /// The line's time (for continuations and coverage); `.unknown` where it has none.
  package var time: Instant
  /// A continuation may follow (stack traces).
  package var isMessage: Bool

  package init(format: Format, time: Instant, isMessage: Bool = false) {
    self.format = format
    self.time = time
    self.isMessage = isMessage
  }
}
