/// An IPv6 address, or an IPv4 one as `::ffff:a.b.c.d`.
struct IPAddress: Hashable, Comparable, BitwiseCopyable, Sendable {
  var high: UInt64
  var low: UInt64

  static func < (a: IPAddress, b: IPAddress) -> Bool {
    a.high != b.high ? a.high < b.high : a.low < b.low
  }

  @inline(__always) init(v4 value: UInt32) {
    high = 0
    low = 0xffff_0000_0000 | UInt64(value)
  }
  @inline(__always) init(v6 s: Span<UInt8>, _ at: Int) {
    high = Numbers.big64(s, at)
    low = Numbers.big64(s, at + 8)
  }
  init(high: UInt64 = 0, low: UInt64 = 0) {
    self.high = high
    self.low = low
  }

  var isV4: Bool { high == 0 && low >> 32 == 0xffff }
  /// `ff00::/8`, `224.0.0.0/4` or broadcast: nobody answers from there.
  var isMany: Bool { isV4 ? UInt8(truncatingIfNeeded: low >> 24) >= 224 : high >> 56 == 0xff }

  /// Appends `10.0.0.1` or `2001:db8::1` (RFC 5952).
  func write(into out: inout [UInt8]) {
    if isV4 {
      for shift in [24, 16, 8, 0] as [UInt64] {
        Self.decimal(Int(low >> shift & 0xff), into: &out)
        if shift > 0 { out.append(UInt8(ascii: ".")) }
      }
      return
    }
    func group(_ i: Int) -> UInt64 { ((i < 4 ? high : low) >> UInt64((3 - i % 4) * 16)) & 0xffff }
    var best = 0..<0
    var i = 0
    while i < 8 {
      var end = i
      while end < 8, group(end) == 0 { end += 1 }
      if end - i > best.count { best = i..<end }
      i = max(end, i + 1)
    }
    if best.count < 2 { best = 0..<0 }
    i = 0
    while i < 8 {
      if i == best.lowerBound, !best.isEmpty {
        out.append(contentsOf: [UInt8(ascii: ":"), UInt8(ascii: ":")])
        i = best.upperBound
        continue
      }
      if i > 0, i != best.upperBound || best.isEmpty { out.append(UInt8(ascii: ":")) }
      out.append(contentsOf: Array(String(group(i), radix: 16).utf8))
      i += 1
    }
  }

  static func decimal(_ value: Int, into out: inout [UInt8]) {
    if value >= 10 { decimal(value / 10, into: &out) }
    out.append(48 + UInt8(truncatingIfNeeded: value % 10))
  }
}
