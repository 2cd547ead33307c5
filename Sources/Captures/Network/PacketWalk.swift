/// Walks a packet from its link header through VLAN tags, tunnels and IP to the transport.
///
/// At most eight layers of IP: a packet that nests deeper is counted, not followed. Knows nothing
/// about TCP beyond handing it on.
struct PacketWalk<Next: TransportTaker & ~Copyable>: PacketTaker, ~Copyable {
  var next: Next
  /// Packets that it does not pass are counted, not read.
  var filter: PacketFilter?
  private var fragments = Fragments()
  private var unknownLinks: [UInt32: Int] = [:]
  private var opaque: [String: Int] = [:]
  private var cut = 0
  private(set) var packets = 0
  private(set) var notes: [String] = []
  private var meta = PacketMeta(
    number: 0, time: 0, interface: 0, linkType: 0, missing: 0, isBigEndian: false)
  private var interface = 0

  static var deepest: Int { 8 }

  init(next: consuming Next) { self.next = next }

  mutating func note(_ problem: String) { notes.append(problem) }

  mutating func secrets(_ s: Span<UInt8>, _ from: Int, _ to: Int) { next.secrets(s, from, to) }

  mutating func leave(_ feed: inout ByteFeed) { next.leave(&feed) }

  mutating func take(_ meta: PacketMeta, _ s: Span<UInt8>, _ from: Int, _ to: Int) {
    packets += 1
    if let filter, !filter.passes(meta, s, from, to) { return }
    if meta.missing > 0 { cut += 1 }
    self.meta = meta
    guard let inside = LinkLayer.inside(meta.linkType, s, from, to, big: meta.isBigEndian) else {
      unknownLinks[meta.linkType, default: 0] += 1
      return
    }
    interface = inside.interface >= 0 ? inside.interface : meta.interface
    next.arrived(packet: meta.number, time: meta.time)
    follow(inside.type, s, inside.at, inside.end, 0, network: 0)
  }

  /// An EtherType and what it announces.
  private mutating func follow(
    _ type: UInt16, _ s: Span<UInt8>, _ at: Int, _ to: Int, _ depth: Int, network: UInt32
  ) {
    switch type {
    case LinkLayer.ipv4, LinkLayer.ipv6:
      ip(s, at, to, depth, network: network)
    case 0x6558:
      let inside = LinkLayer.ethernet(s, at, to)
      if inside.type != 0x6558 {
        follow(inside.type, s, inside.at, inside.end, depth, network: network)
      }
    default: break
    }
  }

  private mutating func ip(
    _ s: Span<UInt8>, _ at: Int, _ to: Int, _ depth: Int, network: UInt32
  ) {
    guard depth < Self.deepest else {
      opaque["packets nested too deep", default: 0] += 1
      return
    }
    guard at < to else { return }
    let found =
      s[at] >> 4 == 6
      ? IPHeader.v6(s, at, to, meta.missing) : IPHeader.v4(s, at, to, meta.missing)
    guard let header = found else { return }
    var datagram = Datagram(
      source: header.source, destination: header.destination, proto: header.proto,
      ttl: header.ttl, id: UInt16(truncatingIfNeeded: header.id), network: network,
      from: header.payload, to: header.end, missing: header.missing, packet: meta.number,
      time: meta.time, interface: interface)
    if header.isFragment {
      guard let whole = fragments.take(header, s, network, meta.time) else { return }
      datagram.from = 0
      datagram.to = whole.count
      datagram.missing = 0
      datagram.isApart = true
      transport(datagram, whole.span, depth)
    } else {
      transport(datagram, s, depth)
    }
  }

  private mutating func transport(_ d: Datagram, _ s: Span<UInt8>, _ depth: Int) {
    switch d.proto {
    case 6: next.tcp(d, s)
    case 17: udp(d, s, depth)
    case 1: next.icmp(d, s, isV6: false)
    case 58: next.icmp(d, s, isV6: true)
    case 4, 41: ip(s, d.from, d.to, depth + 1, network: d.network)
    case 47: generic(d, s, depth)
    case 50: opaque["IPsec (encrypted)", default: 0] += 1
    default: break
    }
  }

