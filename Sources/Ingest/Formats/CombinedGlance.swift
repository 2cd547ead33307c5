internal import ByteScan
internal import Evidence

/// A plain success in the combined format, by its bytes alone: `client - - [time] "GET /path HTTP/1.1"
/// 200 12 "referer" "agent"`. Takes only what `CombinedLine` and `RequestLine` take, and less: no user,
/// no escapes, no odd addresses, no OAuth paths.
struct CombinedGlance {
  var status: UInt16
  var time: Instant
  /// First byte after the agent.
  var next: Int

  @inline(__always)
  init?(_ s: Span<UInt8>, _ from: Int, _ to: Int, _ memory: inout StampMemory) {
    // An address, and nothing that a wrapper could begin with.
    var i = from
    while i < to, CombinedGlance.isAddress(s[i]) { i += 1 }
    guard i > from, i - from <= 45, i + 48 < to,
      Bytes.word(s, i) & 0xffff_ffff_ffff == CombinedGlance.dashes,
      let stamp = memory.common(s, i + 6, to)
    else { return nil }
    i += 6 + StampMemory.commonLength
    guard s[i] == UInt8(ascii: "]"), s[i + 1] == 32, s[i + 2] == UInt8(ascii: "\"") else {
      return nil
    }
    i += 3
    let method = i
    while i < to, s[i] >= 65, s[i] <= 90 { i += 1 }
    guard i > method, i - method <= 24, i + 1 < to, s[i] == 32, s[i + 1] == UInt8(ascii: "/")
    else { return nil }
    let target = i + 1
    let quote = Bytes.find(UInt8(ascii: "\""), s, target, to)
    guard quote > target, quote + 7 < to, s[quote - 1] != UInt8(ascii: "\\") else { return nil }
    var targetEnd = quote - 9
    if targetEnd <= target || !Bytes.has(" HTTP/", s, targetEnd, quote) {
      targetEnd = quote - 7
      guard targetEnd > target, Bytes.has(" HTTP/", s, targetEnd, quote) else { return nil }
    }
    let b = s[quote + 3] &- 48
    let c = s[quote + 4] &- 48
    guard s[quote + 1] == 32, s[quote + 5] == 32, b <= 9, c <= 9 else { return nil }
    let rest = UInt16(b) * 10 + UInt16(c)
    switch s[quote + 2] {
    case UInt8(ascii: "2"): status = 200 + rest
    case UInt8(ascii: "3") where rest == 4: status = 304
    default: return nil
    }
    i = Bytes.digitsEnd(s, quote + 6, to)
    guard i > quote + 6, i - quote <= 24, i + 2 < to, s[i] == 32, s[i + 1] == UInt8(ascii: "\"")
    else { return nil }
    let referer = Bytes.find(UInt8(ascii: "\""), s, i + 2, to)
    guard referer >= 0, referer + 3 < to, s[referer - 1] != UInt8(ascii: "\\"),
      s[referer + 1] == 32, s[referer + 2] == UInt8(ascii: "\"")
    else { return nil }
    let agent = Bytes.findFar(UInt8(ascii: "\""), s, referer + 3, to)
    guard agent >= 0, s[agent - 1] != UInt8(ascii: "\\"), !Route.isOAuth(s, target, targetEnd)
    else { return nil }
    time = stamp
    next = agent + 1
  }

  /// ` - - [`
  private static let dashes: UInt64 = 0x5b20_2d20_2d20

  @inline(__always)
  static func isAddress(_ c: UInt8) -> Bool {
    c &- 46 <= 12 && c != UInt8(ascii: "/") || c &- 97 <= 5
  }
}
