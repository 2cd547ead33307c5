internal import ByteScan

extension Prefixes {
  /// What stands before a line in the log of Tanuki's Java Service Wrapper.
  struct JavaWrapper: BitwiseCopyable {
    /// In the zone of the machine, as if UTC.
    var stamp: TimeStamp?
    var next: Int
  }

  /// `INFO   | jvm 1    | 2026/08/21 10:00:00 | ` (`wrapper.logfile.format=LPTM`) and `jvm 1    | ` (the console's `PM`).
  /// Levels have six places, the writer (`wrapper`, `jvm 1`) has eight.
  ///
  /// <https://wrapper.tanukisoftware.com/doc/english/prop-logfile-format.html>
  static func javaWrapper(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> JavaWrapper? {
    var i = from
    let hasLevel = i + 20 < to && isCell(s, i, 6)
    if hasLevel {
      guard LevelWord.read(s, i, Quoted.wordEnd(s, i, i + 6)) != .unknown || isOwnLevel(s, i, to)
      else { return nil }
      i += 9
    }
    guard i + 11 <= to, isCell(s, i, 8),
      Bytes.has("jvm ", s, i, to) && Bytes.isDigit(s[i + 4])
        || hasLevel && Bytes.has("wrapper", s, i, to)
    else { return nil }
    i += 11
    if i + 22 <= to, Bytes.isDigit(s[i]), let stamp = TimeStamp.iso(s, i, to), !stamp.hasZone,
      Bytes.has(" | ", s, stamp.end, to)
    {
      return JavaWrapper(stamp: stamp, next: stamp.end + 3)
    }
    return JavaWrapper(stamp: nil, next: i)
  }

  /// So many bytes, and ` | ` behind them.
  private static func isCell(_ s: Span<UInt8>, _ from: Int, _ width: Int) -> Bool {
    s[from + width] == 32 && s[from + width + 1] == UInt8(ascii: "|") && s[from + width + 2] == 32
  }

  private static func isOwnLevel(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    Bytes.has("STATUS", s, from, to) || Bytes.has("ADVICE", s, from, to)
  }
}
