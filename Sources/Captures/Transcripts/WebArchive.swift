internal import ByteScan
internal import Evidence

/// The entries of a HAR file (HTTP Archive 1.2, http://www.softwareishard.com/blog/har-12-spec/),
/// as browsers and proxies save them. Cookies, bodies of good answers and contents are passed over.
enum WebArchive {
  struct Reading {
    var exchanges: [WrittenExchange] = []
    /// The file is cut or is none.
    var isBroken = false
    /// A browser left credentials out when it saved the file.
    var isSanitized = false
  }

  static func read(_ text: [UInt8]) -> Reading {
    let s = text.span
    var reading = Reading()
    var at = 0
    while at < s.count, s[at] != UInt8(ascii: "{") { at += 1 }
    var isBrowser = false
    var hasCredentials = false
    let end = JSONWalk.members(s, at, s.count) { from, to, log in
      guard Bytes.equals("log", s, from, to), log.kind == .object else { return }
      _ = JSONWalk.members(s, log.start, log.end) { from, to, value in
        if Bytes.equals("creator", s, from, to) {
          isBrowser = Bytes.contains("WebInspector", s, value.start, value.end)
        } else if Bytes.equals("entries", s, from, to), value.kind == .array {
          _ = JSONWalk.elements(s, value.start, value.end) { entry in
            guard entry.kind == .object else { return }
            var written = exchange(s, entry, &hasCredentials)
            written.number = reading.exchanges.count + 1
            reading.exchanges.append(written)
          }
        }
      }
    }
    reading.isBroken = end < 0
    // Chrome leaves out Authorization and cookies unless asked: then nothing can be said about them.
    if isBrowser, !hasCredentials {
      reading.isSanitized = true
      for i in reading.exchanges.indices { reading.exchanges[i].isComplete = false }
    }
    return reading
  }

  private static func exchange(
    _ s: Span<UInt8>, _ entry: JSONValue, _ hasCredentials: inout Bool
  ) -> WrittenExchange {
    var written = WrittenExchange()
    _ = JSONWalk.members(s, entry.start, entry.end) { from, to, value in
      if Bytes.equals("startedDateTime", s, from, to) {
        if let stamp = TimeStamp.iso(s, value.start, value.end) {
          written.start = stamp.nanoseconds
        }
      } else if Bytes.equals("time", s, from, to) {
        let whole = Bytes.digitsEnd(s, value.start, value.end)
        if whole > value.start {
          written.duration = Int64(clamping: Bytes.number(s, value.start, whole)) &* 1000
        }
      } else if Bytes.equals("request", s, from, to), value.kind == .object {
        request(s, value, &written, &hasCredentials)
      } else if Bytes.equals("response", s, from, to), value.kind == .object {
        answer(s, value, &written, &hasCredentials)
      }
    }
    return written
  }

  private static func request(
    _ s: Span<UInt8>, _ value: JSONValue, _ written: inout WrittenExchange,
    _ hasCredentials: inout Bool
  ) {
    var method: [UInt8] = []
    var url: [UInt8] = []
    var lines: [UInt8] = []
    var form: [UInt8] = []
    var seen = false
    _ = JSONWalk.members(s, value.start, value.end) { from, to, member in
      if Bytes.equals("method", s, from, to) {
        method = text(s, member)
      } else if Bytes.equals("url", s, from, to) {
        url = text(s, member)
      } else if Bytes.equals("headers", s, from, to) {
        seen = headers(s, member, ["authorization", "cookie"], &lines) || seen
      } else if Bytes.equals("cookies", s, from, to), member.kind == .array {
        if Bytes.contains("{", s, member.start, member.end) { seen = true }
      } else if Bytes.equals("postData", s, from, to), member.kind == .object {
        _ = JSONWalk.members(s, member.start, member.end) { from, to, part in
          if Bytes.equals("text", s, from, to), part.end - part.start < 64 << 10 {
            form = text(s, part)
          }
        }
      }
    }
    if seen { hasCredentials = true }
    for i in url.indices where url[i] <= 32 { url[i] = UInt8(ascii: "+") }
    written.request = method + [32] + url + Array(" HTTP/1.1\n".utf8) + lines + [10]
    written.form = form
    written.hidesCredential = Transcript.hidesCredential(written.request)
  }

  private static func answer(
    _ s: Span<UInt8>, _ value: JSONValue, _ written: inout WrittenExchange,
    _ hasCredentials: inout Bool
  ) {
    var status = 0
    var lines: [UInt8] = []
    var body: [UInt8] = []
    var isEncoded = false
    var seen = false
    _ = JSONWalk.members(s, value.start, value.end) { from, to, member in
      if Bytes.equals("status", s, from, to) {
        status = Bytes.number(s, member.start, member.end)
      } else if Bytes.equals("headers", s, from, to) {
        seen = headers(s, member, ["set-cookie"], &lines) || seen
      } else if Bytes.equals("content", s, from, to), member.kind == .object {
        _ = JSONWalk.members(s, member.start, member.end) { from, to, part in
          if Bytes.equals("text", s, from, to), part.end - part.start <= WrittenExchange.mostBody {
            body = text(s, part)
          } else if Bytes.equals("encoding", s, from, to) {
            isEncoded = Bytes.equals("base64", s, part.start, part.end)
          }
        }
      }
    }
    if seen { hasCredentials = true }
    // 0: the browser gave no answer to the page (CORS, blocked, given up).
    guard status >= 100, status < 600 else { return }
    written.answer = Array("HTTP/1.1 \(status)\n".utf8) + lines + [10]
    guard status >= 300 else { return }
    if isEncoded {
      var plain: [UInt8] = []
      if Base64.decode(body.span, 0, body.count, into: &plain) { written.body = plain }
    } else {
      written.body = body
    }
  }

  /// Appends `name: value` lines; whether one of `telling` was among them.
  private static func headers(
    _ s: Span<UInt8>, _ list: JSONValue, _ telling: [StaticString], _ lines: inout [UInt8]
  ) -> Bool {
    guard list.kind == .array else { return false }
    var isTold = false
    _ = JSONWalk.elements(s, list.start, list.end) { header in
      guard header.kind == .object, lines.count < 256 << 10 else { return }
      var name: [UInt8] = []
      var value: [UInt8] = []
      _ = JSONWalk.members(s, header.start, header.end) { from, to, part in
        if Bytes.equals("name", s, from, to) { name = text(s, part) }
        if Bytes.equals("value", s, from, to) { value = text(s, part) }
      }
      guard !name.isEmpty, name.first != UInt8(ascii: ":") else { return }
      for word in telling where Head.matches(word, name.span, 0, name.count) { isTold = true }
      lines += name + [UInt8(ascii: ":"), 32]
      lines += value.map { $0 == 10 || $0 == 13 ? UInt8(ascii: ",") : $0 }
      lines.append(10)
    }
    return isTold
  }

  private static func text(_ s: Span<UInt8>, _ value: JSONValue) -> [UInt8] {
    var out: [UInt8] = []
    if value.kind == .string { JSONWalk.unescape(s, value.start, value.end, into: &out) }
    return out
  }
}
