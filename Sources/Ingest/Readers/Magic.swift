internal import ByteScan

/// What an input is, by its first bytes.
package enum Magic: Sendable {
  case text, wideText, gzip, capture, zip, sevenZip, tar, zstd, xz, bzip2, lz4, binary, empty

  /// How many bytes of an input are looked at.
  package static let length = 8192

  package static func of(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Magic {
    let count = to - from
    guard from >= 0, count > 0, to <= s.count else { return .empty }
    if count >= 2, s[from] == 0x1f, s[from + 1] == 0x8b { return .gzip }
    if count >= 4 {
      let word =
        UInt32(s[from]) << 24 | UInt32(s[from + 1]) << 16 | UInt32(s[from + 2]) << 8
        | UInt32(s[from + 3])
      switch word {
      // pcap with microseconds and nanoseconds, both byte orders; the pcapng section header.
      case 0xa1b2_c3d4, 0xd4c3_b2a1, 0xa1b2_3c4d, 0x4d3c_b2a1, 0x0a0d_0d0a: return .capture
      case 0x504b_0304, 0x504b_0506: return .zip
      case 0x28b5_2ffd: return .zstd
      case 0xfd37_7a58: return .xz
      case 0x377a_bcaf: return .sevenZip
      case 0x0422_4d18: return .lz4
      default: break
      }
      if word >> 8 == 0x42_5a68 { return .bzip2 }
    }
    if isTar(s, from, to) { return .tar }
    if isBigEndian(s, from, to) != nil { return .wideText }
    return isBinary(s, from, to) ? .binary : .text
  }

  /// UTF-16 (RFC 2781), by its mark, or by letters of ASCII with a NUL before or behind each; `nil` for other texts.
  static func isBigEndian(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool? {
    guard to - from >= 4 else { return nil }
    if s[from] == 0xff, s[from + 1] == 0xfe {
      return s[from + 2] == 0 && s[from + 3] == 0 ? nil : false
    }
    if s[from] == 0xfe, s[from + 1] == 0xff { return true }
    let end = min(to, from + 64)
    guard end - from == 64 else { return nil }
    for isBig in [false, true] {
      let zero = isBig ? 0 : 1
      let fits = stride(from: from, to: end, by: 2).allSatisfy {
        s[$0 + zero] == 0
          && (s[$0 + 1 - zero] >= 32 && s[$0 + 1 - zero] < 127 || s[$0 + 1 - zero] == 10
            || s[$0 + 1 - zero] == 13 || s[$0 + 1 - zero] == 9)
      }
      if fits { return isBig }
    }
    return nil
  }

  /// The checksum of a tar header (bytes 148 to 155, octal) is the sum of its 512 bytes, with blanks in its
  /// own place (POSIX.1-1988 ustar; older ones have no other mark).
  private static func isTar(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from >= 512, s[from] != 0 else { return false }
    var stated = 0
    var digits = 0
    for i in from + 148..<from + 156 {
      let c = s[i]
      if c >= 48, c < 56 {
        stated = stated << 3 | Int(c - 48)
        digits += 1
      } else if digits > 0 || c != 32 {
        break
      }
    }
    guard digits > 0 else { return false }
    var sum = 8 * 32
    for i in from..<from + 512 where i < from + 148 || i >= from + 156 { sum += Int(s[i]) }
    return sum == stated
  }

  /// Bytes that no text has make up more than a twentieth. A log that was truncated in place
  /// (logrotate's `copytruncate`) begins with a run of NULs: that run does not count.
  static func isBinary(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var start = from
    while start < to, s[start] == 0 { start += 1 }
    if start == to { return to - from < length }
    var odd = 0
    for i in start..<to {
      let c = s[i]
      if c < 32, c != 9, c != 10, c != 13, c != 27, c != 12, c != 8 { odd += 1 }
    }
    return odd * 20 > to - start
  }
}
