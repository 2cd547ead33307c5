internal import ByteScan

/// A range of bytes; absent when `start` is negative. Small, for there are many in a head: no
/// buffer has two billion bytes.
struct Field: BitwiseCopyable {
  private var from: Int32 = -1
  private var to: Int32 = -1

  init() {}
  init(start: Int, end: Int) {
    from = Int32(truncatingIfNeeded: start)
    to = Int32(truncatingIfNeeded: end)
  }

  var start: Int { Int(from) }
  var end: Int { Int(to) }
  var isPresent: Bool { from >= 0 }
  var count: Int { isPresent ? end - start : 0 }
}

/// The head of an HTTP/1 message (RFC 9112 §2–5): offsets of what is of interest. Tolerant: bare
/// line feeds, blanks before the colon and folded lines are taken as they are.
struct Head: BitwiseCopyable {
  var isAnswer = false
  /// The blank line was seen.
  var isWhole = false
  /// Behind the blank line, when it was seen.
  var end = -1
  /// 10 or 11.
  var version = 11
  var method = Field()
  var target = Field()
  var status = 0
  var headers = 0
  var contentLength: Int64 = -1
  var isChunked = false
  var hasClose = false
  var expectsContinue = false

  var host = Field()
  var authorization = Field()
  /// `CredentialReader.hash` of it, where it was taken already.
  var credential: UInt64?
  /// `SuccessChoice.hash` of what names the request, where it was taken already.
  var identity: UInt64?
  var userAgent = Field()
  var contentType = Field()
  var contentEncoding = Field()
  var upgrade = Field()
  var requestID = Field()
  var traceparent = Field()
  var b3 = Field()
  var challenge = Field()
  /// A second `WWW-Authenticate`; browsers and Kerberos set-ups offer several.
  var challenge2 = Field()
  var location = Field()
  var forwardedProto = Field()
  var forwardedHost = Field()
  var forwardedFor = Field()
  var forwardedPort = Field()
  var forwarded = Field()
  var cookie = Field()
  var date = Field()
  /// How many `Authorization` headers there were.
  var authorizations = 0
  /// There was one, and it is not to be looked at.
  var hidesCredential: Bool { authorizations > 0 && !authorization.isPresent }

  /// Reads the head that starts at `from`.
  ///
  /// - Parameter cut: take what there is although the blank line is missing.
  /// - Returns: the offset behind the blank line, -1 when it is not there yet, -2 when this is no
  ///   head at all.
  mutating func parse(_ s: Span<UInt8>, _ from: Int, _ to: Int, cut: Bool = false) -> Int {
    let lineEnd = Bytes.findFar(10, s, from, to)
    guard lineEnd >= 0 else {
      // Of a cut answer the status stands in front.
      if cut, Bytes.has("HTTP/", s, from, to), startLine(s, from, to) { return to }
      return to - from > 64 << 10 ? -2 : -1
    }
    guard startLine(s, from, Head.trimmed(s, from, lineEnd)) else { return -2 }
    var at = lineEnd + 1
    while at < to {
      let c = s[at]
      if c == 10 { return whole(at + 1) }
      if c == 13 {
        guard at + 1 < to else { break }
        if s[at + 1] == 10 { return whole(at + 2) }
      }
      let end = Bytes.findFar(10, s, at, to)
      if end < 0 {
        if cut { header(s, at, to) }
        break
      }
      header(s, at, Head.trimmed(s, at, end))
      at = end + 1
    }
    return cut ? to : -1
  }

  private mutating func whole(_ end: Int) -> Int {
    isWhole = true
    self.end = end
    return end
  }

  /// The end of a line without its carriage return.
  @inline(__always) static func trimmed(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    to > from && s[to - 1] == 13 ? to - 1 : to
  }

  private mutating func startLine(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    if Bytes.has("HTTP/", s, from, to) {
      isAnswer = true
      let blank = Bytes.find(32, s, from, to)
      guard blank > 0, blank + 4 <= to else { return false }
      version = s[blank - 1] == UInt8(ascii: "0") ? 10 : 11
      let code = Bytes.number(s, blank + 1, blank + 4)
      guard code >= 100, code < 1000, blank + 4 == to || s[blank + 4] == 32 else { return false }
      status = code
      return true
    }
    let blank = Bytes.find(32, s, from, min(to, from + 32))
    guard blank > from else { return false }
    var last = to - 1
    while last > blank, s[last] != 32 { last -= 1 }
    guard last > blank, Bytes.has("HTTP/", s, last + 1, to) else { return false }
    version = s[to - 1] == UInt8(ascii: "0") ? 10 : 11
    method = Field(start: from, end: blank)
    target = Field(start: blank + 1, end: last)
    return target.count > 0
  }

