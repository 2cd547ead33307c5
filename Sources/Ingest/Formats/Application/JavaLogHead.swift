internal import ByteScan
internal import Evidence

/// The first line of a record of `java.util.logging`, whose text stands on the next one:
/// `Oct 11, 2024 8:42:14 AM org.example.Thing method` (`SimpleFormatter`; the level opens the text), and
/// Jenkins' `Oct 11, 2024 8:42:14 AM FINE org.example.Thing`.
///
/// <https://docs.oracle.com/en/java/javase/21/docs/api/java.logging/java/util/logging/SimpleFormatter.html>
enum JavaLogHead {
  /// When it was written; nil where the line is none.
  static func time(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext
  ) -> Instant? {
    guard let stamp = TimeStamp.halfDays(s, from, to) else { return nil }
    var word = nextWord(s, stamp.end, to)
    if LevelWord.read(s, word.from, word.to) != .unknown { word = nextWord(s, word.to, to) }
    guard !word.isEmpty, Bytes.find(UInt8(ascii: "."), s, word.from, word.to - 1) > word.from else {
      return nil
    }
    let method = nextWord(s, word.to, to)
    guard nextWord(s, method.isEmpty ? to : method.to, to).isEmpty else { return nil }
    return Instant.ofMessage(stamp, context)
  }

  /// A name, as of a class or a method, behind one blank.
  private static func nextWord(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Extent {
    let start = Bytes.skipBlanks(s, at, to)
    var end = start
    while end < to, s[end] > 32 { end += 1 }
    return Extent(start, end)
  }
}
