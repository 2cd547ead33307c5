internal import ByteScan

/// The parts of an access line by what they look like, wherever they stand. Offsets only.
struct CustomAccessLine {
  /// The time stands within so many bytes.
  static let reach = 700

  var stamp: TimeStamp
  var client = Extent.none
  /// Where the client is the first of a list.
  var peer = Extent.none
  var host = Extent.none
  var request = Extent.none
  var status: UInt16 = 0
  var bytes: Int32 = -1
  /// Microseconds; -1 unknown.
  var duration: Int64 = -1
  var agent = Extent.none
  /// The first address of a quoted list behind the agent.
  private var forwarded = Extent.none

  /// - Returns: `nil` when one of time, request and status is missing.
  init?(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    guard let found = CustomAccessLine.time(s, from, to) else { return nil }
    stamp = found.stamp
    let before = CustomAccessWords(s, Bytes.skipBlanks(s, from, found.open), found.open)
    let behind = found.stamp.end + 1
    guard let line = CustomAccessLine.requestLine(s, behind, to) else { return nil }
    request = line
    let between = CustomAccessWords(s, Bytes.skipBlanks(s, behind, line.from), line.from - 1)
    let isTLSLog = before.isEmpty && between.has("TLSv", s)
    var next = line.to + 1
    if let end = readStatus(s, next, to, mayBeMissing: isTLSLog) {
      next = end
    } else {
      // Some write it in front of the request.
      guard readStatus(s, behind, line.from - 1, mayBeMissing: false) != nil else { return nil }
    }
    readAgent(s, next, to)
    readDuration(s, next, to)
    client = before.client(s) ?? Extent.none
    // S3: `owner bucket [time] client`.
    if client.isEmpty || before.count == 2 && before.address(s) == nil {
      client = between.address(s) ?? client
    }
    if forwarded.isEmpty { forwarded = before.forwarded(s) ?? Extent.none }
    if forwarded.isEmpty { readForwarded(s, next, to) }
    if !forwarded.isEmpty {
      peer = before.client(s) ?? Extent.none
      client = forwarded
    }
    if client.isEmpty {
      client = CustomAccessWords(s, Bytes.skipBlanks(s, next, to), to).address(s) ?? Extent.none
    }
    host = before.host(s, besides: client) ?? between.host(s, besides: client) ?? Extent.none
  }

  /// `[21/Aug/2026:10:00:00 +0000]` or, not at the beginning, `[2026-08-21T10:00:00+00:00]`.
  private static func time(
    _ s: Span<UInt8>, _ from: Int, _ to: Int
  ) -> (stamp: TimeStamp, open: Int)? {
    var at = from
    for _ in 0..<8 {
      at = Bytes.find(UInt8(ascii: "["), s, at, min(to, from + reach))
      guard at >= 0 else { return nil }
      let stamp =
        TimeStamp.common(s, at + 1, to) ?? TimeStamp.unpaddedCommon(s, at + 1, to)
        ?? (at > from ? TimeStamp.iso(s, at + 1, to) : nil)
      if var stamp {
        stamp.end = Bytes.skipBlanks(s, stamp.end, to)
        if stamp.end + 1 < to, s[stamp.end] == UInt8(ascii: "]") { return (stamp, at) }
      }
      at += 1
    }
    return nil
  }

