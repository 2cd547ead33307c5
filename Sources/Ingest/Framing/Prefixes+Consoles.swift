internal import ByteScan

/// What platforms put in front of the lines of the programs they run.
extension Prefixes {
  /// `app[web.1]: ` and `heroku[router]: ` of `heroku logs` behind a stamp with its zone.
  static func heroku(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Named? {
    guard Bytes.has("heroku[", s, from, to) || Bytes.has("app[", s, from, to) else { return nil }
    let close = Bytes.find("]: ", s, from, min(to, from + 80))
    guard close > 0 else { return nil }
    return Named(nameStart: from, nameEnd: close + 1, next: close + 3)
  }

  /// `[APP/PROC/WEB/0] OUT ` and `[RTR/1] OUT ` of `cf logs` behind a stamp with its zone.
  static func cloudFoundry(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Named? {
    guard from < to, s[from] == UInt8(ascii: "[") else { return nil }
    let close = Bytes.find(UInt8(ascii: "]"), s, from, min(to, from + 80))
    guard close > from + 3, Bytes.isDigit(s[close - 1]),
      Bytes.find(UInt8(ascii: "/"), s, from, close) > 0,
      Bytes.has(" OUT ", s, close + 1, to) || Bytes.has(" ERR ", s, close + 1, to)
    else { return nil }
    return Named(nameStart: from + 1, nameEnd: close, next: close + 6)
  }

  /// `668104134<tab>2026-08-21T10:00:00<tab>2026-08-21T10:00:01Z<tab>1234<tab>web-1<tab>…<tab>nginx<tab>` of Papertrail's
  /// archives: number, twice the time, source with name and address, facility, severity, program.
  static func papertrail(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> (
    time: TimeStamp, name: Named
  )? {
    var starts: [Int] = []
    var i = Bytes.digitsEnd(s, from, min(to, from + 20))
    guard i > from + 4, i + 40 < to, s[i] == 9, Bytes.isDigit(s[i + 1]),
      s[i + 11] == UInt8(ascii: "T")
    else { return nil }
    while true {
      starts.append(i + 1)
      if starts.count == 9 { break }
      i = Bytes.find(9, s, i + 1, min(to, i + 256))
      guard i > 0 else { return nil }
    }
    guard let time = TimeStamp.iso(s, starts[1], to), time.hasZone, time.end == starts[2] - 1 else {
      return nil
    }
    return (time, Named(nameStart: starts[7], nameEnd: starts[8] - 1, next: starts[8]))
  }

  /// A line between quotes or backticks: what it is inside. `jq` prints texts as JSON, perhaps with a comma behind;
  /// chats have backticks around code; LiteSpeed quotes its access lines and escapes nothing.
  struct Quotation: BitwiseCopyable {
    var start: Int
    var end: Int
    var isEscaped: Bool
  }

  static func quotation(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Quotation? {
    guard to - from > 26 else { return nil }
    let quote = s[from]
    if quote == UInt8(ascii: "`") {
      guard s[to - 1] == quote, s[from + 1] != quote else { return nil }
      return Quotation(start: from + 1, end: to - 1, isEscaped: false)
    }
    var end = to
    if s[end - 1] == UInt8(ascii: ",") { end -= 1 }
    guard s[end - 1] == quote else { return nil }
    let text = JSONWalk.stringEnd(s, from + 1, end)
    if text.end == end - 1 {
      return Quotation(start: from + 1, end: end - 1, isEscaped: text.escaped)
    }
    guard s[end - 2] == quote, Bytes.has(" - ", s, Quoted.wordEnd(s, from, end), end) else {
      return nil
    }
    return Quotation(start: from + 1, end: end - 1, isEscaped: false)
  }
}
