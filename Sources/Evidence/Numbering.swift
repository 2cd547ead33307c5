/// Small numbers for keys of eight bytes, in order of appearance. Open addressing takes a fifth of a
/// dictionary's time where a million keys are looked up.
public struct Numbering: Sendable {
  @usableFromInline struct Slot: Sendable, BitwiseCopyable {
    @usableFromInline var key: UInt64
    /// Number plus one; 0 is free.
    @usableFromInline var number: Int32
    @usableFromInline init(key: UInt64, number: Int32) {
      self.key = key
      self.number = number
    }
  }

  @usableFromInline var slots: [Slot]
  @usableFromInline var shift: UInt64
  /// Differs from run to run: nobody can write a log whose keys all fall into one slot.
  @usableFromInline let seed = UInt64.random(in: .min ... .max)
  /// How many keys there are.
  public internal(set) var count = 0

  public init() {
    slots = [Slot](repeating: Slot(key: 0, number: 0), count: 64)
    shift = 58
  }

  /// The number of a key, which is the next one where it is new.
  @inlinable public mutating func number(of key: UInt64) -> Int32 {
    let slot = place(key)
    let known = slots[slot].number
    return known > 0 ? known - 1 : add(key, at: slot)
  }

  /// The numbers of many keys, as `number(of:)` gives them one by one. The first looks for some are taken
  /// together, so that they do not wait for memory one after the other.
  public mutating func numbers(of keys: some RandomAccessCollection<UInt64>) -> [Int32] {
    keys.withContiguousStorageIfAvailable { unsafe numbers(of: $0.span) }
      ?? numbers(of: Array(keys).span)
  }

  private mutating func numbers(of keys: Span<UInt64>) -> [Int32] {
    var all: [Int32] = []
    all.reserveCapacity(keys.count)
    let step = 64
    var looks = [Slot](repeating: Slot(key: 0, number: 0), count: step)
    for begin in stride(from: 0, to: keys.count, by: step) {
      let end = min(begin + step, keys.count)
      for i in begin..<end { looks[i - begin] = slots[home(keys[i])] }
      for i in begin..<end {
        let look = looks[i - begin]
        all.append(
          look.number > 0 && look.key == keys[i] ? look.number - 1 : number(of: keys[i]))
      }
    }
    return all
  }

  /// Numbers a key; whether it is a new one.
  @inlinable public mutating func insert(_ key: UInt64) -> Bool {
    let known = count
    _ = number(of: key)
    return count > known
  }

  /// The number of a key that was numbered before; -1 for others.
  @inlinable public func known(_ key: UInt64) -> Int32 { slots[place(key)].number - 1 }

  /// Where a key is looked for first.
  @inlinable @inline(__always) func home(_ key: UInt64) -> Int {
    let product = (key ^ seed).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
    let mixed = (product.high ^ product.low) &* 0xd6e8_feb8_6659_fd93
    return Int(truncatingIfNeeded: mixed &>> shift)
  }

  /// Where a key is, or would be.
  @inlinable @inline(__always) func place(_ key: UInt64) -> Int {
    var slot = home(key)
    while slots[slot].number != 0, slots[slot].key != key { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  @usableFromInline mutating func add(_ key: UInt64, at slot: Int) -> Int32 {
    let number = Int32(truncatingIfNeeded: count)
    slots[slot] = Slot(key: key, number: number + 1)
    count += 1
    if count * 2 > slots.count { grow() }
    return number
  }

  private mutating func grow() {
    let old = slots
    // Fewer steps while that costs no memory to speak of.
    let bits: UInt64 = old.count < 1 << 18 ? 2 : 1
    slots = unsafe [Slot](large: old.count << Int(bits)) {
      unsafe $0.initialize(repeating: Slot(key: 0, number: 0))
    }
    shift -= bits
    for one in old where one.number != 0 { slots[place(one.key)] = one }
  }

  /// Two small numbers as one key.
  @inlinable @inline(__always) public static func key(_ a: Int32, _ b: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: a)) << 32 | UInt64(UInt32(bitPattern: b))
  }
  @inlinable @inline(__always) public static func key(_ a: Int32, _ b: Symbol) -> UInt64 {
    UInt64(UInt32(bitPattern: a)) << 32 | UInt64(b.index)
  }
  @inlinable @inline(__always) public static func key(_ a: Symbol, _ b: Symbol) -> UInt64 {
    UInt64(a.index) << 32 | UInt64(b.index)
  }
}
