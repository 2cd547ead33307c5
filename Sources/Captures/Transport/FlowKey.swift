/// The two ends of a connection, lower one first, within one tunnel network.
struct FlowKey: Hashable, BitwiseCopyable {
  var low: IPAddress
  var high: IPAddress
  var lowPort: UInt16
  var highPort: UInt16
  var network: UInt32

  /// The key, and whether the source is the lower end.
  @inline(__always) static func of(
    _ source: IPAddress, _ sourcePort: UInt16, _ destination: IPAddress, _ destinationPort: UInt16,
    _ network: UInt32
  ) -> (key: FlowKey, sourceIsLow: Bool) {
    let sourceIsLow =
      source == destination ? sourcePort <= destinationPort : source < destination
    return sourceIsLow
      ? (
        FlowKey(
          low: source, high: destination, lowPort: sourcePort, highPort: destinationPort,
          network: network), true
      )
      : (
        FlowKey(
          low: destination, high: source, lowPort: destinationPort, highPort: sourcePort,
          network: network), false
      )
  }

  @inline(__always) var mixed: UInt64 {
    var z = low.low ^ (low.high &* 0x9e37_79b9_7f4a_7c15)
    z = (z ^ (high.low &* 0xbf58_476d_1ce4_e5b9)) &+ high.high
    z ^= UInt64(lowPort) << 48 | UInt64(highPort) << 32 | UInt64(network)
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// Connections by flow key: open addressing, linear probing. One connection may have several keys
/// (the legs before and after address translation).
struct FlowTable {
  struct Entry: BitwiseCopyable {
    var key: FlowKey
    /// Index of the connection; -1 for a dropped entry.
    var connection: Int32
    /// Side 0 of the connection is this key's lower end.
    var zeroIsLow: Bool
  }
  private(set) var entries: [Entry] = []
  private var slots = [UInt32](repeating: 0, count: 4096)
  private var mask = 4095

  @inline(__always) func find(_ key: FlowKey) -> Int {
    var slot = Int(truncatingIfNeeded: key.mixed) & mask
    while true {
      let index = slots[slot]
      if index == 0 { return -1 }
      if entries[Int(index) - 1].key == key { return Int(index) - 1 }
      slot = (slot + 1) & mask
    }
  }

  /// Adds a key that is not there yet.
  mutating func add(_ entry: Entry) -> Int {
    entries.append(entry)
    if entries.count * 2 > slots.count {
      rebuild(size: slots.count * 4)
    } else {
      place(entries.count - 1)
    }
    return entries.count - 1
  }

  mutating func point(_ entry: Int, to connection: Int32, zeroIsLow: Bool) {
    entries[entry].connection = connection
    entries[entry].zeroIsLow = zeroIsLow
  }

  /// Keeps the entries whose connection has a new number (`numbers[old] >= 0`).
  mutating func renumber(_ numbers: [Int32]) {
    var kept: [Entry] = []
    kept.reserveCapacity(entries.count)
    for var entry in entries {
      let number = numbers[Int(entry.connection)]
      guard number >= 0 else { continue }
      entry.connection = number
      kept.append(entry)
    }
    entries = kept
    rebuild(size: slots.count)
  }

  private mutating func rebuild(size: Int) {
    slots = [UInt32](repeating: 0, count: size)
    mask = size - 1
    for i in entries.indices { place(i) }
  }

  private mutating func place(_ index: Int) {
    var slot = Int(truncatingIfNeeded: entries[index].key.mixed) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = UInt32(truncatingIfNeeded: index + 1)
  }
}
