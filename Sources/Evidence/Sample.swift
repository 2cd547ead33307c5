/// A bounded, order-free sample of requests: the ones, as many as its capacity, with the smallest
/// priorities.
///
/// A priority is a hash of what the line says, so the same lines give the same sample in any order
/// and with any number of threads, and two samples merge into the sample of both (bottom-k sketch,
/// Cohen and Kaplan 2007). Below `capacity` nothing is lost.
public struct Sample: Sendable {
  public static let capacity = 40_000
  /// Of captured successes: each carries its texts, and a token's first ones are kept beside them.
  public static let capturedCapacity = 12_000

  /// Room that is made for the first ones.
  private static let few = 1 << 10

  public struct Item: Sendable, BitwiseCopyable {
    public let priority: UInt64
    public internal(set) var request: Request
  }

  private let size: Int
  public private(set) var items: [Item] = []
  /// How many were kept, once they have been taken.
  public private(set) var kept = 0
  /// How many were offered.
  public private(set) var offered = 0
  /// Requests at or above this priority are not kept.
  public private(set) var limit = UInt64.max

  public init(capacity: Int = Sample.capacity) { size = capacity }

  /// `true` when everything offered is still here.
  public var isComplete: Bool { limit == .max }

  /// Whether a request of this priority would be kept; asked before a `Request` is built.
  @inlinable @inline(__always) public func wants(_ priority: UInt64) -> Bool { priority < limit }

  /// Counts requests that were not wanted.
  public mutating func skip(_ count: Int = 1) { offered &+= count }

  public mutating func offer(_ request: Request, priority: UInt64) {
    offered &+= 1
    guard priority < limit else { return }
    // Growing by doubling would move all of it again and again.
    items.makeRoom(few: Sample.few, most: size + size / 4)
    items.append(Item(priority: priority, request: request))
    if items.count >= size + size / 4 { trim() }
  }

  /// Takes over the limit of another sample that will be merged with this one: what is above it would not
  /// outlive the merge.
  public mutating func lower(to other: UInt64) { limit = min(limit, other) }

  /// Brings the sample down to its capacity: keeps what is below the smallest priority too many.
  private mutating func trim() {
    var priorities = items.count > size ? items.map(\.priority) : []
    if let found = Sample.limit(keeping: size, of: &priorities) { limit = min(limit, found) }
    if limit != .max { items.removeAll { $0.priority >= limit } }
  }

  /// The priority from which on a sample of `size` has no room for requests of these priorities, which are
  /// put into another order; `nil`: it has for all.
  public static func limit(keeping size: Int, of priorities: inout [UInt64]) -> UInt64? {
    priorities.count > size ? select(size, of: &priorities) : nil
  }

  /// The `rank`-th smallest number, from 0 (quickselect by thirds; equal numbers do no harm).
  private static func select(_ rank: Int, of numbers: inout [UInt64]) -> UInt64 {
    var low = 0
    var high = numbers.count - 1
    while low < high {
      let a = numbers[low]
      let b = numbers[low + (high - low) / 2]
      let c = numbers[high]
      let pivot = max(min(a, b), min(max(a, b), c))
      var less = low
      var i = low
      var more = high
      while i <= more {
        if numbers[i] < pivot {
          numbers.swapAt(i, less)
          less += 1
          i += 1
        } else if numbers[i] > pivot {
          numbers.swapAt(i, more)
          more -= 1
        } else {
          i += 1
        }
      }
      if rank < less {
        high = less - 1
      } else if rank > more {
        low = more + 1
      } else {
        return pivot
      }
    }
    return numbers[rank]
  }

  public mutating func absorb(_ other: Sample, translate: (inout Request) -> Void) {
    offered += other.offered
    limit = min(limit, other.limit)
    if limit != .max { items.removeAll { $0.priority >= limit } }
    items.reserveLarge(items.count + other.items.count)
    for var item in other.items where item.priority < limit {
      translate(&item.request)
      items.append(item)
    }
    if items.count > size { trim() }
  }

  public mutating func mapCitations(_ change: (Citation) -> Citation) {
    for i in items.indices { items[i].request.citation = change(items[i].request.citation) }
  }

  public mutating func mapRequests(_ change: (inout Request) -> Void) {
    for i in items.indices { change(&items[i].request) }
  }

  /// Requests that are not to count.
  public mutating func leaveOut(_ isUnwanted: (Request) -> Bool) {
    let before = items.count
    items.removeAll { isUnwanted($0.request) }
    offered -= before - items.count
  }

  /// Brings the sample to at most `capacity` and its requests into the order of time.
  public mutating func finish() -> [Request] {
    trim()
    var requests = items.map(\.request)
    Request.sort(&requests)
    return requests
  }

  /// Like `finish`, but keeps no requests, only how many they were.
  public mutating func take() -> [Request] {
    let requests = finish()
    kept = requests.count
    items = []
    return requests
  }

  /// splitmix64 over a source's hash and a byte offset.
  @inlinable @inline(__always) public static func priority(source: UInt64, offset: UInt64)
    -> UInt64
  {
    var z = source &+ offset &* 0x9e37_79b9_7f4a_7c15
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
