/// From a link type to the network protocol inside (<https://www.tcpdump.org/linktypes.html>).
enum LinkLayer {
  struct Inside: BitwiseCopyable {
    /// EtherType; 0 when there is nothing to follow.
    var type: UInt16
    var at: Int
    var end: Int
    /// Kernel interface index, where the header has one (SLL2); -1 otherwise.
    var interface = -1
  }

  static let ipv4: UInt16 = 0x0800
  static let ipv6: UInt16 = 0x86dd

  /// `nil`: the link type is not known.
  static func inside(
    _ linkType: UInt32, _ s: Span<UInt8>, _ from: Int, _ to: Int, big: Bool
  ) -> Inside? {
    switch linkType {
    case 1: return ethernet(s, from, to)
    case 113: return cooked(s, from, to)
    case 276: return cooked2(s, from, to)
    case 0: return family(s, from, to, big: big)
    case 108: return family(s, from, to, big: true)
    case 12, 14, 101, 228, 229: return raw(s, from, to)
    case 9, 50: return ppp(s, from, to)
    case 239: return nflog(s, from, to)
    case 104: return cisco(s, from, to)
    default: return nil
    }
  }

  private static func nothing(_ to: Int) -> Inside { Inside(type: 0, at: to, end: to) }

  static func ethernet(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Inside {
    guard to - from >= 14 else { return nothing(to) }
    return type(s, from + 12, to)
  }

  /// Follows an EtherType at `at` through VLAN tags, LLC/SNAP and PPPoE.
  static func type(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Inside {
    var at = at
    for _ in 0..<8 {
      guard at + 2 <= to else { return nothing(to) }
      let type = Numbers.big16(s, at)
      at += 2
      switch type {
      case 0x8100, 0x88a8, 0x9100, 0x9200:
        at += 2
      case 0x8847, 0x8848:
        return labels(s, at, to)
      case 0x8864:
        guard at + 8 <= to else { return nothing(to) }
        return ppp(s, at + 6, to)
      case 0..<1536:
        guard at + 8 <= to, s[at] == 0xaa, s[at + 1] == 0xaa else { return nothing(to) }
        at += 6
      default:
        return Inside(type: type, at: at, end: to)
      }
    }
    return nothing(to)
  }

  /// MPLS: the label stack ends at the bottom bit; what follows is guessed from its first nibble.
  private static func labels(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Inside {
    var at = from
    while at + 4 <= to {
      let isBottom = s[at + 2] & 1 != 0
      at += 4
      if isBottom {
        // A pseudo-wire control word (0000) stands before Ethernet.
        if at + 4 < to, s[at] >> 4 == 0 { return ethernet(s, at + 4, to) }
        return raw(s, at, to)
      }
    }
    return nothing(to)
  }

  /// LINUX_SLL: ARPHRD at 2, protocol at 14.
  private static func cooked(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Inside {
    guard to - from >= 16 else { return nothing(to) }
    return cookedType(s, Numbers.big16(s, from + 2), from + 14, from + 16, to)
  }

  /// LINUX_SLL2: protocol at 0, interface index at 4, ARPHRD at 8.
  private static func cooked2(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Inside {
    guard to - from >= 20 else { return nothing(to) }
    let type = Numbers.big16(s, from)
    var inside = nothing(to)
    let hardware = Numbers.big16(s, from + 8)
    if hardware == 824 {
      inside = nothing(to)
    } else if type == 0x8100 || type == 0x88a8 {
      // The tag follows the cooked header; what it wraps stands 2 bytes on.
      inside = self.type(s, from + 22, to)
    } else if type >= 1536 {
      inside = Inside(type: type, at: from + 20, end: to)
    }
    inside.interface = Int(Numbers.big32(s, from + 4) & 0x7fff_ffff)
    return inside
  }

  private static func cookedType(
    _ s: Span<UInt8>, _ hardware: UInt16, _ typeAt: Int, _ at: Int, _ to: Int
  ) -> Inside {
    let type = Numbers.big16(s, typeAt)
    if hardware == 824 { return nothing(to) }
    if type == 0x8100 || type == 0x88a8 { return self.type(s, at + 2, to) }
    return type >= 1536 ? Inside(type: type, at: at, end: to) : nothing(to)
  }

  /// NULL and LOOP: an address family before the packet; the numbers for IPv6 differ by system.
  private static func family(_ s: Span<UInt8>, _ from: Int, _ to: Int, big: Bool) -> Inside {
    guard to - from >= 4 else { return nothing(to) }
    var family = Numbers.u32(s, from, big: big)
    // Files are copied between machines: a family in the other order is still a family.
    if family > 0xffff { family = family.byteSwapped }
    switch family {
    case 2: return Inside(type: ipv4, at: from + 4, end: to)
    case 10, 23, 24, 28, 30: return Inside(type: ipv6, at: from + 4, end: to)
    // Some systems write a half of it, or an EtherType: the packet says what it is.
    default: return raw(s, from + 4, to)
    }
  }

  static func raw(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Inside {
    guard from < to else { return nothing(to) }
    switch s[from] >> 4 {
    case 4: return Inside(type: ipv4, at: from, end: to)
    case 6: return Inside(type: ipv6, at: from, end: to)
    default: return nothing(to)
    }
  }

  private static func ppp(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Inside {
    var at = from
    if at + 2 <= to, s[at] == 0xff, s[at + 1] == 3 { at += 2 }
    guard at + 2 <= to else { return nothing(to) }
    switch Numbers.big16(s, at) {
    case 0x0021: return Inside(type: ipv4, at: at + 2, end: to)
    case 0x0057: return Inside(type: ipv6, at: at + 2, end: to)
    default: return nothing(to)
    }
  }

  /// Cisco HDLC: address, control, EtherType.
  private static func cisco(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Inside {
    guard to - from >= 4 else { return nothing(to) }
    return type(s, from + 2, to)
  }

  /// NFLOG: TLVs in the byte order of the machine, which need not be the file's; type 9 is the
  /// packet.
  private static func nflog(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Inside {
    guard to - from >= 8 else { return nothing(to) }
    var at = from + 4
    // A length above 255 in one order is at most 255 in the other for the small leading TLVs.
    let big = Numbers.big16(s, at) < Numbers.big16(s, at).byteSwapped
    while at + 4 <= to {
      let length = Int(Numbers.u16(s, at, big: big))
      let type = Numbers.u16(s, at + 2, big: big) & 0x7fff
      guard length >= 4 else { return nothing(to) }
      if type == 9 { return raw(s, at + 4, min(to, at + length)) }
      at += (length + 3) & ~3
    }
    return nothing(to)
  }
}
