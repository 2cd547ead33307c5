internal import ByteScan

/// The beginning that HAProxy's HTTP and TCP lines share; offsets only:
/// `client:port [21/Aug/2026:10:00:00.655] frontend backend/server T/T/T/T/T `.
struct HAProxyHead {
  var client: Address
  var stamp: TimeStamp
  var backendStart: Int
  var backendEnd: Int
  var serverStart: Int
  var serverEnd: Int
  /// How many timers there are: 5 in HTTP mode, 3 in TCP mode.
  var timers = 0
  /// The last timer, milliseconds; -1 when the request was aborted before.
  var total = -1
  var next: Int

  init?(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    let begin = HAProxyHead.bodyStart(s, from, to)
    let clientEnd = Quoted.wordEnd(s, begin, to)
    guard clientEnd > begin, clientEnd - begin < 128, clientEnd + 26 < to,
      s[clientEnd + 1] == UInt8(ascii: "["),
      let found = TimeStamp.common(s, clientEnd + 2, to), !found.isCoarse,
      Bytes.has("] ", s, found.end, to)
    else { return nil }
    client = Address(s, begin, clientEnd, hasPort: true)
    stamp = found
    let frontendEnd = Quoted.wordEnd(s, found.end + 2, to)
    guard frontendEnd + 1 < to else { return nil }
    backendStart = frontendEnd + 1
    let pair = Quoted.wordEnd(s, backendStart, to)
    let slash = Bytes.find(UInt8(ascii: "/"), s, backendStart, pair)
    guard slash > 0, pair < to else { return nil }
    backendEnd = slash
    serverStart = slash + 1
    serverEnd = pair
    next = pair + 1
    // Operators put a host or an SNI of their own between the server and the timers.
    if next < to, s[next] != UInt8(ascii: "-"), !HAProxyHead.isTimers(s, next, to) {
      let word = Quoted.wordEnd(s, next, to)
      if word + 1 < to, HAProxyHead.isTimers(s, word + 1, to) { next = word + 1 }
    }
    let timersEnd = Quoted.wordEnd(s, next, to)
    guard timersEnd < to else { return nil }
    var i = next
    while i < timersEnd {
      let slash = Bytes.find(UInt8(ascii: "/"), s, i, timersEnd)
      let end = slash < 0 ? timersEnd : slash
      let start = s[i] == UInt8(ascii: "+") ? i + 1 : i
      total = Bytes.number(s, start, end)
      guard total >= 0 || Bytes.equals("-1", s, start, end) else { return nil }
      timers += 1
      i = end + 1
    }
    next = timersEnd + 1
  }

  /// Where the line begins behind a syslog prefix (`… haproxy[14389]: `).
  static func bodyStart(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    guard from < to, !Bytes.isDigit(s[from]) || Bytes.has("20", s, from, to) else { return from }
    let tag = Bytes.find("haproxy[", s, from, min(to, from + 200))
    guard tag >= 0 else { return from }
    let end = Bytes.find("]: ", s, tag, min(to, tag + 24))
    return end < 0 ? from : end + 3
  }

  /// `0/-1/` or `+12/0/`: how timers begin.
  private static func isTimers(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var i = from
    if i < to, s[i] == UInt8(ascii: "-") || s[i] == UInt8(ascii: "+") { i += 1 }
    let end = Bytes.digitsEnd(s, i, to)
    return end > i && end < to && s[end] == UInt8(ascii: "/")
  }

  func hasServer(_ s: Span<UInt8>) -> Bool {
    serverStart < serverEnd && s[serverStart] != UInt8(ascii: "<")
  }

  /// `ip:port` at the end of an OpenShift server name (`pod:name:service:port:10.128.2.12:8080`) or
  /// as the whole name.
  func peer(_ s: Span<UInt8>) -> (start: Int, end: Int)? {
    var colon = serverEnd - 1
    while colon > serverStart, Bytes.isDigit(s[colon]) { colon -= 1 }
    guard colon > serverStart, colon < serverEnd - 1, s[colon] == UInt8(ascii: ":") else {
      return nil
    }
    var start = colon
    var dots = 0
    while start > serverStart, Bytes.isDigit(s[start - 1]) || s[start - 1] == UInt8(ascii: ".") {
      start -= 1
      if s[start] == UInt8(ascii: ".") { dots += 1 }
    }
    return dots == 3 ? (start, serverEnd) : nil
  }
}
