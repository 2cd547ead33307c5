/// Reads the classic pcap format: <https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-05.html>,
/// with nanoseconds (A1B23C4D) and Kuznetzov's longer record header (A1B2CD34).
enum ClassicFile {
  /// A record longer than this is damage, not a packet.
  static let longestPacket = 16 << 20

  static func isMagic(_ value: UInt32) -> Bool {
    value == 0xa1b2_c3d4 || value == 0xa1b2_3c4d || value == 0xa1b2_cd34
  }

  static func read(_ feed: inout ByteFeed, into taker: inout some PacketTaker & ~Copyable) {
    guard feed.fill(24) else {
      taker.note("the capture's file header is cut")
      return
    }
    var magic = Numbers.big32(feed.buffer.span, feed.start)
    let big = isMagic(magic)
    if !big { magic = magic.byteSwapped }
    let nano = magic == 0xa1b2_3c4d
    let recordHeader = magic == 0xa1b2_cd34 ? 24 : 16
    let linkType = Numbers.u32(feed.buffer.span, feed.start + 20, big: big) & 0x0fff_ffff
    feed.skip(24)
    var number = 0
    while feed.fill(1, for: &taker) {
      guard feed.fill(recordHeader, for: &taker) else {
        taker.note("the capture is cut inside the header of packet \(number + 1)")
        return
      }
      let header = record(feed.buffer.span, feed.start, big: big)
      let captured = header.captured
      guard captured <= longestPacket else {
        taker.note("packet \(number + 1) claims \(captured) bytes: the rest is not read")
        return
      }
      number += 1
      guard feed.fill(recordHeader + captured, for: &taker) else {
        taker.note("the capture is cut inside packet \(number); whole packets were used")
        return
      }
      let meta = PacketMeta(
        number: number,
        time: Int64(header.seconds) * 1_000_000_000 + Int64(header.fraction) * (nano ? 1 : 1000),
        interface: 0,
        linkType: linkType, missing: max(0, header.original - captured), isBigEndian: big)
      let from = feed.start + recordHeader
      taker.take(meta, feed.buffer.span, from, from + captured)
      feed.skip(recordHeader + captured)
    }
  }

  private static func record(_ s: Span<UInt8>, _ at: Int, big: Bool)
    -> (seconds: UInt32, fraction: UInt32, captured: Int, original: Int)
  {
    (
      Numbers.u32(s, at, big: big), Numbers.u32(s, at + 4, big: big),
      Int(Numbers.u32(s, at + 8, big: big)), Int(Numbers.u32(s, at + 12, big: big))
    )
  }
}
