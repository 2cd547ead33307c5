internal import ByteScan
internal import Evidence

/// Plain successes that the sample may keep, with the heads of their requests that nobody has taken apart:
/// most of them give way to others before.
struct UnreadExchanges {
  struct Item: BitwiseCopyable {
    var priority: UInt64
    var request: Request
    var start: Int32
    var end: Int32
  }

  static let mostBytes = 16 << 20
  /// Room that is made for the first ones.
  private static let fewBytes = 256 << 10
  private static let most = Sample.capturedCapacity + Sample.capturedCapacity / 4

  private(set) var items: [Item] = []
  /// Exchanges at or above this priority are not wanted.
  private(set) var limit = UInt64.max
  private(set) var bytes: [UInt8] = []

  var isFull: Bool { items.count >= Self.most }

  /// `false`: there is no room for so many bytes.
  mutating func append(_ request: Request, _ priority: UInt64, _ head: Span<UInt8>) -> Bool {
    let start = bytes.count
    guard start + head.count <= Self.mostBytes else { return false }
    // Growing by doubling would move all of it again and again.
    let needed = start + head.count
    if needed > bytes.capacity {
      if needed <= Self.fewBytes {
        bytes.reserveCapacity(Self.fewBytes)
      } else {
        bytes.reserveLarge(max(4 << 20, 2 * needed))
      }
    }
    items.makeRoom(few: 1 << 10, most: Self.most)
    Bytes.append(head, 0, head.count, to: &bytes)
    items.append(
      Item(
        priority: priority, request: request, start: Int32(start),
        end: Int32(bytes.count)))
    return true
  }

  /// Gives up all but the `size` ones of smallest priority; says how many.
  mutating func trim(to size: Int) -> Int {
    var priorities = items.map(\.priority)
    guard let found = Sample.limit(keeping: size, of: &priorities) else { return 0 }
    limit = min(limit, found)
    let before = items.count
    var end = 0
    var kept = 0
    for i in items.indices where items[i].priority < limit {
      var item = items[i]
      let (from, length) = (Int(item.start), Int(item.end - item.start))
      if from > end {
        // Both are inside, and moved to the front only.
        unsafe bytes.withUnsafeMutableBytes { all in
          unsafe UnsafeMutableRawBufferPointer(rebasing: all[end..<end + length]).copyMemory(
            from: UnsafeRawBufferPointer(rebasing: all[from..<from + length]))
        }
      }
      item.start = Int32(end)
      end += length
      item.end = Int32(end)
      items[kept] = item
      kept += 1
    }
    items.removeSubrange(kept...)
    bytes.removeSubrange(end...)
    return before - kept
  }
}
