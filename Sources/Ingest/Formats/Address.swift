internal import ByteScan

/// `ip:port`, `[v6]:port` or a bare address.
struct Address: BitwiseCopyable {
  /// The address without brackets; empty where the field is `-` or empty.
  var start: Int
  var end: Int
  /// 0 without one.
  var port: UInt16 = 0

  /// - Parameter hasPort: the writer puts a port behind every address, with brackets or without.
  init(_ s: Span<UInt8>, _ from: Int, _ to: Int, hasPort: Bool = false) {
    start = from
    end = to
    if Quoted.isAbsent(s, from, to) {
      end = from
      return
    }
    if s[from] == UInt8(ascii: "[") {
      let close = Bytes.find(UInt8(ascii: "]"), s, from, to)
      guard close > 0 else { return }
      start = from + 1
      end = close
      if close + 2 <= to, close + 1 < to, s[close + 1] == UInt8(ascii: ":") {
        port = UInt16(clamping: max(0, Bytes.number(s, close + 2, to)))
      }
      dropMapping(s)
      return
    }
    var colon = to - 1
    while colon > from, Bytes.isDigit(s[colon]) { colon -= 1 }
    guard colon > from, colon < to - 1, s[colon] == UInt8(ascii: ":") else {
      dropMapping(s)
      return
    }
    // A bare IPv6 address has several colons and mostly no port: five digits are no group of it.
    let first = Bytes.find(UInt8(ascii: ":"), s, from, to)
    let hasDot = Bytes.find(UInt8(ascii: "."), s, from, colon) >= 0
    guard hasPort || first == colon || hasDot || to - colon == 6 else {
      dropMapping(s)
      return
    }
    end = Quoted.isAbsent(s, from, colon) ? from : colon
    port = UInt16(clamping: max(0, Bytes.number(s, colon + 1, to)))
    dropMapping(s)
  }

  /// `::ffff:10.0.0.1` of a dual-stack listener is `10.0.0.1` (RFC 4291 §2.5.5.2).
  private mutating func dropMapping(_ s: Span<UInt8>) {
    guard Bytes.has("::ffff:", s, start, end) || Bytes.has("::FFFF:", s, start, end),
      Bytes.find(UInt8(ascii: "."), s, start + 7, end) > 0
    else { return }
    start += 7
  }
}