  private mutating func header(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    if s[from] == 32 || s[from] == 9 { return }
    let colon = Bytes.find(UInt8(ascii: ":"), s, from, to)
    guard colon > from else { return }
    headers += 1
    var nameEnd = colon
    while nameEnd > from, s[nameEnd - 1] == 32 || s[nameEnd - 1] == 9 { nameEnd -= 1 }
    let start = Bytes.skipBlanks(s, colon + 1, to)
    var end = to
    while end > start, s[end - 1] == 32 || s[end - 1] == 9 { end -= 1 }
    let value = Field(start: start, end: end)
    @inline(__always) func named(_ name: StaticString) -> Bool {
      Head.matches(name, s, from, nameEnd)
    }
    switch nameEnd - from {
    case 2: if named("b3") { b3 = value }
    case 4:
      if named("host") {
        if !host.isPresent { host = value }
      } else if named("date") {
        date = value
      }
    case 6:
      if named("expect") {
        expectsContinue = value.count >= 3 && s[start] == UInt8(ascii: "1")
      } else if named("cookie") {
        if !cookie.isPresent { cookie = value }
      }
    case 7: if named("upgrade") { upgrade = value }
    case 8: if named("location") { location = value }
    case 9: if named("forwarded") { forwarded = value }
    case 10:
      if named("user-agent") {
        userAgent = value
      } else if named("connection") {
        hasClose = Head.matches("close", s, start, end)
      }
    case 11:
      if named("traceparent") { traceparent = value }
      if named("x-b3-trace-id") { b3 = value }
    case 12:
      if named("content-type") {
        contentType = value
      } else if named("x-request-id") {
        requestID = value
      } else if named("x-b3-traceid") {
        if !b3.isPresent { b3 = value }
      }
    case 13:
      if named("authorization") {
        authorizations += 1
        if !authorization.isPresent { authorization = value }
      }
    case 14:
      if named("content-length") { contentLength = Head.length(s, start, end) }
    case 15: if named("x-forwarded-for") { if !forwardedFor.isPresent { forwardedFor = value } }
    case 16:
      if named("www-authenticate") {
        if challenge.isPresent {
          if !challenge2.isPresent { challenge2 = value }
        } else {
          challenge = value
        }
      } else if named("content-encoding") {
        contentEncoding = value
      } else if named("x-forwarded-host") {
        forwardedHost = value
      } else if named("x-forwarded-port") {
        forwardedPort = value
      }
    case 17:
      if named("transfer-encoding") {
        // The last coding must be chunked, on its own: `chunked` inside another word is not.
        isChunked = Head.endsWithChunked(s, start, end)
      } else if named("x-forwarded-proto") {
        forwardedProto = value
      }
    default: break
    }
  }

  /// Case-insensitive; `name` in lower case: letters, digits and hyphens.
  @inline(__always) static func matches(
    _ name: StaticString, _ s: Span<UInt8>, _ from: Int, _ to: Int
  ) -> Bool {
    let length = name.utf8CodeUnitCount
    guard to - from == length, from >= 0, to <= s.count else { return false }
    let text = unsafe UnsafeRawPointer(name.utf8Start)
    guard length >= 8 else {
      for i in 0..<length {
        let own = unsafe text.load(fromByteOffset: i, as: UInt8.self)
        if (s[from + i] ^ own) & ~((own & 0x40) >> 1) != 0 { return false }
      }
      return true
    }
    // Eight bytes at a time, the last eight together. Of these characters letters alone have bit 6, and
    // the two cases of a letter differ in bit 5.
    var i = 0
    while i < length {
      let k = min(i, length - 8)
      let own = unsafe UInt64(littleEndian: text.loadUnaligned(fromByteOffset: k, as: UInt64.self))
      let letters = (own & 0x4040_4040_4040_4040) >> 1
      if (Bytes.word(s, from + k) ^ own) & ~letters != 0 { return false }
      i += 8
    }
    return true
  }

  /// `Content-Length`, also as `12, 12`; -1 when it is no number.
  private static func length(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int64 {
    let comma = Bytes.find(UInt8(ascii: ","), s, from, to)
    return Int64(Bytes.number(s, from, comma < 0 ? to : comma))
  }

  private static func endsWithChunked(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var start = to
    while start > from, s[start - 1] != UInt8(ascii: ","), s[start - 1] != 32 { start -= 1 }
    return matches("chunked", s, start, to)
  }
}
