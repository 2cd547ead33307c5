internal import ByteScan
package import Evidence

/// Reads the words loggers use for levels.
package enum LevelWord {
  /// The level written at `s[from..<to]` (any case, abbreviations included); `.unknown` otherwise.
  package static func read(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Level {
    guard from >= 0, to <= s.count else { return .unknown }
    let length = to - from
    guard length >= 1, length <= 13 else { return .unknown }
    func c(_ i: Int) -> UInt8 { i < length ? s[from + i] | 0x20 : 0 }
    switch c(0) {
    case UInt8(ascii: "i"):
      return length == 1 || has("info", s, from, length) || has("inf", s, from, length)
        || has("information", s, from, length)
        ? .info : .unknown
    case UInt8(ascii: "w"):
      return length == 1 || has("warn", s, from, length) || has("warning", s, from, length)
        || has("wrn", s, from, length) ? .warn : .unknown
    case UInt8(ascii: "e"):
      return length == 1 || has("error", s, from, length) || has("err", s, from, length)
        || has("eror", s, from, length)
        ? .error
        : has("emerg", s, from, length) || has("emergency", s, from, length) ? .fatal : .unknown
    case UInt8(ascii: "d"):
      return length == 1 || has("debug", s, from, length) || has("dbg", s, from, length)
        || has("debu", s, from, length)
        ? .debug : has("dpanic", s, from, length) ? .fatal : .unknown
    case UInt8(ascii: "t"):
      return has("trace", s, from, length) || has("trce", s, from, length) ? .trace : .unknown
    case UInt8(ascii: "n"): return has("notice", s, from, length) ? .notice : .unknown
    case UInt8(ascii: "f"):
      return length == 1 || has("fatal", s, from, length) || has("fail", s, from, length)
        || has("fata", s, from, length)
        ? (has("fail", s, from, length) ? .error : .fatal)
        : has("fine", s, from, length)
          ? .debug
          : has("finer", s, from, length) || has("finest", s, from, length) ? .trace : .unknown
    case UInt8(ascii: "c"):
      return has("critical", s, from, length) || has("crit", s, from, length)
        || has("crt", s, from, length) ? .fatal : has("config", s, from, length) ? .info : .unknown
    case UInt8(ascii: "a"): return has("alert", s, from, length) ? .fatal : .unknown
    case UInt8(ascii: "p"): return has("panic", s, from, length) ? .fatal : .unknown
    case UInt8(ascii: "s"): return has("severe", s, from, length) ? .error : .unknown
    case UInt8(ascii: "v"): return has("verbose", s, from, length) ? .trace : .unknown
    case UInt8(ascii: "l"): return has("log", s, from, length) ? .info : .unknown
    default: return .unknown
    }
  }

  /// Syslog's own names in lower case, as nginx and Apache write them; `nil` for any other word.
  static func ofSyslog(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Level? {
    if Bytes.equals("error", s, from, to) { return .error }
    if Bytes.equals("warn", s, from, to) { return .warn }
    if Bytes.equals("notice", s, from, to) { return .notice }
    if Bytes.equals("info", s, from, to) { return .info }
    if Bytes.equals("debug", s, from, to) { return .debug }
    let isFatal =
      Bytes.equals("crit", s, from, to) || Bytes.equals("alert", s, from, to)
      || Bytes.equals("emerg", s, from, to)
    return isFatal ? .fatal : nil
  }

  /// Numeric levels of pino and bunyan (10 trace … 60 fatal).
  package static func number(_ value: Int) -> Level {
    switch value {
    case 10: .trace
    case 20: .debug
    case 30: .info
    case 40: .warn
    case 50: .error
    case 60: .fatal
    default: .unknown
    }
  }

  private static func has(_ word: StaticString, _ s: Span<UInt8>, _ at: Int, _ length: Int) -> Bool
  {
    guard word.utf8CodeUnitCount == length else { return false }
    let start = unsafe word.utf8Start
    for i in 0..<length where unsafe s[at + i] | 0x20 != start[i] { return false }
    return true
  }
}
