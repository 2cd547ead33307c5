internal import ByteScan
internal import Evidence

/// Layouts that operators set themselves (`--log-console-format`): a stamp, then level, thread and
/// logger in any order and dressing, then the message. Only lines of Keycloak's own loggers are
/// taken: `2025-01-30T14:31:58,037 [WARN] [executor-thread-2] org.keycloak.events - type=…`.
enum KeycloakCustomHead {
  static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext
  ) -> RecordHead? {
    let limit = min(to, from + 320)
    let name = Bytes.find("org.keycloak.", s, from, limit)
    guard name > from else { return nil }
    var head = RecordHead()
    var end = name
    while end < to, isNameByte(s[end]) { end += 1 }
    head.logger = Extent(name, end)
    if let stamp = TimeStamp.iso(s, from, to) {
      head.time = RecordHead.time(stamp, context)
      head.isCoarse = stamp.isCoarse && !context.wrapperTime.isKnown
    } else if let clock = RecordHead.clock(s, from, to, context) {
      head.time = clock.time
    } else {
      head.time = RecordHead.time(nil, context)
    }
    // The level is a word of its own before the logger.
    var i = from
    while i < name {
      while i < name, !isLetter(s[i]) { i += 1 }
      let start = i
      while i < name, isLetter(s[i]) { i += 1 }
      if i - start >= 4, s[start] < 97 {
        let level = LevelWord.read(s, start, i)
        if level != .unknown {
          head.level = level
          break
        }
      }
    }
    guard head.level != .unknown else { return nil }
    // Between logger and message: `]`, a thread in brackets, a dash, a colon.
    i = end
    while i < to {
      switch s[i] {
      case 32, 9, UInt8(ascii: "]"), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "|"):
        i += 1
        continue
      case UInt8(ascii: "("), UInt8(ascii: "["):
        let close = Bytes.find(
          s[i] == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "]"), s, i,
          min(to, i + 160))
        guard close > i, head.thread.isEmpty else { break }
        head.thread = Extent(i + 1, close)
        i = close + 1
        continue
      default: break
      }
      break
    }
    head.message = i
    return head
  }

  private static func isLetter(_ c: UInt8) -> Bool { c | 0x20 >= 97 && c | 0x20 <= 122 }
  private static func isNameByte(_ c: UInt8) -> Bool {
    isLetter(c) || Bytes.isDigit(c) || c == UInt8(ascii: ".") || c == UInt8(ascii: "_")
      || c == UInt8(ascii: "$")
  }
}
