#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif
package import Evidence

/// Reads packet captures (pcap, pcapng, gzip'd or not) into observations: the entry of this module.
package enum CaptureReader {
  /// Whether a file that begins with `bytes` is a capture; 12 bytes tell, of a gzip'd file the first
  /// few hundred.
  package static func isCapture(first bytes: Span<UInt8>) -> Bool {
    guard bytes.count >= 12 else { return false }
    if bytes[0] == 0x1f, bytes[1] == 0x8b {
      var plain = [UInt8](repeating: 0, count: 64)
      guard let made = Inflater()?.step(bytes, into: &plain, at: 0).made, made >= 12 else {
        return false
      }
      return isPlainCapture(plain.span)
    }
    return isPlainCapture(bytes)
  }

  private static func isPlainCapture(_ s: Span<UInt8>, _ at: Int = 0) -> Bool {
    let magic = Numbers.big32(s, at)
    if ClassicFile.isMagic(magic) || ClassicFile.isMagic(magic.byteSwapped) { return true }
    let order = Numbers.big32(s, at + 8)
    return magic == BlockFile.sectionHeader && (order == 0x1a2b_3c4d || order == 0x4d3c_2b1a)
  }

  /// Reads a file. Problems end in `observations.coverage[source].problems`; packets are counted as
  /// its lines.
  package static func read(
    path: String, source: UInt16, options: CaptureOptions = CaptureOptions(),
    into observations: inout Observations
  ) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      observations.coverage[source, default: Coverage()].problems.append(
        "cannot be opened: error \(errno)")
      return
    }
    var feed = ByteFeed(descriptor: descriptor)
    read(&feed, source: source, options, into: &observations)
  }

  // MARK: In two halves, on two threads

  /// What the reader of a file has to say of it at the end.
  package struct FileAccount: Sendable {
    var packets = 0
    var bytes = 0
    var remarks: [String] = []
  }

  /// The first half of reading a file: takes its packets apart and hands them on, batch by batch.
  package static func takeApart(
    path: String, filter: String?, handOn: @escaping (inout PacketBatch) -> Void
  ) -> FileAccount {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      return FileAccount(remarks: ["cannot be opened: error \(errno)"])
    }
    var feed = ByteFeed(descriptor: descriptor)
    return takeApart(&feed, filter: filter, handOn: handOn)
  }

  static func takeApart(
    _ feed: inout ByteFeed, filter: String?, handOn: @escaping (inout PacketBatch) -> Void
  ) -> FileAccount {
    var walk = PacketWalk(next: Batcher(handOn: handOn))
    walk.filter = filter.map { PacketFilter($0) }
    packets(&feed, &walk)
    walk.leave(&feed)
    return walk.account(bytes: feed.consumed)
  }

  /// The other half: puts streams together from what `next` gives, until it gives the account of the
  /// file. The result is that of `read`.
  package static func join(
    source: UInt16, options: CaptureOptions, into observations: inout Observations,
    next: (inout PacketBatch) -> FileAccount?
  ) {
    var stage = stage(source, options, &observations)
    var batch = PacketBatch()
    while true {
      if let account = next(&batch) {
        observations = stage.finish(account)
        return
      }
      stage.take(&batch)
    }
  }

  // MARK: In one

  /// Reads what `pull` gives until it gives nothing: bytes put into the buffer from an offset on, and
  /// their number. For pipes, which somebody has looked at already.
  package static func read(
    source: UInt16, options: CaptureOptions, into observations: inout Observations,
    pull: @escaping (_ buffer: inout [UInt8], _ at: Int) -> Int
  ) {
    var feed = ByteFeed(pull: pull)
    read(&feed, source: source, options, into: &observations)
  }

  /// Reads a capture that is in memory (an entry of a bundle).
  package static func read(
    bytes: [UInt8], source: UInt16, options: CaptureOptions = CaptureOptions(),
    into observations: inout Observations
  ) {
    var feed = ByteFeed(bytes: bytes)
    read(&feed, source: source, options, into: &observations)
  }

  /// A reader of packets that goes on with `observations`, which are moved into it.
  static func walk(
    _ source: UInt16, _ options: CaptureOptions, _ observations: inout Observations
  ) -> PacketWalk<TransportStage> {
    var walk = PacketWalk(next: stage(source, options, &observations))
    walk.filter = options.filter.map { PacketFilter($0) }
    return walk
  }

  private static func stage(
    _ source: UInt16, _ options: CaptureOptions, _ observations: inout Observations
  ) -> TransportStage {
    let taken = observations
    observations = Observations()
    var collector = Collector(source: source, observations: taken)
    collector.publish = options.publish
    collector.isInFull = options.isInFull
    collector.keys = options.keys
    return TransportStage(collector: collector)
  }

  private static func read(
    _ feed: inout ByteFeed, source: UInt16, _ options: CaptureOptions,
    into observations: inout Observations
  ) {
    var walk = walk(source, options, &observations)
    packets(&feed, &walk)
    observations = walk.finish(bytes: feed.consumed)
  }

  /// Reads the packets of a file of either format.
  private static func packets<Next: TransportTaker & ~Copyable>(
    _ feed: inout ByteFeed, _ walk: inout PacketWalk<Next>
  ) {
    if feed.fill(12) {
      if Numbers.big32(feed.buffer.span, feed.start) == BlockFile.sectionHeader {
        BlockFile.read(&feed, into: &walk)
      } else if isPlainCapture(feed.buffer.span, feed.start) {
        ClassicFile.read(&feed, into: &walk)
      } else {
        walk.note(damage(feed.buffer.span, feed.start, feed.end))
      }
    } else if feed.end > feed.start {
      walk.note("the capture is cut inside its first bytes")
    }
    if let problem = feed.problem { walk.note(problem) }
  }

  /// Names what is wrong with a file that is no capture.
  private static func damage(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> String {
    // A terminal (`kubectl exec -t`) turns each LF into CR LF: 0A 0D 0D 0A becomes 0D 0A 0D 0D 0D 0A.
    if to - from >= 6, s[from] == 0x0d, s[from + 1] == 0x0a, s[from + 2] == 0x0d {
      return "line ends were translated on the way (a terminal: kubectl exec -t): not readable"
    }
    return "this is no pcap or pcapng file"
  }
}

extension PacketWalk where Next: ~Copyable {
  /// What there is to say of the file, of which `bytes` were read.
  func account(bytes: Int) -> CaptureReader.FileAccount {
    CaptureReader.FileAccount(packets: packets, bytes: bytes, remarks: remarks())
  }
}

extension PacketWalk where Next == TransportStage {
  /// Ends all connections and gives back the observations.
  mutating func finish(bytes: Int) -> Observations { next.finish(account(bytes: bytes)) }
}

extension TransportStage {
  /// Ends all connections and gives back the observations.
  mutating func finish(_ account: CaptureReader.FileAccount) -> Observations {
    finish()
    var coverage = collector.coverage
    coverage.lines = account.packets
    coverage.bytes = account.bytes
    coverage.problems = account.remarks
    if collector.holes > 0 {
      coverage.problems.append("\(collector.holes) holes in TCP streams (packets not captured)")
    }
    if collector.unreadableHeads > 0 {
      coverage.problems.append(
        "\(collector.unreadableHeads) HTTP/2 heads refer to what was sent before the capture")
    }
    coverage.problems += collector.secrecy.remarks
    collector.observations.coverage[collector.source, default: Coverage()].absorb(coverage)
    return collector.observations
  }
}
