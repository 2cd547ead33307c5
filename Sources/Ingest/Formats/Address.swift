internal import ByteScan

/// `ip:port`, `[v6]:port` or a bare address.
struct Address: BitwiseCopyable {
  /// The address without brackets; empty where the field is `-` or empty.
  var start: Int
  var end: Int
  /// 0 without one.
  var port: UInt16 = 0

  init(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
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
      return
    }
    var colon = to - 1
    while colon > from, Bytes.isDigit(s[colon]) { colon -= 1 }
    guard colon > from, colon < to - 1, s[colon] == UInt8(ascii: ":") else { return }
    // A bare IPv6 address has several colons and no port.
    let first = Bytes.find(UInt8(ascii: ":"), s, from, to)
    let hasDot = Bytes.find(UInt8(ascii: "."), s, from, colon) >= 0
    guard first == colon || hasDot else { return }
    end = colon
    port = UInt16(clamping: max(0, Bytes.number(s, colon + 1, to)))
  }
}
