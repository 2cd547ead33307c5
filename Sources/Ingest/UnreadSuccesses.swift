internal import ByteScan
internal import Evidence

/// Lines of plain successes that the sample may keep and that nobody has read in full: most of them
/// give way to others before what they say is needed. Holds copies of them.
struct UnreadSuccesses: Sendable {
  /// More bytes than these are not held: then all are read.
  static let mostBytes = 32 << 20
  /// Room that is made for the first ones.
  private static let fewBytes = 256 << 10
  private static let most = Sample.capacity + Sample.capacity / 2

  struct Line: Sendable, BitwiseCopyable {
    /// Its priority, among others.
    var context: LineContext
    /// Its place in `formats`.
    var format: Int
    var start: Int
    var end: Int
  }

  private(set) var lines: [Line] = []
  private(set) var formats: [any LineFormat.Type] = []
  private(set) var bytes: [UInt8] = []
  /// By the upper bits of their priorities: lines that came since `takeCounts`.
  private var counts = [Int](repeating: 0, count: 1 << UnreadSuccesses.bits)
  private static let bits = 12

  var isFull: Bool { lines.count >= UnreadSuccesses.most }

  func hasRoom(for count: Int) -> Bool { bytes.count + count <= UnreadSuccesses.mostBytes }

  mutating func append(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ format: any LineFormat.Type, _ context: LineContext
  ) {
    let start = bytes.count
    let needed = start + (to - from)
    if needed > bytes.capacity {
      // Growing by doubling would move all of it again and again.
      if needed <= UnreadSuccesses.fewBytes {
        bytes.reserveCapacity(UnreadSuccesses.fewBytes)
      } else {
        bytes.reserveLarge(max(needed, UnreadSuccesses.mostBytes))
      }
    }
    lines.makeRoom(few: 1 << 10, most: UnreadSuccesses.most)
    // Copied at once; the span checks its bounds.
    unsafe s.extracting(from..<to).withUnsafeBufferPointer {
      unsafe bytes.append(contentsOf: $0)
    }
    let number = place(of: format)
    lines.append(Line(context: context, format: number, start: start, end: bytes.count))
    counts[Int(context.priority >> UInt64(64 - UnreadSuccesses.bits))] &+= 1
  }

  private mutating func place(of format: any LineFormat.Type) -> Int {
    if let known = formats.firstIndex(where: { $0 == format }) { return known }
    formats.append(format)
    return formats.count - 1
  }

  /// Adds how many lines came, by the upper bits of their priorities, to what others had.
  mutating func takeCounts(into all: inout [Int]) {
    if all.isEmpty { all = [Int](repeating: 0, count: counts.count) }
    for i in counts.indices {
      all[i] += counts[i]
      counts[i] = 0
    }
  }

  /// The priority from which on a sample of `size` has no room for lines counted so.
  static func limit(keeping size: Int, counted: [Int]) -> UInt64? {
    var sum = 0
    for (i, count) in counted.enumerated() {
      sum += count
      if sum > size, i + 1 < counted.count { return UInt64(i + 1) << UInt64(64 - bits) }
    }
    return nil
  }

  /// The priority from which on a sample of so many of these lines has no room.
  func limit(keeping size: Int) -> UInt64? {
    var priorities = lines.map(\.context.priority)
    return Sample.limit(keeping: size, of: &priorities)
  }

  /// Gives up the lines at or above a priority: how many they were.
  mutating func drop(from limit: UInt64) -> Int {
    let before = lines.count
    var end = 0
    var kept = 0
    for i in lines.indices where lines[i].context.priority < limit {
      var line = lines[i]
      let length = line.end - line.start
      if line.start > end {
        // Both are inside, and moved to the front only.
        unsafe bytes.withUnsafeMutableBytes { all in
          unsafe UnsafeMutableRawBufferPointer(rebasing: all[end..<end + length]).copyMemory(
            from: UnsafeRawBufferPointer(rebasing: all[line.start..<line.end]))
        }
      }
      line.start = end
      line.end = end + length
      end += length
      lines[kept] = line
      kept += 1
    }
    lines.removeSubrange(kept...)
    bytes.removeSubrange(end...)
    return before - kept
  }

  mutating func removeAll() {
    lines.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
  }
}
