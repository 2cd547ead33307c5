/// base64url without padding, as JSON Web Signatures use it (RFC 7515 §2). Strict: what a verifier
/// would refuse is refused here.
public enum Base64URL {
  /// The decoded bytes; `nil` for a foreign character, padding or an impossible length.
  public static func decode(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> [UInt8]? {
    guard from >= 0, from <= to, to <= s.count, (to - from) % 4 != 1 else { return nil }
    var out: [UInt8] = []
    out.reserveCapacity((to - from) * 3 / 4)
    var bits: UInt32 = 0
    var count: UInt32 = 0
    for i in from..<to {
      guard let value = digit(s[i]) else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        out.append(UInt8(truncatingIfNeeded: bits >> count))
      }
    }
    return out
  }

  private static func digit(_ c: UInt8) -> UInt8? {
    switch c {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): c - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): c - 71
    case UInt8(ascii: "0")...UInt8(ascii: "9"): c + 4
    case UInt8(ascii: "-"): 62
    case UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
