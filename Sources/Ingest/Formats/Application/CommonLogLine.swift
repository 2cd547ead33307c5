internal import ByteScan
internal import Evidence

/// A line of the Common Log Format and its relatives (`%h %l %u %t "%r" %s %b`, combined, with
/// anything behind): Keycloak's access log, gunicorn, Tomcat, werkzeug (blank before the time, no
/// zone), Quarkus. Offsets only.
struct CommonLogLine: BitwiseCopyable {
  var client = Extent.none
  var user = Extent.none
  var stamp: TimeStamp
  var method = Extent.none
  var target = Extent.none
  var status: UInt16 = 0
  var bytes: Int32 = -1
  var userAgent = Extent.none
  /// First byte after what was read.
  var end = 0

  /// Reads the line at `from`; nil when it has another layout.
  static func read(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> CommonLogLine? {
    // %h
    var i = from
    while i < to, s[i] > 32, i - from < 256 { i += 1 }
    guard i > from, i < to, s[i] == 32 else { return nil }
    let client = Extent(from, i)
    // %l %u, then the time, in brackets or (old Quarkus) bare.
    let identity = i + 1
    var open = identity
    let limit = min(to, identity + 256)
    var found: TimeStamp?
    while open < limit {
      if s[open] == UInt8(ascii: "[") {
        found = TimeStamp.common(s, open + 1, to)
        break
      }
      if open + 11 < to, s[open + 2] == UInt8(ascii: "/"), Bytes.isDigit(s[open]),
        s[open + 6] == UInt8(ascii: "/"), open > identity, s[open - 1] == 32
      {
        found = TimeStamp.common(s, open, to)
        break
      }
      if s[open] == UInt8(ascii: "\"") { return nil }
      open += 1
    }
    guard let stamp = found else { return nil }
    var line = CommonLogLine(stamp: stamp)
    line.client = address(s, from, open) ?? client
    let blank = Bytes.find(32, s, identity, open)
    if blank >= 0, blank + 1 < open { line.user = Extent(blank + 1, max(blank + 1, open - 1)) }
    i = stamp.end
    if i < to, s[i] == UInt8(ascii: "]") { i += 1 }
    i = Bytes.skipBlanks(s, i, to)
    guard i < to, s[i] == UInt8(ascii: "\"") else { return nil }
    // "%r", in which a quote may be escaped.
    let request = i + 1
    var close = request
    while close < to, s[close] != UInt8(ascii: "\"") {
      if s[close] == UInt8(ascii: "\\") { close += 1 }
      close += 1
    }
    guard close < to else { return nil }
    line.setRequest(s, request, close)
    i = Bytes.skipBlanks(s, close + 1, to)
    let statusEnd = Bytes.digitsEnd(s, i, min(to, i + 4))
    guard statusEnd - i == 3 else { return nil }
    line.status = UInt16(clamping: Bytes.number(s, i, statusEnd))
    i = Bytes.skipBlanks(s, statusEnd, to)
    let sizeEnd = Bytes.digitsEnd(s, i, to)
    if sizeEnd > i {
      line.bytes = Int32(clamping: Bytes.number(s, i, sizeEnd))
      i = sizeEnd
    } else if i < to, s[i] == UInt8(ascii: "-") {
      i += 1
    }
    line.end = i
    line.setUserAgent(s, i, to)
    return line
  }

  /// The address before identity and user, where other words (`host program:`) stand in front of it.
  private static func address(_ s: Span<UInt8>, _ from: Int, _ open: Int) -> Extent? {
    var end = open
    for _ in 0..<2 {
      while end > from, s[end - 1] == 32 { end -= 1 }
      while end > from, s[end - 1] != 32 { end -= 1 }
    }
    while end > from, s[end - 1] == 32 { end -= 1 }
    var start = end
    while start > from, s[start - 1] != 32 { start -= 1 }
    return AddressText.isAddress(s, start, end) ? Extent(start, end) : nil
  }

  private mutating func setRequest(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    let methodEnd = Bytes.find(32, s, from, to)
    guard methodEnd > from else { return }
    method = Extent(from, methodEnd)
    var end = to
    // The protocol is the last word; old servers and broken clients leave it out.
    var i = to - 1
    while i > methodEnd, s[i] != 32 { i -= 1 }
    if i > methodEnd, Bytes.has("HTTP/", s, i + 1, to) || isVersion(s, i + 1, to) { end = i }
    target = Extent(methodEnd + 1, end)
  }

  /// Hypercorn's `1.1` and `2`.
  private func isVersion(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    to - from <= 3 && Bytes.isDigit(s[from]) && (to - from == 1 || s[from + 1] == UInt8(ascii: "."))
  }

  /// `"referer" "user agent"` behind the size.
  private mutating func setUserAgent(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    var i = Bytes.skipBlanks(s, from, to)
    var last = Extent.none
    for _ in 0..<2 {
      guard i < to, s[i] == UInt8(ascii: "\"") else { return }
      var close = i + 1
      while close < to, s[close] != UInt8(ascii: "\"") {
        if s[close] == UInt8(ascii: "\\") { close += 1 }
        close += 1
      }
      guard close < to else { return }
      last = Extent(i + 1, close)
      i = Bytes.skipBlanks(s, close + 1, to)
      end = close + 1
    }
    userAgent = last
  }
}

extension CommonLogLine {
  /// Fills what the line says into a request whose citation, hop and format are set.
  func fill(_ request: inout Request, _ s: Span<UInt8>, _ sink: inout Sink) {
    request.status = status
    request.method = sink.intern(s, method.from, method.to)
    sink.setTarget(&request, s, target.from, target.to)
    let address = Address(s, client.from, client.to)
    request.client = sink.intern(s, address.start, address.end)
    request.clientPort = address.port
    if !user.isEmpty, !Bytes.equals("-", s, user.from, user.to) {
      request.remoteUser = sink.intern(s, user.from, user.to)
    }
    if !userAgent.isEmpty, !Bytes.equals("-", s, userAgent.from, userAgent.to) {
      request.userAgent = sink.internMasked(s, userAgent.from, userAgent.to)
    }
    request.responseBytes = bytes
    let id = QueryValue.find("client_id=", s, target.from, target.to)
    if !id.isEmpty { request.oauthClient = sink.intern(s, id.from, id.to) }
  }
}
