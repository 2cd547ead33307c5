internal import ByteScan

/// What nginx, Apache, Traefik, Kong and APISIX lines have in common: the Common Log Format up to
/// the size (`client ident user [time] "request" status size`), with the referer and the agent of
/// the combined format. Offsets only; gives no meaning to what follows.
///
/// <https://httpd.apache.org/docs/2.4/logs.html#accesslog>
struct CombinedLine {
  var clientStart = 0
  var clientEnd = 0
  var userStart = 0
  var userEnd = 0
  var stamp = TimeStamp(nanoseconds: 0, end: 0, hasZone: false, isCoarse: true)
  /// APISIX writes the host between time and request.
  var hostStart = 0
  var hostEnd = 0
  var requestStart = 0
  var requestEnd = 0
  var status: UInt16 = 0
  /// -1 where it is `-`.
  var size = -1
  var sizeIsDash = false
  /// Zero length where the line ends at the size (common).
  var agentStart = 0
  var agentEnd = 0
  var hasAgent = false
  /// First byte after what was read.
  var next = 0

  /// - Returns: `nil` when the line is not of this family.
  init?(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    clientStart = from
    var i = Quoted.wordEnd(s, from, to)
    guard i > from, i - from <= 255 else { return nil }
    clientEnd = i
    // Traefik prints the whole `X-Forwarded-For`: `a, b - user [time]`.
    while i + 1 < to, s[i - 1] == UInt8(ascii: ","), i - from <= 255 {
      if clientEnd == i { clientEnd = i - 1 }
      i = Quoted.wordEnd(s, i + 1, to)
    }
    guard i + 3 < to, s[i + 1] == UInt8(ascii: "-"), s[i + 2] == 32 else { return nil }
    i += 3
    // ingress-nginx up to 0.25 repeats the address: `a - [a] - user [time]`.
    if s[i] == UInt8(ascii: "[") {
      let close = Bytes.find(UInt8(ascii: "]"), s, i, min(to, i + 256))
      if close > 0, Bytes.has("] - ", s, close, to) { i = close + 4 }
    }
    userStart = i
    if i + 2 < to, s[i] == UInt8(ascii: "-"), s[i + 1] == 32, s[i + 2] == UInt8(ascii: "[") {
      userEnd = i + 1
    } else {
      // A user name may hold blanks and brackets: the first ` [` with a time behind it counts.
      var at = i
      userEnd = -1
      while at + 22 < to, at - i < 256 {
        if s[at] == 32, s[at + 1] == UInt8(ascii: "["), s[at + 4] == UInt8(ascii: "/") {
          userEnd = at
          break
        }
        at += 1
      }
      guard userEnd >= userStart else { return nil }
    }
    guard let found = TimeStamp.common(s, userEnd + 2, to) else { return nil }
    stamp = found
    i = found.end
    guard i + 2 < to, s[i] == UInt8(ascii: "]"), s[i + 1] == 32 else { return nil }
    i += 2
    if s[i] != UInt8(ascii: "\"") {
      hostStart = i
      hostEnd = Quoted.wordEnd(s, i, to)
      i = hostEnd + 1
      guard i < to, s[i] == UInt8(ascii: "\"") else { return nil }
    }
    requestStart = i + 1
    requestEnd = Quoted.end(s, requestStart, to)
    guard requestEnd >= 0 else { return nil }
    i = requestEnd + 2
    guard i + 3 < to, s[i - 1] == 32 else { return nil }
    let a = s[i] &- 48
    let b = s[i + 1] &- 48
    let c = s[i + 2] &- 48
    if a <= 9, b <= 9, c <= 9, s[i + 3] == 32 {
      status = UInt16(a) * 100 + UInt16(b) * 10 + UInt16(c)
      i += 4
    } else if a <= 9, s[i + 1] == 32 {
      // Traefik writes a missing status as 0, Apache and newer Traefik as `-`.
      status = UInt16(a)
      i += 2
    } else if s[i] == UInt8(ascii: "-"), s[i + 1] == 32 {
      i += 2
    } else {
      return nil
    }
    let sizeEnd = Quoted.wordEnd(s, i, to)
    if sizeEnd - i == 1, s[i] == UInt8(ascii: "-") {
      sizeIsDash = true
    } else {
      size = Bytes.number(s, i, sizeEnd)
      guard size >= 0 else { return nil }
    }
    next = sizeEnd
    readAgent(s, to)
  }

  /// ` "referer" "agent"`, where they are.
  private mutating func readAgent(_ s: Span<UInt8>, _ to: Int) {
    guard next + 1 < to, s[next] == 32 else { return }
    var referer = next + 1
    if s[referer] == UInt8(ascii: "\"") {
      referer = Quoted.end(s, referer + 1, to)
    } else if s[referer] != UInt8(ascii: "-") {
      // Traefik 1 wrote no quotes around a missing one.
      return
    }
    guard referer >= 0, referer + 2 < to, s[referer + 1] == 32,
      s[referer + 2] == UInt8(ascii: "\"")
    else { return }
    let end = Quoted.endFar(s, referer + 3, to)
    guard end >= 0 else { return }
    agentStart = referer + 3
    agentEnd = end
    hasAgent = true
    next = end + 1
  }

  /// Cheap test for the family: a blank, `-`, a blank within the first word's reach.
  static func mayStart(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from > 40 else { return false }
    let c = s[from]
    return c != UInt8(ascii: "{") && c != UInt8(ascii: "[") && c > 32
  }
}
