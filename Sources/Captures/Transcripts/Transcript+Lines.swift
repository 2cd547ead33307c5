internal import ByteScan

/// What single lines of a transcript look like.
extension Transcript {
  /// `HTTP/1.1 401 Unauthorized`, `HTTP/2 401`.
  static func isStatusLine(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard Bytes.has("HTTP/", s, from, to), to - from >= 10 else { return false }
    let blank = Bytes.find(32, s, from, min(to, from + 12))
    guard blank > 0, blank + 4 <= to else { return false }
    let code = Bytes.number(s, blank + 1, blank + 4)
    return code >= 100 && code < 600 && (blank + 4 == to || s[blank + 4] == 32)
  }

  /// `GET /orders HTTP/1.1`.
  static func isRequestLine(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    // `GET / HTTP/2`
    guard to - from >= 12 else { return false }
    var at = from
    while at < to, at - from < 10, s[at] >= 65, s[at] <= 90 { at += 1 }
    guard at - from >= 3, at < to, s[at] == 32 else { return false }
    return Bytes.contains(" HTTP/", s, max(at, to - 10), to)
  }

  /// Where `curl` begins in a line that is a command, behind a prompt.
  static func curl(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    if Bytes.has("curl ", s, from, to), !Bytes.has("curl (", s, from, to),
      !Bytes.has("curl: ", s, from, to)
    {
      return from
    }
    // `$ curl`, `user@host:~$ curl`, `# curl`.
    let end = min(to, from + 120)
    for prompt: StaticString in ["$ curl ", "# curl ", "% curl ", "> curl "] {
      let place = Bytes.find(prompt, s, from, end)
      if place >= 0 { return place + 2 }
    }
    return nil
  }

  /// A line that begins with a date or an address is a log's, not a body's.
  static func isLogLine(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from > 24, Bytes.isDigit(s[from]) || s[from] == UInt8(ascii: "[") else {
      return false
    }
    let at = s[from] == UInt8(ascii: "[") ? from + 1 : from
    if at + 10 < to, s[at + 4] == UInt8(ascii: "-"), s[at + 7] == UInt8(ascii: "-") { return true }
    return Bytes.contains(" - - [", s, from, min(to, from + 80))
  }

  /// `100 Continue`, and a proxy's `200 Connection established`.
  static func isPassing(_ answer: [UInt8]) -> Bool {
    let s = answer.span
    let blank = Bytes.find(32, s, 0, s.count)
    guard blank > 0, blank + 4 <= s.count else { return true }
    if s[blank + 1] == UInt8(ascii: "1") { return true }
    var end = Bytes.find(10, s, 0, s.count)
    if end < 0 { end = s.count }
    return Bytes.contains("onnection established", s, blank, end)
      || Bytes.contains("onnection Established", s, blank, end)
  }

  /// Whether the head's `Authorization` holds no credential but a word for one: a variable, stars, dots,
  /// `<token>`, `REDACTED`.
  static func hidesCredential(_ head: [UInt8]) -> Bool {
    let s = head.span
    var parsed = Head()
    _ = parsed.parse(s, 0, s.count, cut: true)
    let field = parsed.authorization
    guard field.isPresent else { return false }
    func has(_ text: StaticString) -> Bool { Bytes.contains(text, s, field.start, field.end) }
    if has("***") || has("...") || has("…") || has("<") || has("$") || has("{") || has("xxxx")
      || has("XXXX")
    {
      return true
    }
    for i in field.start..<field.end where s[i] | 32 == UInt8(ascii: "r") {
      if Head.matches("redacted", s, i, min(field.end, i + 8)) { return true }
      if Head.matches("removed", s, i, min(field.end, i + 7)) { return true }
    }
    return has("[token") || has("TOKEN") && field.count < 40
  }
}
