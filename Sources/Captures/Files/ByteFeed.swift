#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Where the bytes of a capture come from: a descriptor or memory, gzip'd or not. Reads in large
/// pieces into one buffer that is used in place; never holds more than one packet and one piece.
///
/// May not know anything about capture formats.
struct ByteFeed: ~Copyable {
  /// The window on the input; valid bytes are `buffer[start..<end]`.
  private(set) var buffer: [UInt8]
  private(set) var start = 0
  private(set) var end = 0
  /// Bytes of the (unpacked) input before `start`.
  private(set) var consumed = 0
  /// Why the input ended early, ready to print.
  private(set) var problem: String?

  private var descriptor: Int32
  private let ownsDescriptor: Bool
  private var isAtEnd = false
  private var inflater: Inflater?
  private var packed: [UInt8] = []
  private var pull: ((inout [UInt8], Int) -> Int)?

  /// Small enough to be still in the cache when it is taken apart.
  static let piece = 256 << 10

  /// Takes the descriptor over and closes it at the end.
  init(descriptor: Int32, owned: Bool = true) {
    self.descriptor = descriptor
    self.ownsDescriptor = owned
    buffer = [UInt8](repeating: 0, count: ByteFeed.piece + 4096)
    detectCompression()
  }

  /// Bytes come from `pull`, unpacked; 0 is the end.
  init(pull: @escaping (inout [UInt8], Int) -> Int) {
    descriptor = -1
    ownsDescriptor = false
    buffer = [UInt8](repeating: 0, count: ByteFeed.piece + 4096)
    self.pull = pull
  }

  init(bytes: [UInt8]) {
    descriptor = -1
    ownsDescriptor = false
    buffer = bytes
    end = bytes.count
    isAtEnd = true
    detectCompression()
  }

  deinit {
    if ownsDescriptor, descriptor >= 0 { _ = close(descriptor) }
  }

  /// Makes at least `count` bytes available from `start`; `false` when the input ends before.
  mutating func fill(_ count: Int) -> Bool {
    if end - start >= count { return true }
    return refill(count)
  }

  /// The same; who takes packets learns of it before the window moves.
  @inline(__always)
  mutating func fill(_ count: Int, for taker: inout some PacketTaker & ~Copyable) -> Bool {
    if end - start >= count { return true }
    taker.leave(&self)
    return refill(count)
  }

  /// Gives the window away and goes on in another buffer, with the bytes that are still to be read.
  mutating func exchange(_ other: inout [UInt8]) {
    let kept = end - start
    let size = max(kept, ByteFeed.piece) + 4096
    if other.count < size { other = [UInt8](repeating: 0, count: size) }
    for i in 0..<kept { other[i] = buffer[start + i] }
    swap(&buffer, &other)
    start = 0
    end = kept
  }

  mutating func skip(_ count: Int) {
    let step = min(count, end - start)
    start += step
    consumed += step
  }

  /// Skips bytes that need not fit the buffer; `false` when the input ends before.
  mutating func skipFar(_ count: Int, for taker: inout some PacketTaker & ~Copyable) -> Bool {
    taker.leave(&self)
    var left = count
    while left > 0 {
      if start == end, !refill(1) { return false }
      let step = min(left, end - start)
      skip(step)
      left -= step
    }
    return true
  }

  private mutating func refill(_ count: Int) -> Bool {
    if isAtEnd { return false }
    if start > 0 {
      let kept = end - start
      for i in 0..<kept { buffer[i] = buffer[start + i] }
      start = 0
      end = kept
    }
    let wanted = count + ByteFeed.piece
    if buffer.count < wanted {
      buffer.append(contentsOf: repeatElement(0, count: wanted - buffer.count))
    }
    while end < count, !isAtEnd {
      let got = inflater == nil ? readRaw() : inflate()
      if got <= 0 { isAtEnd = true }
      end += max(0, got)
    }
    return end >= count
  }

  private mutating func readRaw() -> Int {
    if let pull { return pull(&buffer, end) }
    guard descriptor >= 0 else { return 0 }
    let room = buffer.count - end
    while true {
      let got = unsafe buffer.withUnsafeMutableBytes { bytes -> Int in
        guard let base = bytes.baseAddress else { return 0 }
        return unsafe read(descriptor, base + end, room)
      }
      if got >= 0 { return got }
      if errno == EINTR { continue }
      problem = "reading stopped: error \(errno)"
      return 0
    }
  }

  // MARK: gzip

  private mutating func detectCompression() {
    guard refillRaw(2), buffer[start] == 0x1f, buffer[start + 1] == 0x8b else { return }
    packed = Array(buffer[start..<end])
    start = 0
    end = 0
    if buffer.count < ByteFeed.piece {
      buffer = [UInt8](repeating: 0, count: ByteFeed.piece)
    }
    inflater = Inflater()
    isAtEnd = inflater == nil
  }

  private mutating func refillRaw(_ count: Int) -> Bool {
    while end - start < count, descriptor >= 0 {
      let got = readRaw()
      if got <= 0 { break }
      end += got
    }
    return end - start >= count
  }

  private mutating func inflate() -> Int {
    while true {
      if packed.isEmpty {
        packed = [UInt8](repeating: 0, count: 256 << 10)
        let got = unsafe packed.withUnsafeMutableBytes { bytes -> Int in
          guard descriptor >= 0, let base = bytes.baseAddress else { return 0 }
          return unsafe read(descriptor, base, bytes.count)
        }
        packed.removeSubrange(max(0, got)...)
        if got <= 0 {
          if inflater?.isBetweenMembers == false { problem = "the gzip stream is cut" }
          return 0
        }
      }
      guard let inflater else { return 0 }
      let input = packed
      let step = inflater.step(input.span, into: &buffer, at: end)
      packed.removeFirst(min(packed.count, step.used))
      if step.isDamaged {
        problem = "the gzip stream is damaged"
        return step.made
      }
      if step.made > 0 { return step.made }
      if step.used == 0, !packed.isEmpty { return 0 }
    }
  }
}