  /// The first quoted text that is a request line, or that a status follows.
  private static func requestLine(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Extent? {
    var i = from
    for _ in 0..<4 {
      let open = Bytes.find(UInt8(ascii: "\""), s, i, to)
      guard open >= 0 else { return nil }
      let close = Quoted.end(s, open + 1, to)
      guard close >= 0 else { return nil }
      if isRequest(s, open + 1, close) || isStatus(s, close + 2, to) {
        return Extent(open + 1, close)
      }
      i = close + 1
    }
    return nil
  }

  private static func isRequest(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard let line = RequestLine(s, from, to), s[from] >= 65, s[from] <= 90 else { return false }
    return line.targetEnd < to || s[line.targetStart] == UInt8(ascii: "/")
      || AccessText.isMethod(s, line.methodStart, line.methodEnd)
  }

  /// Three digits that are a status, and nothing else in the word.
  private static func isStatus(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard from + 3 <= to, from + 3 == to || s[from + 3] == 32 else { return false }
    return Bytes.status(s, from, from + 3) != nil
  }

  /// The first status among the words behind the request, and the size after it.
  /// - Returns: where the rest begins.
  private mutating func readStatus(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, mayBeMissing: Bool
  ) -> Int? {
    var fields = BlankSeparated(Bytes.skipBlanks(s, from, to), to)
    let first = fields
    for turn in 0..<5 {
      let word = fields.next(s)
      guard word.start < to else { break }
      let isDash = turn == 0 && Quoted.isAbsent(s, word.start, word.end)
      let isLast = word.end >= to
      guard isDash || CustomAccessLine.isStatus(s, word.start, word.end) else { continue }
      if isLast, mayBeMissing { break }
      status = isDash ? 0 : UInt16(clamping: Bytes.number(s, word.start, word.end))
      if isLast { return to }
      let size = fields.next(s)
      bytes = Int32(clamping: max(-1, Bytes.number(s, size.start, size.end)))
      return min(to, size.end)
    }
    guard mayBeMissing else { return nil }
    var rest = first
    let size = rest.next(s)
    bytes = Int32(clamping: max(-1, Bytes.number(s, size.start, size.end)))
    return min(to, size.end)
  }

  /// `"referer" "agent"` behind the size, a number may stand between.
  private mutating func readAgent(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    let open = Bytes.find(UInt8(ascii: "\""), s, from, min(to, from + 24))
    guard open >= 0 else { return }
    let referer = Quoted.end(s, open + 1, to)
    guard referer >= 0, Bytes.has("\" \"", s, referer, to) else { return }
    let end = Quoted.end(s, referer + 3, to)
    guard end >= 0 else { return }
    agent = Extent(referer + 3, end)
    guard Bytes.has(" \"", s, end + 1, to) else { return }
    let close = Quoted.end(s, end + 3, to)
    let comma = Bytes.find(UInt8(ascii: ","), s, end + 3, max(end + 3, close))
    if comma > 0, AddressText.isAddress(s, end + 3, comma) { forwarded = Extent(end + 3, comma) }
  }

  /// `x_forwarded_for:"203.0.113.7, 10.0.0.1"` of Cloud Foundry's router.
  private mutating func readForwarded(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    let name: StaticString = " x_forwarded_for:\""
    let at = Bytes.find(name, s, from, to)
    guard at >= 0 else { return }
    let start = at + name.utf8CodeUnitCount
    var end = start
    while end < to, s[end] != UInt8(ascii: ","), s[end] != UInt8(ascii: "\"") { end += 1 }
    if AddressText.isAddress(s, start, end) { forwarded = Extent(start, end) }
  }

  /// `rt=0.123`, `request_time=0.123`, or a fraction of seconds that ends the line behind the agent.
  private mutating func readDuration(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    for (name, length) in CustomAccessLine.durations {
      let at = Bytes.find(name, s, from, to)
      guard at >= 0 else { continue }
      var start = at + length
      if start < to, s[start] == UInt8(ascii: "\"") { start += 1 }
      var end = start
      while end < to, Bytes.isDigit(s[end]) || s[end] == UInt8(ascii: ".") { end += 1 }
      if end > start, end - start <= 15 { duration = Bytes.microseconds(s, start, end) }
      return
    }
    guard !agent.isEmpty else { return }
    let start = agent.to + 2
    var end = start
    while end < to, Bytes.isDigit(s[end]) || s[end] == UInt8(ascii: ".") { end += 1 }
    if end == to, end > start, end - start <= 15,
      Bytes.find(UInt8(ascii: "."), s, start, end) > start
    {
      duration = Bytes.microseconds(s, start, end)
    }
  }

  private static let durations: [(StaticString, Int)] = [
    (" rt=", 4), (" request_time=", 14), (" response_time:", 15),
  ]
}
