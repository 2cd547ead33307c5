/// Base64 in both alphabets (RFC 4648 §4, §5), padding optional.
enum Base64 {
  /// Appends the decoded bytes; `false` when a byte belongs to neither alphabet.
  static func decode(_ s: Span<UInt8>, _ from: Int, _ to: Int, into out: inout [UInt8]) -> Bool {
    var bits: UInt32 = 0
    var count = 0
    var i = from
    while i < to {
      let c = s[i]
      i += 1
      let value: UInt32
      switch c {
      case 65...90: value = UInt32(c - 65)
      case 97...122: value = UInt32(c - 71)
      case 48...57: value = UInt32(c + 4)
      case UInt8(ascii: "+"), UInt8(ascii: "-"): value = 62
      case UInt8(ascii: "/"), UInt8(ascii: "_"): value = 63
      case UInt8(ascii: "="): continue
      default: return false
      }
      bits = bits << 6 | value
      count += 6
      if count >= 8 {
        count -= 8
        out.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return true
  }
}
