/// A pcapng interface: link type and clock (if_tsresol 9, if_tsoffset 14).
struct InterfaceBlock {
  var linkType: UInt32 = 0
  /// 0 = unlimited.
  var snapLength = 0
  /// Ticks per second; 0 when the resolution is finer than can be held.
  var resolution: UInt64 = 1_000_000
  /// Seconds added to every stamp.
  var offset: Int64 = 0

  init(_ s: Span<UInt8>, _ from: Int, _ to: Int, big: Bool) {
    guard to - from >= 8 else { return }
    linkType = UInt32(Numbers.u16(s, from, big: big))
    snapLength = Int(Numbers.u32(s, from + 4, big: big))
    var ticks: UInt64 = 1_000_000
    var shift: Int64 = 0
    InterfaceBlock.options(s, from + 8, to, big: big) { code, at, length in
      if code == 9, length >= 1 {
        ticks = InterfaceBlock.ticks(s[at])
      } else if code == 14, length >= 8 {
        shift = Int64(bitPattern: Numbers.u64(s, at, big: big))
      }
    }
    resolution = ticks
    offset = shift
  }

  /// High bit set: a power of two, else a power of ten; negative exponents.
  private static func ticks(_ byte: UInt8) -> UInt64 {
    let exponent = Int(byte & 0x7f)
    if byte & 0x80 != 0 { return exponent < 63 ? 1 << UInt64(exponent) : 0 }
    guard exponent <= 18 else { return 0 }
    var value: UInt64 = 1
    for _ in 0..<exponent { value *= 10 }
    return value
  }

  func nanoseconds(_ ticks: UInt64) -> Int64 {
    guard resolution > 0 else { return 0 }
    if resolution == 1_000_000 {
      return Int64(truncatingIfNeeded: ticks &* 1000) &+ offset &* 1_000_000_000
    }
    let seconds = Int64(truncatingIfNeeded: ticks / resolution)
    let rest = (ticks % resolution).multipliedFullWidth(by: 1_000_000_000)
    let nano = resolution.dividingFullWidth(rest).quotient
    return (seconds &+ offset) &* 1_000_000_000 &+ Int64(nano)
  }

  /// Walks options: code 2, length 2, value padded to 4.
  static func options(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, big: Bool, _ option: (UInt16, Int, Int) -> Void
  ) {
    var at = from
    while at + 4 <= to {
      let code = Numbers.u16(s, at, big: big)
      let length = Int(Numbers.u16(s, at + 2, big: big))
      if code == 0 || at + 4 + length > to { return }
      option(code, at + 4, length)
      at += 4 + ((length + 3) & ~3)
    }
  }
}
