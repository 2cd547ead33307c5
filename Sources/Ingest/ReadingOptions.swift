package import Evidence

/// What the user said about the inputs, as far as reading lines is concerned.
package struct ReadingOptions: Sendable {
  /// Seconds east of UTC for stamps without a zone; `nil`: found out from the lines.
  package var timezone: Int?
  /// Seconds east of UTC for stamps without a zone where nothing in the line tells it; `nil`: UTC, to be
  /// settled when everything is read.
  package var fallbackOffset: Int?
  /// Formats to try, in order.
  package var formats: [any LineFormat.Type] = FormatCatalogue.all
  /// The user's own formats, asked before all others.
  package var patterns: [UserFormat] = []
  /// Last change of the source, seconds since the epoch: a hint for stamps without a year.
  package var modified = 0
  /// Only what is stamped within is added.
  package var window: TimeWindow?

  package init() {}
}
