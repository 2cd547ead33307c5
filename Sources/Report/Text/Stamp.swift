package import Evidence

extension Output {
  /// RFC 3339 in UTC with 0, 3, 6 or 9 decimals; the same text as `Instant.rfc3339`, without a
  /// `String` (rows are many). Nothing for an unknown instant.
  package mutating func append(rfc3339 instant: Instant) {
    guard instant.isKnown else { return }
    let c = instant.civil
    append(digits: UInt(clamping: c.year), width: 4)
    append(UInt8(ascii: "-"))
    append(digits: UInt(clamping: c.month), width: 2)
    append(UInt8(ascii: "-"))
    append(digits: UInt(clamping: c.day), width: 2)
    append(UInt8(ascii: "T"))
    append(digits: UInt(clamping: c.hour), width: 2)
    append(UInt8(ascii: ":"))
    append(digits: UInt(clamping: c.minute), width: 2)
    append(UInt8(ascii: ":"))
    append(digits: UInt(clamping: c.second), width: 2)
    if c.nano != 0 {
      append(UInt8(ascii: "."))
      if c.nano % 1_000_000 == 0 {
        append(digits: UInt(clamping: c.nano / 1_000_000), width: 3)
      } else if c.nano % 1000 == 0 {
        append(digits: UInt(clamping: c.nano / 1000), width: 6)
      } else {
        append(digits: UInt(clamping: c.nano), width: 9)
      }
    }
    append(UInt8(ascii: "Z"))
  }
}

extension Request {
  /// The middle between arrival and answer: what a client's own clock is nearest to.
  package var middle: Instant {
    guard start.isKnown, end.isKnown else { return start.isKnown ? start : end }
    return Instant(nanoseconds: start.nanoseconds &+ (end.nanoseconds &- start.nanoseconds) / 2)
  }
}
