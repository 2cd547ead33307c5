internal import ByteScan
internal import Evidence

/// The head that Keycloak's text handlers write (facts: Quarkus `%d %-5p [%c] (%t) %s%e`, with a
/// trace or MDC block before the level; WildFly's console without a date; fragments without a stamp).
enum KeycloakHead {
  /// Reads `[stamp] [block] LEVEL [logger] (thread) `; nil when the line has another layout.
  static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext
  ) -> RecordHead? {
    var head = RecordHead()
    var i = from
    if let stamp = TimeStamp.iso(s, i, to) {
      head.time = RecordHead.time(stamp, context)
      head.isCoarse = stamp.isCoarse && !context.wrapperTime.isKnown
      i = stamp.end
    } else if let clock = RecordHead.clock(s, i, to, context) {
      head.time = clock.time
      i = clock.end
    } else {
      head.time = RecordHead.time(nil, context)
    }
    i = Bytes.skipBlanks(s, i, to)
    if Bytes.has("traceId=", s, i, to) {
      guard let end = traceBlock(s, i, to, &head) else { return nil }
      i = end
    } else if i < to, s[i] == UInt8(ascii: "{") {
      guard let end = contextBlock(s, i, to, &head) else { return nil }
      i = end
    }
    var end = i
    while end < to, end - i < 6, s[end] > 32 { end += 1 }
    head.level = LevelWord.read(s, i, end)
    guard head.level != .unknown else { return nil }
    i = Bytes.skipBlanks(s, end, to)
    guard i < to, s[i] == UInt8(ascii: "[") else { return nil }
    let close = Bytes.find(UInt8(ascii: "]"), s, i + 1, to)
    guard close > i + 1 else { return nil }
    head.logger = Extent(i + 1, close)
    i = Bytes.skipBlanks(s, close + 1, to)
    guard i < to, s[i] == UInt8(ascii: "(") else { return nil }
    guard let thread = threadEnd(s, i, to) else { return nil }
    head.thread = Extent(i + 1, thread)
    head.message = Bytes.skipBlanks(s, thread + 1, to)
    return head
  }

  /// `)` that closes the thread: one followed by a blank or the end.
  private static func threadEnd(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Int? {
    var i = at + 1
    while i < to, i - at < 256 {
      if s[i] == UInt8(ascii: ")"), i + 1 == to || s[i + 1] == 32 { return i }
      i += 1
    }
    return nil
  }

  /// `traceId=…, parentId=…, spanId=…, sampled=… `: values may be empty.
  private static func traceBlock(
    _ s: Span<UInt8>, _ at: Int, _ to: Int, _ head: inout RecordHead
  ) -> Int? {
    let comma = Bytes.find(UInt8(ascii: ","), s, at, to)
    guard comma >= 0 else { return nil }
    head.trace = Extent(at + 8, comma)
    let sampled = Bytes.find("sampled=", s, comma, min(to, comma + 200))
    guard sampled >= 0 else { return nil }
    var i = sampled + 8
    while i < to, s[i] != 32 { i += 1 }
    return Bytes.skipBlanks(s, i, to)
  }

  /// `{kc.clientId=…, traceId=…} `; a value may hold a brace, so the block ends where a level does
  /// follow.
  private static func contextBlock(
    _ s: Span<UInt8>, _ at: Int, _ to: Int, _ head: inout RecordHead
  ) -> Int? {
    var close = at
    while true {
      close = Bytes.find(UInt8(ascii: "}"), s, close + 1, min(to, at + 4096))
      guard close >= 0 else { return nil }
      let next = Bytes.skipBlanks(s, close + 1, to)
      var end = next
      while end < to, end - next < 6, s[end] > 32 { end += 1 }
      if LevelWord.read(s, next, end) != .unknown { break }
    }
    let trace = Bytes.find("traceId=", s, at, close)
    if trace >= 0 {
      var end = trace + 8
      while end < close, s[end] != UInt8(ascii: ",") { end += 1 }
      head.trace = Extent(trace + 8, end)
    }
    return Bytes.skipBlanks(s, close + 1, to)
  }
}
