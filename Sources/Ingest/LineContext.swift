package import Evidence

/// What is known about a line besides its text, when a format reads it.
package struct LineContext: Sendable, BitwiseCopyable {
  /// Where the line stands.
  package var citation: Citation
  /// Pod, container or process named by a wrapper; `.none` without one.
  package var writer = Symbol.none
  /// The wrapper's own stamp (CRI, docker, `--timestamps`); `.unknown` without one.
  package var wrapperTime = Instant.unknown
  /// Seconds east of UTC to assume for stamps without a zone.
  package var assumedOffset = 0
  /// Sampling priority of a success read from this line (`Sample.priority`).
  package var priority: UInt64 = 0
  /// Time of the line before, for lines without a stamp (continuations, fragments).
  package var previousTime = Instant.unknown
  /// The last time without a date in this source, whoever wrote it.
  package var undatedTime = Instant.unknown
  /// When the source was last changed, for stamps without a year that nothing else dates.
  package var changed = Instant.unknown
  /// Format of the record that a continuation belongs to.
  package var previousFormat = Format.unparsed

  package init(citation: Citation) { self.citation = citation }
}
