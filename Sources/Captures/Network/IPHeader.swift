/// IPv4 (RFC 791) and IPv6 (RFC 8200) headers with extension headers. Checksums are never verified:
/// offloading leaves them half-made in most captures.
struct IPHeader: BitwiseCopyable {
  var source: IPAddress
  var destination: IPAddress
  var proto: UInt8
  var ttl: UInt8
  var id: UInt32
  var payload: Int
  /// End of the payload within the captured bytes.
  var end: Int
  /// Bytes on the wire that were not captured.
  var missing: Int
  var isFragment = false
  var fragmentOffset = 0
  var moreFragments = false

  /// `wireMissing`: bytes of the frame that the file does not hold.
  static func v4(_ s: Span<UInt8>, _ from: Int, _ to: Int, _ wireMissing: Int) -> IPHeader? {
    guard to - from >= 20, s[from] >> 4 == 4 else { return nil }
    let header = Int(s[from] & 15) * 4
    guard header >= 20, from + header <= to else { return nil }
    let total = Int(Numbers.big16(s, from + 2))
    let flags = Numbers.big16(s, from + 6)
    var end = to
    var missing = wireMissing
    // Length 0: segmentation offload of more than 64 kB; take what was captured.
    if total >= header {
      end = min(to, from + total)
      missing = max(0, from + total - to)
      if wireMissing == 0 { missing = 0 }
    }
    let offset = Int(flags & 0x1fff) * 8
    let more = flags & 0x2000 != 0
    return IPHeader(
      source: IPAddress(v4: Numbers.big32(s, from + 12)),
      destination: IPAddress(v4: Numbers.big32(s, from + 16)), proto: s[from + 9],
      ttl: s[from + 8], id: UInt32(Numbers.big16(s, from + 4)), payload: from + header, end: end,
      missing: missing, isFragment: offset > 0 || more, fragmentOffset: offset,
      moreFragments: more)
  }

  static func v6(_ s: Span<UInt8>, _ from: Int, _ to: Int, _ wireMissing: Int) -> IPHeader? {
    guard to - from >= 40, s[from] >> 4 == 6 else { return nil }
    let length = Int(Numbers.big16(s, from + 4))
    var end = to
    var missing = wireMissing
    if length > 0 {
      end = min(to, from + 40 + length)
      missing = wireMissing == 0 ? 0 : max(0, from + 40 + length - to)
    }
    var header = IPHeader(
      source: IPAddress(v6: s, from + 8), destination: IPAddress(v6: s, from + 24),
      proto: s[from + 6], ttl: s[from + 7], id: 0, payload: from + 40, end: end, missing: missing)
    // Hop-by-hop 0, routing 43, fragment 44, authentication 51, destination 60.
    for _ in 0..<16 {
      let at = header.payload
      switch header.proto {
      case 0, 43, 60, 135, 139, 140:
        guard at + 8 <= end else { return header }
        header.proto = s[at]
        header.payload = at + 8 + Int(s[at + 1]) * 8
      case 51:
        guard at + 8 <= end else { return header }
        header.proto = s[at]
        header.payload = at + (Int(s[at + 1]) + 2) * 4
      case 44:
        guard at + 8 <= end else { return header }
        header.proto = s[at]
        let word = Numbers.big16(s, at + 2)
        header.fragmentOffset = Int(word & 0xfff8)
        header.moreFragments = word & 1 != 0
        header.isFragment = header.fragmentOffset > 0 || header.moreFragments
        header.id = Numbers.big32(s, at + 4)
        header.payload = at + 8
        if header.fragmentOffset > 0 { break }
      default:
        return header.payload <= end ? header : nil
      }
      if header.payload > end { return nil }
      if header.fragmentOffset > 0 { return header }
    }
    return nil
  }
}
