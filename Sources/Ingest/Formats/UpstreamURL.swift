internal import ByteScan

/// Parts of URLs as logs print them; offsets only.
enum UpstreamURL {
  /// `host:port` of `scheme://user@host:port/path`; without a scheme, what stands before the first
  /// slash.
  static func authority(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> (start: Int, end: Int) {
    var start = from
    let scheme = Bytes.find("://", s, from, min(to, from + 16))
    if scheme >= 0 { start = scheme + 3 }
    var end = start
    while end < to, s[end] != UInt8(ascii: "/"), s[end] != UInt8(ascii: "?"), s[end] != 32 {
      if s[end] == UInt8(ascii: "@") { start = end + 1 }
      end += 1
    }
    return (start, end)
  }

  /// A target without its query and, for an absolute URL, without scheme and authority.
  static func path(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> (start: Int, end: Int) {
    var start = from
    if start < to, s[start] != UInt8(ascii: "/") {
      let scheme = Bytes.find("://", s, from, min(to, from + 16))
      if scheme >= 0 {
        let slash = Bytes.find(UInt8(ascii: "/"), s, scheme + 3, to)
        start = slash < 0 ? to : slash
      }
    }
    let query = Bytes.find(UInt8(ascii: "?"), s, start, to)
    return (start, query < 0 ? to : query)
  }
}
