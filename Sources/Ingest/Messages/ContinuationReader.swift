internal import Evidence

/// Reads the lines that follow a message and belong to it (stack traces, quoted answers).
package enum ContinuationReader {
  /// Looks for known statements in `s[from..<to]`. `context.previousTime` is the time of the record
  /// that the line belongs to.
  ///
  /// - Returns: whether something was added to the sink.
  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> Bool { false }
}