  private mutating func udp(_ d: Datagram, _ s: Span<UInt8>, _ depth: Int) {
    guard d.to - d.from >= 8 else { return }
    let destination = Numbers.big16(s, d.from + 2)
    let at = d.from + 8
    switch destination {
    case 4789, 8472:
      // The reserved bits may be set (group policy); only the I flag counts (RFC 7348 §5).
      guard at + 8 <= d.to, s[at] & 0x08 != 0 else { break }
      let network = Numbers.big24(s, at + 4) &+ 1
      return follow(0x6558, s, at + 8, d.to, depth + 1, network: network)
    case 4790:
      guard at + 8 <= d.to, s[at] & 0x0c == 0x0c else { break }
      let network = Numbers.big24(s, at + 4) &+ 1
      let type: UInt16 =
        switch s[at + 3] {
        case 1: LinkLayer.ipv4
        case 2: LinkLayer.ipv6
        case 3: 0x6558
        default: 0
        }
      return follow(type, s, at + 8, d.to, depth + 1, network: network)
    case 6081:
      // RFC 8926 §3.4.
      guard at + 8 <= d.to, s[at] >> 6 == 0 else { break }
      let inner = at + 8 + Int(s[at] & 0x3f) * 4
      guard inner <= d.to else { break }
      let network = Numbers.big24(s, at + 4) &+ 1
      return follow(Numbers.big16(s, at + 2), s, inner, d.to, depth + 1, network: network)
    case 2152:
      // GTP-U, message 255: a user packet (3GPP TS 29.281 §5.1).
      guard at + 8 <= d.to, s[at] >> 5 == 1, s[at + 1] == 255 else { break }
      let inner = at + 8 + (s[at] & 7 != 0 ? 4 : 0)
      return ip(s, inner, d.to, depth + 1, network: Numbers.big32(s, at + 4))
    case 51820, 51821, 51871:
      guard at + 4 <= d.to, s[at] >= 1, s[at] <= 4, s[at + 1] == 0, s[at + 2] == 0 else { break }
      opaque["WireGuard (encrypted between nodes: capture inside the pod)", default: 0] += 1
      return
    default: break
    }
    next.udp(d, s)
  }

  /// GRE (RFC 2784, 2890) and ERSPAN.
  private mutating func generic(_ d: Datagram, _ s: Span<UInt8>, _ depth: Int) {
    guard d.to - d.from >= 4 else { return }
    let flags = Numbers.big16(s, d.from)
    let type = Numbers.big16(s, d.from + 2)
    var at = d.from + 4
    if flags & 0x8000 != 0 { at += 4 }
    if flags & 0x2000 != 0 { at += 4 }
    if flags & 0x1000 != 0 { at += 4 }
    switch type {
    case 0x88be:
      if flags & 0x1000 != 0 { at += 8 }
      follow(0x6558, s, at, d.to, depth + 1, network: d.network)
    case 0x22eb:
      guard at + 12 <= d.to else { return }
      at += s[at + 11] & 1 != 0 ? 20 : 12
      follow(0x6558, s, at, d.to, depth + 1, network: d.network)
    default:
      if at <= d.to { follow(type, s, at, d.to, depth + 1, network: d.network) }
    }
  }

  /// What was met and not read, ready to print.
  func remarks() -> [String] {
    var all = notes + (filter?.remarks() ?? [])
    for (type, count) in unknownLinks.sorted(by: { $0.key < $1.key }) {
      all.append("\(count) packets of link type \(type), which cannot be read")
    }
    for (what, count) in opaque.sorted(by: { $0.key < $1.key }) {
      all.append("\(count) packets: \(what)")
    }
    if cut > 0 { all.append("\(cut) packets were cut by the snap length") }
    if fragments.unfinished > 0 {
      all.append("\(fragments.unfinished) IP fragments without the rest of their packet")
    }
    return all
  }
}

/// What takes transport packets.
protocol TransportTaker: ~Copyable {
  mutating func arrived(packet: Int, time: Int64)
  /// A key log of TLS.
  mutating func secrets(_ s: Span<UInt8>, _ from: Int, _ to: Int)
  mutating func tcp(_ d: Datagram, _ s: Span<UInt8>)
  mutating func udp(_ d: Datagram, _ s: Span<UInt8>)
  mutating func icmp(_ d: Datagram, _ s: Span<UInt8>, isV6: Bool)
  /// `PacketTaker.leave`.
  mutating func leave(_ feed: inout ByteFeed)
}

extension TransportTaker where Self: ~Copyable {
  mutating func leave(_ feed: inout ByteFeed) {}
}
