internal import ByteScan

/// A request told inside a log message: `10.0.0.1 GET /a/b 200 14.2ms`, `"GET /a HTTP/1.1" 401 -`,
/// `10.0.0.1:4711 - "GET /a HTTP/1.1" 401 Unauthorized` (uvicorn), `GET /a 401 5.1 ms - 13` (morgan),
/// `[GIN] … | 401 | 61µs | 10.0.0.1 | GET "/a"`, werkzeug's and Quarkus' common format. Offsets only.
///
/// Calls that the application makes itself (an absolute URL) are not requests to it.
struct AccessText: BitwiseCopyable {
  var client = Extent.none
  var user = Extent.none
  var method = Extent.none
  var target = Extent.none
  var status: UInt16 = 0
  /// Microseconds; -1 unknown.
  var duration: Int64 = -1
  var bytes: Int32 = -1
  var userAgent = Extent.none
  /// A port stands behind the address of the client, with brackets or without.
  var hasPort = false

  /// Words before the method, at most.
  private static let words = 6

  static func read(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> AccessText? {
    guard to - from >= 8, to <= s.count else { return nil }
    if let line = CommonLogLine.read(s, from, to) {
      var found = AccessText()
      found.client = line.client
      found.user = line.user
      found.method = line.method
      found.target = line.target
      found.status = line.status
      found.bytes = line.bytes
      found.userAgent = line.userAgent
      found.readLastDuration(s, line.end, to)
      return found
    }
    if Bytes.has("[GIN]", s, from, to) { return gin(s, from, to) }
    switch s[from] {
    case UInt8(ascii: "R"): if let told = finished(s, from, to) { return told }
    case UInt8(ascii: "\""), UInt8(ascii: "["): if let told = chi(s, from, to) { return told }
    case UInt8(ascii: "|"): if let told = fiber(s, from, to) { return told }
    default: break
    }
    var found = AccessText()
    var i = from
    for _ in 0..<words {
      i = skip(s, i, to)
      let end = wordEnd(s, i, to)
      guard end > i else { return nil }
      let start = s[i] == UInt8(ascii: "\"") ? i + 1 : i
      if isMethod(s, start, end)
        || start > i && isToken(s, start, end) && Bytes.contains(" HTTP/", s, end, to)
      {
        found.method = Extent(start, end)
        found.hasPort = start > i && isPorted(s, found.client)
        return found.readRest(s, end, to) ? found : nil
      }
      if Bytes.has("http", s, start, end) { return nil }
      if found.client.isEmpty, isAddress(s, i, end) { found.client = Extent(i, end) }
      i = end
    }
    return nil
  }

  /// Target, status and what may follow.
  private mutating func readRest(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var i = AccessText.skip(s, from, to)
    if i < to, s[i] == UInt8(ascii: "\"") { i += 1 }
    guard i < to, s[i] == UInt8(ascii: "/") else { return false }
    var end = i
    while end < to, s[end] != 32, s[end] != UInt8(ascii: "\"") { end += 1 }
    target = Extent(i, end)
    i = end
    for _ in 0..<4 {
      while i < to, AccessText.isSeparator(s[i]) { i += 1 }
      let stop = AccessText.wordEnd(s, i, to)
      guard stop > i else { return false }
      var numberEnd = stop
      while numberEnd > i,
        s[numberEnd - 1] == UInt8(ascii: ",") || s[numberEnd - 1] == UInt8(ascii: ")")
      { numberEnd -= 1 }
      if numberEnd - i == 3 {
        if let code = Bytes.status(s, i, numberEnd) {
          status = code
          readDuration(s, stop, to)
          return true
        }
      }
      guard AccessText.isFiller(s, i, stop) else { return false }
      i = stop
    }
    return false
  }

  /// `14.2ms`, `0.014s`, `5.1 ms`, `in 12ms`, among the next words.
  private mutating func readDuration(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    var i = from
    for _ in 0..<4 {
      while i < to, AccessText.isSeparator(s[i]) { i += 1 }
      let end = AccessText.wordEnd(s, i, to)
      guard end > i else { return }
      let value = AccessText.microseconds(s, i, end, to)
      if value >= 0 {
        duration = value
        return
      }
      i = end
    }
  }

  /// A number with its unit (`ms`, `s`, `µs`), joined or as the next word; -1 otherwise.
  static func microseconds(_ s: Span<UInt8>, _ from: Int, _ to: Int, _ limit: Int) -> Int64 {
    var number = from
    while number < to, Bytes.isDigit(s[number]) || s[number] == UInt8(ascii: ".") { number += 1 }
    guard number > from, number - from <= 15 else { return -1 }
    let value = Bytes.microseconds(s, from, number)
    guard value >= 0 else { return -1 }
    var unit = number
    if unit < limit, s[unit] == 32, unit <= to { unit += 1 }
    if Bytes.has("ms", s, unit, limit) { return value / 1000 }
    if Bytes.has("µs", s, unit, limit) || Bytes.has("us", s, unit, limit) {
      return value / 1_000_000
    }
    let isWord = unit + 1 < limit && s[unit + 1] | 0x20 >= 97 && s[unit + 1] | 0x20 <= 122
    if unit < limit, s[unit] == UInt8(ascii: "s"), !isWord { return value }
    return -1
  }

  /// ASP.NET Core's `Request finished HTTP/1.1 GET http://host/path - 401 0 - 12.3456ms` (3.1 and older tell no method
  /// there).
  private static func finished(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> AccessText? {
    let begin: StaticString = "Request finished HTTP/"
    guard Bytes.has(begin, s, from, to) else { return nil }
    let method = wordEnd(s, from + begin.utf8CodeUnitCount, to) + 1
    let end = wordEnd(s, min(method, to), to)
    guard method < to, isToken(s, method, end) else { return nil }
    let target = min(end + 1, to)
    let targetEnd = wordEnd(s, target, to)
    let code = targetEnd + 3
    guard Bytes.has(" - ", s, targetEnd, to), code + 3 <= to, targetEnd > target,
      let status = Bytes.status(s, code, code + 3)
    else { return nil }
    var found = AccessText()
    found.method = Extent(method, end)
    found.target = Extent(target, targetEnd)
    found.status = status
    found.readLastDuration(s, code + 3, to)
    return found
  }

  /// Go's chi: `"GET http://host/path HTTP/1.1" from 10.0.0.1:4711 - 401 13B in 123.4µs`, perhaps behind `[request id] `.
  private static func chi(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> AccessText? {
    var i = from
    if s[i] == UInt8(ascii: "[") {
      let close = Bytes.find("] \"", s, i, min(to, i + 128))
      guard close > 0 else { return nil }
      i = close + 2
    }
    guard s[i] == UInt8(ascii: "\"") else { return nil }
    let quote = Bytes.find("\" from ", s, i + 1, to)
    guard quote > 0, let line = RequestLine(s, i + 1, quote) else { return nil }
    let client = quote + 7
    let clientEnd = wordEnd(s, client, to)
    let code = clientEnd + 3
    guard Bytes.has(" - ", s, clientEnd, to), code + 4 <= to, s[code + 3] == 32,
      let status = Bytes.status(s, code, code + 3)
    else { return nil }
    var found = AccessText()
    found.client = Extent(client, clientEnd)
    found.hasPort = true
    found.method = Extent(line.methodStart, line.methodEnd)
    found.target = Extent(line.targetStart, line.targetEnd)
    found.status = status
    let size = Bytes.digitsEnd(s, code + 4, to)
    if size > code + 4, size < to, s[size] == UInt8(ascii: "B") {
      found.bytes = Int32(clamping: Bytes.number(s, code + 4, size))
    }
    found.readLastDuration(s, code + 3, to)
    return found
  }

  /// The last word, where it is a duration.
  private mutating func readLastDuration(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    var start = to
    while start > from, s[start - 1] != 32 { start -= 1 }
    if Bytes.equals("ms", s, start, to), start > from + 1 {
      start -= 1
      while start > from, s[start - 1] != 32 { start -= 1 }
    }
    duration = AccessText.microseconds(s, start, to, to)
  }

  /// Go's Fiber behind its time: `| 401 |    1.2ms |  10.0.0.1 | GET     | /path     | -`.
  private static func fiber(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> AccessText? {
    guard Bytes.has("| ", s, from, to), from + 7 < to, s[from + 6] == UInt8(ascii: "|"),
      let status = Bytes.status(s, from + 2, from + 5)
    else { return nil }
    let cells = cells(s, from + 7, to, most: 4)
    guard cells.count == 4, cells.allSatisfy({ !$0.isEmpty }),
      isMethod(s, cells[2].from, cells[2].to), s[cells[3].from] == UInt8(ascii: "/")
    else { return nil }
    var found = AccessText()
    found.status = status
    found.duration = microseconds(s, cells[0].from, cells[0].to, cells[0].to)
    found.client = cells[1]
    found.method = cells[2]
    found.target = cells[3]
    return found
  }

  /// What stands between bars, without blanks around it.
  private static func cells(_ s: Span<UInt8>, _ from: Int, _ to: Int, most: Int) -> [Extent] {
    var cells: [Extent] = []
    var i = from
    while i < to, cells.count < most {
      let bar = Bytes.find(UInt8(ascii: "|"), s, i, to)
      let end = bar < 0 ? to : bar
      var start = Bytes.skipBlanks(s, i, end)
      var stop = end
      while stop > start, s[stop - 1] == 32 { stop -= 1 }
      if start > stop { start = stop }
      cells.append(Extent(start, stop))
      i = end + 1
    }
    return cells
  }

  /// Gin's own logger.
  private static func gin(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> AccessText? {
    let cells = cells(s, from, to, most: 6)
    guard cells.count >= 5, let status = Bytes.status(s, cells[1].from, cells[1].to) else {
      return nil
    }
    var found = AccessText()
    found.status = status
    found.duration = microseconds(s, cells[2].from, cells[2].to, cells[2].to)
    found.client = cells[3]
    let end = wordEnd(s, cells[4].from, cells[4].to)
    guard isMethod(s, cells[4].from, end) else { return nil }
    found.method = Extent(cells[4].from, end)
    var path = skip(s, end, cells[4].to)
    if path < cells[4].to, s[path] == UInt8(ascii: "\"") { path += 1 }
    var stop = path
    while stop < cells[4].to, s[stop] != UInt8(ascii: "\""), s[stop] != 32 { stop += 1 }
    found.target = Extent(path, stop)
    return found.target.isEmpty ? nil : found
  }

  // MARK: Words

  static func isMethod(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    switch to - from {
    case 3: Bytes.has("GET", s, from, to) || Bytes.has("PUT", s, from, to)
    case 4: Bytes.has("POST", s, from, to) || Bytes.has("HEAD", s, from, to)
    case 5: Bytes.has("PATCH", s, from, to)
    case 6: Bytes.has("DELETE", s, from, to)
    case 7: Bytes.has("OPTIONS", s, from, to)
    default: false
    }
  }

  /// Any method: three to sixteen capitals, perhaps with dashes (WebDAV's, `PURGE`).
  static func isToken(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from >= 3, to - from <= 16 else { return false }
    for i in from..<to where s[i] < 65 || s[i] > 90 {
      guard s[i] == UInt8(ascii: "-"), i > from else { return false }
    }
    return true
  }

  /// uvicorn's IPv6 clients, `2001:db8::7:51396`: a last group of four or five digits behind another one.
  private static func isPorted(_ s: Span<UInt8>, _ client: Extent) -> Bool {
    var colon = client.to
    while colon > client.from, Bytes.isDigit(s[colon - 1]) { colon -= 1 }
    let digits = client.to - colon
    return digits >= 4 && digits <= 5 && colon - 2 > client.from
      && s[colon - 1] == UInt8(ascii: ":")
      && s[colon - 2] != UInt8(ascii: ":")
  }

  /// Words that stand between target and status.
  private static func isFiller(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    Bytes.has("HTTP/", s, from, to) || Bytes.equals("status", s, from, to)
      || Bytes.equals("responded", s, from, to) || Bytes.equals("returned", s, from, to)
      || Bytes.equals("completed", s, from, to) || Bytes.equals("with", s, from, to)
  }

  /// An address or `address:port`, in the first bytes.
  private static func isAddress(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from >= 3, to - from <= 64 else { return false }
    var separators = 0
    for i in from..<to {
      let c = s[i]
      if c == UInt8(ascii: ".") || c == UInt8(ascii: ":") {
        separators += 1
      } else if !(Bytes.isDigit(c) || c | 0x20 >= 97 && c | 0x20 <= 102 || c == UInt8(ascii: "[")
        || c == UInt8(ascii: "]"))
      {
        return false
      }
    }
    return separators >= 2
  }

  private static func isSeparator(_ c: UInt8) -> Bool {
    switch c {
    case 32, 9, UInt8(ascii: "\""), UInt8(ascii: "|"), UInt8(ascii: "-"), UInt8(ascii: ">"),
      UInt8(ascii: "="), UInt8(ascii: ":"), UInt8(ascii: "("), UInt8(ascii: "["):
      true
    default: false
    }
  }
  private static func skip(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    Bytes.skipBlanks(s, from, to)
  }
  private static func wordEnd(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    var i = from
    while i < to, s[i] != 32, s[i] != 9 { i += 1 }
    return i
  }
}
