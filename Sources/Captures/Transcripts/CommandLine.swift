internal import ByteScan

/// A curl command as typed: its method, its URL, and its headers, as the head of a request. Knows the
/// options that matter for who is asked and with what; passes over the others.
enum CommandLine {
  /// `s[from..<to]` begins with `curl`; `nil` when it names no URL.
  static func head(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> (head: [UInt8], form: [UInt8])? {
    var words = words(s, from, to)[...]
    guard words.popFirst() == Array("curl".utf8) else { return nil }
    var method: [UInt8] = []
    var url: [UInt8] = []
    var headers: [UInt8] = []
    var form: [UInt8] = []
    while let word = words.popFirst() {
      let name = String(decoding: word, as: UTF8.self)
      switch name {
      case "-X", "--request": method = words.popFirst() ?? []
      case "-H", "--header":
        headers += (words.popFirst() ?? []) + [10]
      case "-u", "--user":
        _ = words.popFirst()
        headers += Array("Authorization: Basic …\n".utf8)
      case "--oauth2-bearer":
        headers += Array("Authorization: Bearer ".utf8) + (words.popFirst() ?? []) + [10]
      case "-d", "--data", "--data-raw", "--data-binary", "--data-urlencode", "--data-ascii":
        let piece = words.popFirst() ?? []
        form += (form.isEmpty ? [] : [UInt8(ascii: "&")]) + piece
      case "-b", "--cookie":
        _ = words.popFirst()
        headers += Array("Cookie: …\n".utf8)
      case "-I", "--head": method = Array("HEAD".utf8)
      case "--url": url = words.popFirst() ?? []
      case "-o", "-w", "-m", "-x", "-A", "-e", "-c", "-F", "-E", "--cacert", "--cert",
        "--key",
        "--resolve", "--connect-to", "--max-time", "--output", "--write-out", "--proxy",
        "--user-agent", "--retry", "--connect-timeout":
        _ = words.popFirst()
      default:
        if word.first != UInt8(ascii: "-"), url.isEmpty { url = word }
      }
    }
    let scheme = Bytes.contains("://", url.span, 0, min(url.count, 12))
    // An address may be a variable, too.
    let isVariable = url.first == UInt8(ascii: "$") && url.count > 2
    guard scheme || isVariable || Bytes.contains(".", url.span, 0, url.count), url.count > 3 else {
      return nil
    }
    if isVariable { url = Array("http://variable/".utf8) }
    if !scheme, !isVariable { url = Array("http://".utf8) + url }
    if method.isEmpty { method = Array((form.isEmpty ? "GET" : "POST").utf8) }
    var head = method + [32] + url + Array(" HTTP/1.1\n".utf8) + headers
    if !form.isEmpty {
      head += Array("Content-Type: application/x-www-form-urlencoded\n".utf8)
    }
    return (head + [10], form)
  }

  /// Splits as a shell does; variables stay as they are.
  private static func words(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> [[UInt8]] {
    var words: [[UInt8]] = []
    var word: [UInt8] = []
    var quote: UInt8 = 0
    var isOpen = false
    var i = from
    while i < to, words.count < 256 {
      let c = s[i]
      i += 1
      if quote != 0 {
        if c == quote {
          quote = 0
        } else if c == UInt8(ascii: "\\"), quote == UInt8(ascii: "\""), i < to {
          word.append(s[i])
          i += 1
        } else {
          word.append(c)
        }
      } else if c == UInt8(ascii: "\"") || c == UInt8(ascii: "'") {
        quote = c
        isOpen = true
      } else if c == UInt8(ascii: "\\"), i < to {
        if s[i] != 10 {
          word.append(s[i])
          isOpen = true
        }
        i += 1
      } else if c == 32 || c == 9 || c == 10 {
        if isOpen || !word.isEmpty { words.append(word) }
        word = []
        isOpen = false
      } else if c == UInt8(ascii: "|") || c == UInt8(ascii: ";") || c == UInt8(ascii: "&") {
        break
      } else {
        word.append(c)
      }
    }
    if isOpen || !word.isEmpty { words.append(word) }
    return words
  }
}
