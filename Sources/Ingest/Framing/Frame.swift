internal import Evidence

/// What the wrappers around a line said.
struct Frame: Sendable, BitwiseCopyable {
  enum Stream: UInt8, Sendable, BitwiseCopyable { case none, output, errors }

  /// The finest wrapper stamp that was printed with a zone; `.unknown` without one.
  var time = Instant.unknown
  /// A stamp in whole seconds, or without a zone: better than none for lines without their own.
  var roughTime = Instant.unknown
  /// `roughTime` was printed without a year.
  var lacksYear = false
  /// `roughTime` was printed without a zone, and read as UTC for want of better knowledge.
  var lacksZone = false
  /// What is known of the time when the text inside tells none.
  var anyTime: Instant { time.isKnown ? time : roughTime }
  var writer = Symbol.none
  var stream = Stream.none
  /// The text goes on in the next line of the same stream and writer (CRI `P`, docker's pieces).
  var isPartial = false
  /// A wrapper of a kind that says for each line whether it is whole.
  var joinsPartials = false
  /// Which of several such wrappers, one inside the other: pieces of one are none of another.
  var runtimes: UInt8 = 0
  /// One of many records that a store gave.
  var isRecord = false
  /// Something was peeled.
  var isWrapped = false
  /// Where the line would go on if the last stamp was the program's own and no wrapper; -1.
  var doubt = -1
}
