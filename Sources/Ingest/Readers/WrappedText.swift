internal import ByteScan

/// Puts records that a mail program, a page or a person broke over lines back onto the line on which they
/// begin: Keycloak's events (`type="LOGIN_ERROR", realmId="x",` and `error="y"` below it), and logs whose heads
/// themselves are broken. The number of lines stays, so that what is read can be cited.
package enum WrappedText {
  /// Only what somebody pasted: whole logs are not wrapped.
  package static let largest = 32 << 10

  /// `nil` when nothing is broken.
  package static func whole(_ s: Span<UInt8>, _ count: Int) -> [UInt8]? {
    guard count <= largest else { return nil }
    let isBroken = hasBrokenHead(s, count)
    guard isBroken || Bytes.contains("type=", s, 0, count) else { return nil }
    var out: [UInt8] = []
    out.reserveCapacity(count)
    /// Where the last record begins in `out`, and the line ends that it owes.
    var record = 0
    var owed = 0
    var hasJoined = false
    forEachLine(s, count) { from, to in
      let start = Bytes.skipBlanks(s, from, to)
      let isNext =
        out.isEmpty || start >= to
        || !(isEventsNext(out, record, s, start, to)
          || isBroken && isRest(out, record, s, from, to))
      if isNext {
        for _ in 0..<owed { out.append(10) }
        owed = 0
        record = out.count
        for i in from..<to { out.append(s[i]) }
      } else {
        hasJoined = true
        if let last = out.last, last != UInt8(ascii: "="), last != 32 { out.append(32) }
        for i in start..<to { out.append(s[i]) }
      }
      owed += 1
    }
    for _ in 0..<owed { out.append(10) }
    return hasJoined ? out : nil
  }

  private static func forEachLine(
    _ s: Span<UInt8>, _ count: Int, _ body: (Int, Int) -> Void
  ) {
    var at = 0
    while at < count {
      var end = Bytes.findFar(10, s, at, count)
      if end < 0 { end = count }
      body(at, end > at && s[end - 1] == 13 ? end - 1 : end)
      at = end + 1
    }
  }

  /// An event that goes on: the next line begins with `name=`, or this one ends in the middle of a value.
  private static func isEventsNext(
    _ out: [UInt8], _ record: Int, _ s: Span<UInt8>, _ from: Int, _ to: Int
  ) -> Bool {
    let head = out.span
    // A runtime's stamp, or a shipper's object, begins a line of its own.
    if Prefixes.stamp(s, from, to) != nil || Bytes.has("{\"", s, from, to) { return false }
    guard Bytes.contains("type=", head, record, head.count),
      Bytes.contains("_ERROR", head, record, head.count),
      Bytes.contains("realmId=", head, record, head.count)
        || Bytes.contains("clientId=", head, record, head.count)
    else { return false }
    if isNamed(s, from, to) { return !Bytes.has("type=", s, from, to) }
    var quotes = 0
    var last = head.count - 1
    while last > record, head[last] == 32 { last -= 1 }
    for i in record..<head.count where head[i] == UInt8(ascii: "\"") { quotes += 1 }
    return quotes % 2 == 1 || head[last] == UInt8(ascii: "=")
  }

  /// `name=value`, `name="value"`.
  private static func isNamed(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var at = from
    while at < to, at - from < 40, s[at] | 0x20 >= 97 && s[at] | 0x20 <= 122 || s[at] == 95 {
      at += 1
    }
    return at > from && at < to && s[at] == UInt8(ascii: "=")
  }

  /// In a log whose heads are broken: a line that begins no record and no trace.
  private static func isRest(
    _ out: [UInt8], _ record: Int, _ s: Span<UInt8>, _ from: Int, _ to: Int
  ) -> Bool {
    if Bytes.isDigit(s[from]) || LineReader.goesOn(s, from, to) { return false }
    // Domain servers' own prefix: `[Server:server-two] `.
    return !Bytes.has("[Server:", s, from, to) && !Bytes.has("[Host ", s, from, to)
  }

  /// A line that ends behind its level, or inside the parenthesis with the thread's name, and a next one that
  /// goes on.
  private static func hasBrokenHead(_ s: Span<UInt8>, _ count: Int) -> Bool {
    var isOpen = false
    var isBroken = false
    forEachLine(s, count) { from, to in
      if isOpen, from < to, s[from] > 32, !Bytes.isDigit(s[from]) { isBroken = true }
      isOpen = false
      var end = to
      while end > from, s[end - 1] == 32 { end -= 1 }
      guard end - from > 12, end - from < 100 else { return }
      var word = end
      while word > from, s[word - 1] > 32 { word -= 1 }
      let isLevel = LevelWord.read(s, word, end) != .unknown && end - word >= 4
      let paren = lastOpen(s, from, end)
      isOpen =
        (isLevel || paren && Bytes.contains(" [org.", s, from, end)) && hasClock(s, from, end)
    }
    return isBroken
  }

  /// The last parenthesis is an open one.
  private static func lastOpen(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var at = to - 1
    while at > from, s[at] != UInt8(ascii: "("), s[at] != UInt8(ascii: ")") { at -= 1 }
    return s[at] == UInt8(ascii: "(")
  }

  /// `14:32:27,086`.
  private static func hasClock(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var at = from + 2
    while at + 4 < to {
      if s[at] == UInt8(ascii: ":"), s[at + 3] == UInt8(ascii: ":"), Bytes.isDigit(s[at - 1]),
        Bytes.isDigit(s[at + 1])
      {
        return true
      }
      at += 1
    }
    return false
  }
}
