internal import ByteScan
internal import Evidence

extension HAProxyHTTP {
  /// Takes only what `read` takes, and less: no syslog prefix, no odd addresses, no aborted requests, no
  /// second bracket, in which there could be another stamp.
  package static func glance(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ memory: inout StampMemory
  ) -> Glance? {
    // `10.1.2.3:34557 [21/Aug/2026:10:00:00.655] `; what begins like a year may be another stamp.
    var i = from
    while i < to, CombinedGlance.isAddress(s[i]) { i += 1 }
    guard i > from, i - from <= 45, i + 40 < to, Bytes.isDigit(s[from]),
      !Bytes.has("20", s, from, to), s[i] == 32, s[i + 1] == UInt8(ascii: "["),
      let stamp = memory.milliseconds(s, i + 2, to), s[i + 26] == UInt8(ascii: "]"),
      s[i + 27] == 32
    else { return nil }
    // `http~ shop_orders_8080/SRV_1 0/0/1/123/125 `
    let frontend = Bytes.find(32, s, i + 28, to)
    guard frontend >= 0 else { return nil }
    let slash = Bytes.find(UInt8(ascii: "/"), or: 32, s, frontend + 1, to)
    guard slash >= 0, s[slash] != 32 else { return nil }
    let pair = Bytes.find(32, s, slash, to)
    guard pair >= 0 else { return nil }
    i = pair + 1
    var total = 0
    for timer in 0..<5 {
      let end = Bytes.digitsEnd(s, i, to)
      total = Bytes.number(s, i, end)
      guard total >= 0, end < to, s[end] == (timer < 4 ? UInt8(ascii: "/") : 32) else { return nil }
      i = end + 1
    }
    guard let status = answer(s, &i, to), let line = RequestLine.plain(s, i, to),
      !Route.isOAuth(s, line.targetStart, line.targetEnd)
    else { return nil }
    var end = stamp
    end.nanoseconds &+= Int64(min(total, 86_400_000)) &* 1_000_000
    guard Bytes.findFar(UInt8(ascii: "["), s, pair, to) < 0 else { return nil }
    return Glance(status: status, time: end, isZoneless: true)
  }

  /// `200 1234 - - ---- 19/19/0/0/0 0/0 `, perhaps with captures behind it; moves `i` to the request.
  private static func answer(_ s: Span<UInt8>, _ i: inout Int, _ to: Int) -> UInt16? {
    guard i + 20 < to, s[i + 3] == 32, let status = plainStatus(s, i) else { return nil }
    let size = Bytes.digitsEnd(s, i + 4, to)
    guard size > i + 4, size - i <= 20, Bytes.has(" - - ", s, size, to) else { return nil }
    let state = size + 5
    guard state + 4 < to, Bytes.find(32, s, state, to) == state + 4 else { return nil }
    let connections = Bytes.find(32, s, state + 5, to)
    guard connections >= 0, Bytes.find(UInt8(ascii: "/"), s, state + 5, connections) >= 0 else {
      return nil
    }
    let queues = Bytes.find(32, s, connections + 1, to)
    guard queues >= 0, queues + 1 < to else { return nil }
    i = queues + 1
    if s[i] != UInt8(ascii: "\"") {
      let captures = Bytes.find("} \"", s, i, to)
      guard captures >= 0 else { return nil }
      i = captures + 2
    }
    return status
  }

  /// Of the answers that are no more than counted: 2xx and 304.
  private static func plainStatus(_ s: Span<UInt8>, _ at: Int) -> UInt16? {
    let status = Bytes.number(s, at, at + 3)
    return status >= 200 && status < 300 || status == 304 ? UInt16(status) : nil
  }
}

extension RequestLine {
  /// The request line between the quote at `at` and the first one that a blank or the end follows, when its
  /// target is a path.
  fileprivate static func plain(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> RequestLine? {
    guard at < to, s[at] == UInt8(ascii: "\"") else { return nil }
    let end = Quoted.rawEnd(s, at + 1, to)
    guard end > at, let line = RequestLine(s, at + 1, end), line.targetStart < line.targetEnd,
      s[line.targetStart] == UInt8(ascii: "/")
    else { return nil }
    return line
  }
}
