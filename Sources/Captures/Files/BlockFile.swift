/// Reads pcapng: <https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-03.html>. Several sections
/// in either byte order, several interfaces with their own link types and clocks; unknown blocks are
/// skipped by their length.
struct BlockFile: ~Copyable {
  private var interfaces: [InterfaceBlock] = []
  private var isBig = false
  private var number = 0
  private var lastTime: Int64 = 0
  private var lost: UInt64 = 0
  private var lostByInterface: [Int: UInt64] = [:]
  private var strange = 0

  static let sectionHeader: UInt32 = 0x0a0d_0d0a

  static func read(_ feed: inout ByteFeed, into taker: inout some PacketTaker & ~Copyable) {
    var file = BlockFile()
    while feed.fill(1, for: &taker) {
      guard feed.fill(12, for: &taker) else {
        taker.note("the capture is cut inside a block after packet \(file.number)")
        break
      }
      guard file.block(&feed, &taker) else { break }
    }
    file.finish(&taker)
  }

  /// One block; `false` ends the file.
  private mutating func block(
    _ feed: inout ByteFeed, _ taker: inout some PacketTaker & ~Copyable
  ) -> Bool {
    var type = Numbers.u32(feed.buffer.span, feed.start, big: isBig)
    if type == BlockFile.sectionHeader {
      let order = Numbers.big32(feed.buffer.span, feed.start + 8)
      guard order == 0x1a2b_3c4d || order == 0x4d3c_2b1a else {
        taker.note("a section after packet \(number) has no byte order: the rest is not read")
        return false
      }
      isBig = order == 0x1a2b_3c4d
      interfaces.removeAll(keepingCapacity: true)
      type = BlockFile.sectionHeader
    }
    let length = Int(Numbers.u32(feed.buffer.span, feed.start + 4, big: isBig))
    guard length >= 12 else {
      taker.note("a block after packet \(number) has no length: the rest is not read")
      return false
    }
    let padded = (length + 3) & ~3
    if length > ClassicFile.longestPacket {
      taker.note("a block of \(length) bytes after packet \(number) is skipped")
      return feed.skipFar(padded, for: &taker)
    }
    guard feed.fill(length, for: &taker) else {
      taker.note("the capture is cut after packet \(number); whole packets were used")
      return false
    }
    let from = feed.start + 8
    let to = feed.start + length - 4
    switch type {
    case 1:
      if interfaces.count < 65_536 {
        interfaces.append(InterfaceBlock(feed.buffer.span, from, to, big: isBig))
      }
    case 6: enhanced(feed.buffer.span, from, to, &taker)
    case 3: simple(feed.buffer.span, from, to, &taker)
    case 2: old(feed.buffer.span, from, to, &taker)
    case 5: statistics(feed.buffer.span, from, to)
    case 10: secrets(feed.buffer.span, from, to, &taker)
    default: break
    }
    if padded > length, !feed.fill(padded, for: &taker) { return false }
    feed.skip(padded)
    return true
  }

  private mutating func enhanced(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ taker: inout some PacketTaker & ~Copyable
  ) {
    number += 1
    guard to - from >= 20 else { return strange += 1 }
    let interface = Int(Numbers.u32(s, from, big: isBig))
    let ticks =
      UInt64(Numbers.u32(s, from + 4, big: isBig)) << 32
      | UInt64(Numbers.u32(s, from + 8, big: isBig))
    let captured = Int(Numbers.u32(s, from + 12, big: isBig))
    let original = Int(Numbers.u32(s, from + 16, big: isBig))
    deliver(interface, ticks, captured, original, s, from + 20, to, &taker)
  }

  private mutating func simple(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ taker: inout some PacketTaker & ~Copyable
  ) {
    number += 1
    guard to - from >= 4 else { return strange += 1 }
    let original = Int(Numbers.u32(s, from, big: isBig))
    var captured = min(original, to - from - 4)
    if let first = interfaces.first, first.snapLength > 0 {
      captured = min(captured, first.snapLength)
    }
    deliver(0, nil, captured, original, s, from + 4, to, &taker)
  }

  private mutating func old(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ taker: inout some PacketTaker & ~Copyable
  ) {
    number += 1
    guard to - from >= 20 else { return strange += 1 }
    let interface = Int(Numbers.u16(s, from, big: isBig))
    let drops = Numbers.u16(s, from + 2, big: isBig)
    if drops != 0xffff { lost &+= UInt64(drops) }
    let ticks =
      UInt64(Numbers.u32(s, from + 4, big: isBig)) << 32
      | UInt64(Numbers.u32(s, from + 8, big: isBig))
    let captured = Int(Numbers.u32(s, from + 12, big: isBig))
    let original = Int(Numbers.u32(s, from + 16, big: isBig))
    deliver(interface, ticks, captured, original, s, from + 20, to, &taker)
  }

  private mutating func deliver(
    _ interface: Int, _ ticks: UInt64?, _ captured: Int, _ original: Int, _ s: Span<UInt8>,
    _ from: Int, _ to: Int, _ taker: inout some PacketTaker & ~Copyable
  ) {
    guard interface < interfaces.count, captured <= to - from else { return strange += 1 }
    if let ticks { lastTime = interfaces[interface].nanoseconds(ticks) }
    let meta = PacketMeta(
      number: number, time: lastTime, interface: interface,
      linkType: interfaces[interface].linkType, missing: max(0, original - captured),
      isBigEndian: isBig)
    taker.take(meta, s, from, from + captured)
  }

  /// Interface statistics: what the capturing machine lost (isb_ifdrop 5, isb_osdrop 7). The last
  /// block of an interface counts.
  private mutating func statistics(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    guard to - from >= 12 else { return }
    let interface = Int(Numbers.u32(s, from, big: isBig))
    guard interface < 65_536 else { return }
    var drops: UInt64 = 0
    InterfaceBlock.options(s, from + 12, to, big: isBig) { code, at, length in
      if (code == 5 || code == 7) && length == 8 {
        drops = drops &+ Numbers.u64(s, at, big: isBig)
      }
    }
    lostByInterface[interface] = drops
  }

  /// Decryption secrets (§4.7): those of TLS, a key log.
  private func secrets(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ taker: inout some PacketTaker & ~Copyable
  ) {
    guard to - from >= 8, Numbers.u32(s, from, big: isBig) == 0x544c_534b else { return }
    let length = Int(Numbers.u32(s, from + 4, big: isBig))
    taker.secrets(s, from + 8, min(to, from + 8 + length))
  }

  private func finish(_ taker: inout some PacketTaker & ~Copyable) {
    let drops = lostByInterface.values.reduce(lost) { $0 &+ $1 }
    if drops > 0 { taker.note("the capturing machine lost \(drops) packets") }
    if strange > 0 { taker.note("\(strange) packet blocks make no sense and were skipped") }
  }
}
