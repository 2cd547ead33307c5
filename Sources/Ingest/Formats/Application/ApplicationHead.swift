internal import ByteScan
internal import Evidence

/// The heads of text logs: a stamp, a level, a logger, a thread, in the orders that Python, Logback,
/// Log4j, Spring Boot, Quarkus, loguru, zap, Serilog, gunicorn, Ruby, Tomcat, PHP, Nest and Go's standard logger use.
///
/// Nothing is assumed about the application: a line is taken for a log record when it begins with a
/// stamp, or with a level that is dressed as one (`WARN  [x]`, `ERROR:x:`, `[ERROR] x - `).
enum ApplicationHead {
  static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext
  ) -> RecordHead? {
    var head = RecordHead()
    var i = from
    let isTomcat = i + 2 < to && s[i + 2] == UInt8(ascii: "-") && Bytes.isDigit(s[i])
    let hasStamp =
      readNestStamp(s, &i, to, context, &head) || readStamp(s, &i, to, context, &head)
      || readPrefixedStamp(s, &i, to, context, &head)
    let start = i
    if readLevel(s, &i, to, &head, dressed: !hasStamp) {
      if !hasStamp { readLateStamp(s, &i, to, context, &head) }
      readLogger(s, &i, to, &head)
      if isTomcat { readTomcatSource(s, &i, to, &head) }
      head.message = i
      return head
    }
    guard hasStamp else { return nil }
    head.message = skip(s, start, to)
    return head
  }

  // MARK: Stamp

  private static func readStamp(
    _ s: Span<UInt8>, _ i: inout Int, _ to: Int, _ context: LineContext, _ head: inout RecordHead
  ) -> Bool {
    var at = i
    // Ruby: `W, [2026-11-23T18:06:35.536 #123]  WARN -- : `
    if at + 4 < to, s[at + 1] == UInt8(ascii: ","), s[at + 2] == 32,
      s[at + 3] == UInt8(ascii: "[")
    {
      at += 3
    }
    let isBracketed = at < to && s[at] == UInt8(ascii: "[")
    if isBracketed { at += 1 }
    var end: Int
    if var stamp = TimeStamp.iso(s, at, to) ?? TimeStamp.dashed(s, at, to) {
      if !stamp.hasZone, isUTC(s, stamp.end, to) {
        stamp.hasZone = true
        stamp.end += 4
      }
      head.time = ofMessage(stamp, context)
      head.isCoarse = stamp.isCoarse && head.time == Instant(stamp, context)
      end = stamp.end
    } else if let clock = RecordHead.clock(s, at, to, context), clock.end - at > 8 || isBracketed {
      head.time = clock.time
      end = clock.end
    } else {
      head.time = RecordHead.time(nil, context)
      return false
    }
    if isBracketed {
      // Serilog writes the level into the same brackets: `[18:06:35 INF]`.
      if end < to, s[end] == UInt8(ascii: "]") {
        end += 1
      } else {
        let close = Bytes.find(UInt8(ascii: "]"), s, end, min(to, end + 40))
        guard close >= 0 else { return false }
        let word = skip(s, end, close)
        let level = LevelWord.read(s, word, close)
        if level != .unknown {
          head.level = level
          i = close + 1
          return true
        }
        end = close + 1
      }
    }
    i = end
    return true
  }

  /// ` UTC` or ` GMT` as a word behind a stamp.
  private static func isUTC(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Bool {
    guard Bytes.has(" UTC", s, at, to) || Bytes.has(" GMT", s, at, to) else { return false }
    return at + 4 == to || s[at + 4] == 32 || s[at + 4] == UInt8(ascii: "]")
  }

  private static func ofMessage(_ stamp: TimeStamp, _ context: LineContext) -> Instant {
    Instant.ofMessage(stamp, context)
  }

  /// A stamp behind the level: Django's `ERROR 2026-11-23 19:52:37,416 views 7 `, Go's
  /// `INFO: 2026/11/23 19:52:37 `, Log4j's `WARN  [thread] 2026-11-23 19:52:37,416 `.
  private static func readLateStamp(
    _ s: Span<UInt8>, _ i: inout Int, _ to: Int, _ context: LineContext, _ head: inout RecordHead
  ) {
    var next = skip(s, i < to && s[i] == UInt8(ascii: ":") ? i + 1 : i, to)
    if readStamp(s, &next, to, context, &head) {
      i = next
      return
    }
    guard next < to, s[next] == UInt8(ascii: "[") else { return }
    let close = closing(s, next, to)
    guard close > next else { return }
    let thread = trimmed(s, next + 1, close)
    next = skip(s, close + 1, to)
    guard next < to, Bytes.isDigit(s[next]), readStamp(s, &next, to, context, &head) else { return }
    head.thread = thread
    i = next
  }

  /// Nest's `[Nest] 7  - 08/22/2026, 7:32:47 PM    WARN [AuthService] `.
  private static func readNestStamp(
    _ s: Span<UInt8>, _ i: inout Int, _ to: Int, _ context: LineContext, _ head: inout RecordHead
  ) -> Bool {
    guard Bytes.has("[Nest] ", s, i, to) else { return false }
    let pid = skip(s, i + 7, to)
    let dash = skip(s, Bytes.digitsEnd(s, pid, to), to)
    guard dash > pid, Bytes.has("- ", s, dash, to),
      let stamp = TimeStamp.slashed(s, skip(s, dash + 2, to), to)
    else { return false }
    head.time = ofMessage(stamp, context)
    head.isCoarse = head.time == Instant(stamp, context)
    i = stamp.end
    return true
  }

  /// Go's `log.New(w, "orders: ", log.LstdFlags)`: a word of the program's own, then `2026/11/23 19:52:37`.
  private static func readPrefixedStamp(
    _ s: Span<UInt8>, _ i: inout Int, _ to: Int, _ context: LineContext, _ head: inout RecordHead
  ) -> Bool {
    var end = i
    while end < to, end - i < 32, s[end] > 32 { end += 1 }
    let at = skip(s, end, to)
    guard end > i + 1, at > end, at + 19 <= to, s[at + 4] == UInt8(ascii: "/"),
      let stamp = TimeStamp.iso(s, at, to)
    else { return false }
    var name = Extent(i, s[end - 1] == UInt8(ascii: ":") ? end - 1 : end)
    if s[name.from] == UInt8(ascii: "["), s[name.to - 1] == UInt8(ascii: "]") {
      name = Extent(name.from + 1, name.to - 1)
    }
    let level = LevelWord.read(s, name.from, name.to)
    if level == .unknown {
      guard isName(s, name.from, name.to) else { return false }
      head.logger = name
    }
    head.level = level
    head.time = ofMessage(stamp, context)
    head.isCoarse = stamp.isCoarse && head.time == Instant(stamp, context)
    i = stamp.end
    return true
  }

  /// Tomcat's `OneLineFormatter`: `[thread] org.example.Thing.method message`; the thread was taken for
  /// the logger.
  private static func readTomcatSource(
    _ s: Span<UInt8>, _ i: inout Int, _ to: Int, _ head: inout RecordHead
  ) {
    let end = nameEnd(s, i, to)
    guard head.thread.isEmpty, !head.logger.isEmpty, isDotted(s, i, end), end < to, s[end] == 32
    else { return }
    head.thread = head.logger
    head.logger = Extent(i, end)
    i = end + 1
  }

  // MARK: Level

  /// Looks for a level among the first words; a thread in brackets and a logger may stand before it.
  private static func readLevel(
    _ s: Span<UInt8>, _ i: inout Int, _ to: Int, _ head: inout RecordHead, dressed: Bool
  ) -> Bool {
    if head.level != .unknown { return true }
    var at = i
    var logger = Extent.none
    for turn in 0..<5 {
      at = skipDressing(s, at, to)
      guard at < to else { return false }
      if s[at] == UInt8(ascii: "[") || s[at] == UInt8(ascii: "(") {
        let close = closing(s, at, to)
        guard close > at else { return false }
        let inner = trimmed(s, at + 1, close)
        let level = LevelWord.read(s, inner.from, inner.to)
        if level != .unknown, inner.to - inner.from >= 3 || !dressed {
          head.level = level
          i = close + 1
          if !logger.isEmpty { head.logger = logger }
          return true
        }
        if dressed { return false }
        if head.thread.isEmpty { head.thread = inner }
        at = close + 1
        continue
      }
      var end = at
      while end < to, isNameByte(s[end]) { end += 1 }
      guard end > at else { return false }
      // Monolog: `app.WARNING: `
      var word = at
      if end < to, s[end] == UInt8(ascii: ":") {
        var dot = end
        while dot > at, s[dot - 1] != UInt8(ascii: ".") { dot -= 1 }
        if dot > at, isLoud(s, dot, end) { word = dot }
      }
      let level = LevelWord.read(s, word, end)
      if level != .unknown, isLevel(s, word, end, to, dressed: dressed && turn == 0) {
        head.level = level
        i = end
        if word > at { logger = Extent(at, word - 1) }
        if !logger.isEmpty { head.logger = logger }
        return true
      }
      if dressed { return false }
      // `logger - INFO - `: a name before the level, with a dash behind it.
      if logger.isEmpty, isDashed(s, end, to) { logger = Extent(at, end) }
      at = end
    }
    return false
  }

  /// A level stands alone: loud, or followed by what loggers put behind one.
  private static func isLevel(
    _ s: Span<UInt8>, _ from: Int, _ end: Int, _ to: Int, dressed: Bool
  ) -> Bool {
    let length = end - from
    if length < 3 { return false }
    if dressed {
      // Without a stamp only `WARN  [x]`, `ERROR:x:`, `INFO:     `, `info: `, `ERROR<tab>` are believed.
      guard end < to else { return false }
      if s[end] == UInt8(ascii: ":") { return isLoud(s, from, end) || isConsole(s, from, end, to) }
      return isLoud(s, from, end) && (s[end] == 32 || s[end] == 9)
    }
    return isLoud(s, from, end) || end >= to || s[end] == 32 || s[end] == 9
      || s[end] == UInt8(ascii: ":")
  }

  /// .NET's console: `fail: Category.Name[0]`.
  private static func isConsole(_ s: Span<UInt8>, _ from: Int, _ end: Int, _ to: Int) -> Bool {
    guard end - from == 4, s[to - 1] == UInt8(ascii: "]") else { return false }
    return Bytes.find(UInt8(ascii: "["), s, end, to) > end
  }

  private static func isLoud(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to > from else { return false }
    for i in from..<to where !(s[i] >= 65 && s[i] <= 90) { return false }
    return true
  }

  // MARK: Logger

  /// What stands between the level and the message.
  private static func readLogger(
    _ s: Span<UInt8>, _ i: inout Int, _ to: Int, _ head: inout RecordHead
  ) {
    var at = skipDressing(s, i, to)
    // `::1:4711 - "GET …` of uvicorn: the colons are not the level's.
    if at - i >= 2, Bytes.has("::", s, at - 2, to) {
      let word = Quoted.wordEnd(s, at, to)
      if Bytes.has(" - \"", s, word, to), AddressText.isAddress(s, at - 2, word) {
        i = at - 2
        return
      }
    }
    // Spring Boot: `INFO 27880 --- [app] [nio-8080-exec-4] o.s.Logger : message`
    let pid = Bytes.digitsEnd(s, at, to)
    if pid > at, Bytes.has(" --- [", s, pid, to) {
      at = pid + 5
      while at < to, s[at] == UInt8(ascii: "[") {
        let close = Bytes.find(UInt8(ascii: "]"), s, at, to)
        guard close > at else { break }
        head.thread = trimmed(s, at + 1, close)
        // Correlation ids: `[trace-span] `
        at = skip(s, close + 1, to)
      }
      let colon = Bytes.find(" : ", s, at, to)
      guard colon >= at else {
        i = at
        return
      }
      head.logger = trimmed(s, at, colon)
      i = colon + 3
      return
    }
    // Brackets: logger or thread.
    if at < to, s[at] == UInt8(ascii: "[") {
      let close = closing(s, at, to)
      if close > at, !Bytes.has("]:", s, close, to) || !AddressText.isAddress(s, at, close) {
        let inner = trimmed(s, at + 1, close)
        var next = skip(s, close + 1, to)
        if next < to, s[next] == UInt8(ascii: "("), let thread = parenthesis(s, next, to) {
          head.logger = inner
          head.thread = thread
          i = skip(s, thread.to + 1, to)
          return
        }
        if next < to, s[next] == UInt8(ascii: "["), closing(s, next, to) > next {
          // `[thread] [logger] message`
          let second = closing(s, next, to)
          if isName(s, next + 1, second) {
            head.thread = inner
            head.logger = trimmed(s, next + 1, second)
            i = skipColon(s, second + 1, to)
            return
          }
        }
        let name = nameEnd(s, next, to)
        if name > next, isDotted(s, next, name), isBeforeMessage(s, name, to) {
          head.thread = inner
          head.logger = Extent(next, name)
          next = name
        } else if head.logger.isEmpty {
          head.logger = inner
        }
        i = skipColon(s, next, to)
        return
      }
    }
    let name = nameEnd(s, at, to)
    // `10.0.0.1:4711 - "GET …` of uvicorn: whom it answered.
    let word = Quoted.wordEnd(s, at, to)
    if AddressText.isAddress(s, at, name)
      || Bytes.has(" - \"", s, word, to) && AddressText.isAddress(s, at, word)
    {
      i = at
      return
    }
    if name > at, head.logger.isEmpty, isBeforeMessage(s, name, to),
      isDotted(s, at, name)
        || isDashed(s, name, to)
        || name < to && s[name] == UInt8(ascii: ":") && !isBlankAfter(s, name, to)
    {
      head.logger = Extent(at, name)
      i = skipColon(s, name, to)
      return
    }
    if name > at, head.logger.isEmpty, isDotted(s, at, name), name < to,
      s[name] == 9 || Bytes.has("  ", s, name, to)
    {
      // zap's console: `ERROR  file.go:75  message`
      head.logger = Extent(at, name)
      i = skip(s, name, to)
      return
    }
    i = at
  }

  // MARK: Pieces

  private static func parenthesis(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Extent? {
    let close = Bytes.find(UInt8(ascii: ")"), s, at, min(to, at + 200))
    return close > at ? Extent(at + 1, close) : nil
  }

  private static func closing(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Int {
    let mark = s[at] == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "]")
    return Bytes.find(mark, s, at, min(to, at + 200))
  }

  private static func nameEnd(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Int {
    var end = at
    while end < to, end - at < 160,
      isNameByte(s[end]) || s[end] == UInt8(ascii: "/")
        || s[end] == UInt8(ascii: "[") || s[end] == UInt8(ascii: "]")
    { end += 1 }
    // `file.go:75`, `module:function:12`
    while end < to, s[end] == UInt8(ascii: ":"), end + 1 < to,
      Bytes.isDigit(s[end + 1]) || s[end + 1] == UInt8(ascii: "_") || s[end + 1] >= 97
    {
      var more = end + 1
      while more < to, isNameByte(s[more]) { more += 1 }
      end = more
    }
    return end
  }

  private static func isName(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    let e = trimmed(s, from, to)
    guard !e.isEmpty else { return false }
    for i in e.from..<e.to where !isNameByte(s[i]) { return false }
    return true
  }

  /// `com.example.Thing`, `file.go:75`, `a/b.c`.
  private static func isDotted(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from >= 3, s[from] != UInt8(ascii: "/"), !Bytes.isDigit(s[from]) else {
      return false
    }
    return Bytes.find(UInt8(ascii: "."), s, from, to - 1) > from
      || Bytes.find(UInt8(ascii: ":"), s, from, to - 1) > from
  }

  /// ` - `, ` | `, `: `, ` : ` stand behind a logger.
  private static func isBeforeMessage(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Bool {
    guard at < to else { return false }
    if s[at] == UInt8(ascii: ":") { return true }
    return isDashed(s, at, to) || Bytes.has(" : ", s, skip(s, at, to) - 1, to)
  }
  private static func isDashed(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Bool {
    let i = skip(s, at, to)
    return i > at && (Bytes.has("- ", s, i, to) || Bytes.has("| ", s, i, to))
  }
  private static func isBlankAfter(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Bool {
    at + 1 >= to || s[at + 1] == 32
  }

  private static func skipColon(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Int {
    var i = skip(s, at, to)
    if i < to, s[i] == UInt8(ascii: ":") || s[i] == UInt8(ascii: "-") || s[i] == UInt8(ascii: "|"),
      i + 1 >= to || s[i + 1] == 32 || s[i] == UInt8(ascii: ":")
    {
      i = skip(s, i + 1, to)
    }
    return i
  }

  private static func skipDressing(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Int {
    var i = at
    while i < to {
      switch s[i] {
      case 32, 9, UInt8(ascii: "|"), UInt8(ascii: ":"): i += 1
      case UInt8(ascii: "-") where i + 1 < to && (s[i + 1] == 32 || s[i + 1] == UInt8(ascii: "-")):
        i += 1
      default: return i
      }
    }
    return i
  }

  private static func trimmed(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Extent {
    let start = skip(s, from, to)
    var end = to
    while end > start, s[end - 1] == 32 { end -= 1 }
    return Extent(start, end)
  }
  private static func skip(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    Bytes.skipBlanks(s, from, to)
  }
  private static func isNameByte(_ c: UInt8) -> Bool {
    c | 0x20 >= 97 && c | 0x20 <= 122 || Bytes.isDigit(c) || c == UInt8(ascii: ".")
      || c == UInt8(ascii: "_") || c == UInt8(ascii: "$") || c == UInt8(ascii: "-")
      || c == UInt8(ascii: "@") || c == UInt8(ascii: "#")
  }
}
