internal import ByteScan

/// Finds the other party of a failed call in a message: the URL, or the host and port, and the path
/// that was asked for.
enum PeerReader {
  struct Found {
    /// `http://host:port/path` without query, `host:port` or a host.
    var peer = Extent.none
    /// Where it stands apart from the host.
    var port = Extent.none
    var path = Extent.none
  }

  static func find(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Found {
    var found = Found()
    // Python: HTTPConnectionPool(host='keycloak', port=8080): Max retries exceeded with url: /realms/…
    let host = Bytes.find("host='", s, from, to)
    if host >= 0 {
      let end = Bytes.find(UInt8(ascii: "'"), s, host + 6, to)
      if end > host + 6 {
        found.peer = Extent(host + 6, end)
        if Bytes.has("', port=", s, end, to) {
          found.port = Extent(end + 8, Bytes.digitsEnd(s, end + 8, to))
        }
        let with = Bytes.find("with url: ", s, end, to)
        if with >= 0 { found.path = pathEnd(s, with + 10, to) }
        return found
      }
    }
    if let url = url(s, from, to) {
      found.peer = url.peer
      found.path = url.path
      return found
    }
    for opening in openings {
      let at = SubjectReader.after(opening, false, s, from, to)
      if at >= 0 {
        let word = SubjectReader.word(s, at, to)
        if isAddress(s, word) {
          found.peer = word
          return found
        }
      }
    }
    return found
  }

  /// Words before `host:port` in the errors of Go, Node, Java and the PostgreSQL driver.
  private static let openings = [
    "dial tcp ", "ECONNREFUSED ", "EHOSTUNREACH ", "ETIMEDOUT ", "ENETUNREACH ", "Connection to ",
    "connect to ", "timed out: ", "UnknownHostException: ", "ENOTFOUND ", "EAI_AGAIN ", "lookup ",
    "Failed to resolve ",
  ]

  private static func isAddress(_ s: Span<UInt8>, _ e: Extent) -> Bool {
    guard e.to - e.from >= 3 else { return false }
    var i = e.from
    while i < e.to {
      let c = s[i]
      if c == UInt8(ascii: ".") || c == UInt8(ascii: ":") || Bytes.isDigit(c) { return true }
      i += 1
    }
    return false
  }

  /// The first `http://` or `https://` address.
  static func url(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> (peer: Extent, path: Extent)? {
    var at = from
    while true {
      let mark = Bytes.find("://", s, at, to)
      guard mark >= 0 else { return nil }
      var start = mark
      while start > from, s[start - 1] | 0x20 >= 97, s[start - 1] | 0x20 <= 122 { start -= 1 }
      if Bytes.has("http", s, start, to), mark - start <= 5, !isServed(s, from, start) {
        var end = mark + 3
        var slash = -1
        while end < to, isURLByte(s[end]) {
          if slash < 0, s[end] == UInt8(ascii: "/") { slash = end }
          end += 1
        }
        while end > mark + 3, s[end - 1] == UInt8(ascii: ":") || s[end - 1] == UInt8(ascii: ".") {
          end -= 1
        }
        return (Extent(start, end), slash < 0 ? .none : Extent(slash, end))
      }
      at = mark + 3
    }
  }

  /// `GET http://…`: the request being served, not a call. (Calls are quoted or read `GET request for`.)
  private static func isServed(_ s: Span<UInt8>, _ from: Int, _ at: Int) -> Bool {
    guard at - 1 > from, s[at - 1] == 32 else { return false }
    var start = at - 1
    while start > from, s[start - 1] >= 65, s[start - 1] <= 90 { start -= 1 }
    return AccessText.isMethod(s, start, at - 1)
  }

  private static func pathEnd(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Extent {
    var end = at
    while end < to, isURLByte(s[end]) { end += 1 }
    return Extent(at, end)
  }

  private static func isURLByte(_ c: UInt8) -> Bool {
    if c >= 128 { return false }
    switch c {
    case 0...32, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "?"), UInt8(ascii: "#"),
      UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "["), UInt8(ascii: "\\"),
      UInt8(ascii: "`"), UInt8(ascii: "}"), UInt8(ascii: "{"), UInt8(ascii: ";"), 127:
      return false
    default: return true
    }
  }
}
