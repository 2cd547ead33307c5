/// An ICMP error and the packet it quotes (RFC 792, RFC 4443 §3). The quote may be cut after the
/// first 8 bytes of its transport header.
struct ICMPQuote: BitwiseCopyable {
  /// type << 8 | code.
  var code: UInt16
  var source: IPAddress
  var destination: IPAddress
  var proto: UInt8
  var sourcePort: UInt16
  var destinationPort: UInt16
  /// First sequence number of a quoted TCP segment.
  var seq: UInt32

  /// Destination unreachable, packet too big and time exceeded only.
  static func parse(_ d: Datagram, _ s: Span<UInt8>, isV6: Bool) -> ICMPQuote? {
    guard d.to - d.from >= 8 else { return nil }
    let type = s[d.from]
    guard isV6 ? 1...3 ~= type : type == 3 || type == 11 else { return nil }
    let at = d.from + 8
    guard at < d.to else { return nil }
    let found = isV6 ? IPHeader.v6(s, at, d.to, 1) : IPHeader.v4(s, at, d.to, 1)
    guard let header = found, header.proto == 6 || header.proto == 17,
      header.fragmentOffset == 0, header.payload + 8 <= d.to
    else { return nil }
    return ICMPQuote(
      code: UInt16(type) << 8 | UInt16(s[d.from + 1]), source: header.source,
      destination: header.destination, proto: header.proto,
      sourcePort: Numbers.big16(s, header.payload),
      destinationPort: Numbers.big16(s, header.payload + 2),
      seq: Numbers.big32(s, header.payload + 4))
  }
}
