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

  /// A plain success on a plain path, all of the line as `read` wants it: what is counted and no more
  /// where the sample is full. `nil` in every other case and in doubt; `read` decides then.
  static func glance(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ memory: inout GlanceMemory
  ) -> Glance?
  /// Whether there is a `glance`, which wants its lines marked.
  static var glances: Bool { get }
}

extension LineFormat {
  package static func glance(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ memory: inout GlanceMemory
  ) -> Glance? { nil }
  package static var glances: Bool { false }
}

/// What there is to count of an ordinary line.
package struct Glance: Sendable, BitwiseCopyable {
  package var status: UInt16
  /// Of a stamp without a zone: as if UTC.
  package var time: Instant
  /// The line has a stamp without a zone at its start, and none with a zone.
  package var isZoneless = false
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
