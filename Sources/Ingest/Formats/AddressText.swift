internal import ByteScan

/// Whether a word is written as an IP address, with or without port and brackets. Names are none.
enum AddressText {
  static func isAddress(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from >= 3, to - from <= 64 else { return false }
    var dots = 0
    var colons = 0
    var letters = 0
    for i in from..<to {
      switch s[i] {
      case UInt8(ascii: "."): dots += 1
      case UInt8(ascii: ":"): colons += 1
      case 48...57: break
      case 65...70, 97...102: letters += 1
      case UInt8(ascii: "["), UInt8(ascii: "]"): break
      default: return false
      }
    }
    return colons >= 2 || dots == 3 && colons <= 1 && letters == 0
  }
}
