/// An interned text: hosts, routes, clients, reasons. Equal texts have equal symbols within one
/// `SymbolTable`. The number says nothing about order; sort by text.
public struct Symbol: Hashable, Sendable, BitwiseCopyable {
  public var index: UInt32
  @inlinable public init(index: UInt32) { self.index = index }
  /// The absent text.
  @inlinable public static var none: Symbol { Symbol(index: 0) }
  @inlinable public var isNone: Bool { index == 0 }
}

/// Texts by symbol. Open addressing over one byte arena: no `String` in a hot path.
///
/// Texts are stored as read, except that the caller must have masked secrets before interning
/// (`Redaction`): nothing that enters this table needs to be hidden later.
public struct SymbolTable: Sendable {
  /// Texts, each behind its number and its length: who has found a text in `slots` needs to look nowhere else.
  private var bytes: [UInt8] = []
  /// By symbol: where the text starts in `bytes`.
  private var starts: [UInt32] = [0]
  /// Upper half of the hash, and start of a text, in one word, so that most misses cost one look; 0 is
  /// free. The place of a text follows from the upper half, too: growing needs no text.
  private var slots: [UInt64]
  private var mask: Int
  /// Differs from run to run: nobody can write a log whose texts all fall into one slot.
  private let seed = UInt64.random(in: .min ... .max)

  public init() {
    slots = [UInt64](repeating: 0, count: 1024)
    mask = 1023
  }

  /// Tells tables apart: symbols of one mean nothing in another.
  public var mark: UInt64 { seed }

  /// Number of texts, the absent one included.
  public var count: Int { starts.count }

  /// The longest text kept whole; longer ones are cut here, with `…` appended.
  public static let longest = 2048
  /// When the arena is full every new text becomes `Symbol.none`: bounded memory on hostile input.
  public static let largestArena = 512 << 20

  /// The symbol of the given bytes; empty → `.none`.
  public mutating func intern(_ text: Span<UInt8>) -> Symbol { intern(text, 0, text.count) }

  /// The symbol of `text[from..<to]`; an empty or invalid range → `.none`.
  public mutating func intern(_ text: Span<UInt8>, _ from: Int, _ to: Int) -> Symbol {
    guard from >= 0, from < to, to <= text.count else { return .none }
    let end = min(to, from + SymbolTable.longest)
    return intern(text, from, end, hash: hash(text, from, end))
  }

  private mutating func intern(
    _ text: Span<UInt8>, _ from: Int, _ to: Int, hash: UInt64
  ) -> Symbol {
    var slot = Int(truncatingIfNeeded: hash &>> 32) & mask
    let wanted = hash & 0xffff_ffff_0000_0000
    while true {
      let entry = slots[slot]
      if entry == 0 { break }
      if let known = symbol(entry, wanted, text, from, to) { return known }
      slot = (slot + 1) & mask
    }
    return append(text, from, to, wanted, slot)
  }

  /// The symbol in a slot, if it is that of a text whose hash has the upper half `wanted`.
  @inline(__always)
  private func symbol(
    _ entry: UInt64, _ wanted: UInt64, _ text: Span<UInt8>, _ from: Int, _ to: Int
  ) -> Symbol? {
    guard entry & 0xffff_ffff_0000_0000 == wanted, entry != 0 else { return nil }
    let start = Int(entry & 0xffff_ffff)
    let head = head(start)
    guard head.length == to - from,
      SymbolTable.same(bytes.span, start, text, from, to - from)
    else { return nil }
    return head.symbol
  }

  /// A text that is to be interned with others.
  public struct Wanted: Sendable, BitwiseCopyable {
    public var from: Int
    public var to: Int
    public var symbol = Symbol.none
    fileprivate var hash: UInt64 = 0
    fileprivate var entry: UInt64 = 0

    public init(from: Int, to: Int) {
      self.from = from
      self.to = to
    }
  }

  /// The symbols of some texts of a line. Most of the time is waiting for memory: where there are many texts,
  /// each is somewhere else. So all are waited for at once.
  public mutating func intern(_ text: Span<UInt8>, _ wanted: inout [Wanted]) {
    var wanted = wanted.mutableSpan
    for i in wanted.indices {
      let (from, to) = (wanted[i].from, wanted[i].to)
      guard from >= 0, from < to, to <= text.count, to - from <= SymbolTable.longest else {
        continue
      }
      let hash = hash(text, from, to)
      wanted[i].hash = hash
      wanted[i].entry = slots[Int(truncatingIfNeeded: hash &>> 32) & mask]
    }
    for i in wanted.indices {
      let entry = wanted[i].entry
      guard entry != 0, (entry ^ wanted[i].hash) &>> 32 == 0 else { continue }
      let head = head(Int(entry & 0xffff_ffff))
      if head.length == wanted[i].to - wanted[i].from { wanted[i].symbol = head.symbol }
    }
    for i in wanted.indices {
      let one = wanted[i]
      let isKnown =
        !one.symbol.isNone
        && SymbolTable.same(
          bytes.span, Int(one.entry & 0xffff_ffff), text, one.from, one.to - one.from)
      if isKnown { continue }
      // Without a hash: nothing, or too much.
      wanted[i].symbol =
        one.hash == 0
        ? intern(text, one.from, one.to) : intern(text, one.from, one.to, hash: one.hash)
    }
  }

  private static let headSize = 8
  /// Bytes from which on room is made in large pages, and so much that they seldom move: only what is written to becomes
  /// memory.
  private static let large = 1 << 20

  /// What stands before the text that starts at `start`.
  @inline(__always) private func head(_ start: Int) -> (symbol: Symbol, length: Int) {
    let word = UInt64(
      littleEndian: SymbolTable.word(unsafe bytes.span.bytes, start &- SymbolTable.headSize))
    return (
      Symbol(index: UInt32(truncatingIfNeeded: word &>> 32)),
      Int(UInt32(truncatingIfNeeded: word))
    )
  }

  /// Where the text of a symbol other than `.none` is.
  @inline(__always) private func range(_ index: Int) -> Range<Int> {
    let start = Int(starts[index])
    return start..<start + head(start).length
  }

  /// Eight bytes at a time, folded by multiplication (as wyhash does). A third of the time of a loop over
  /// bytes on user agents.
  private func hash(_ text: Span<UInt8>, _ from: Int, _ to: Int) -> UInt64 {
    let raw = unsafe text.bytes
    let length = to - from
    var hash = seed ^ UInt64(truncatingIfNeeded: length)
    if length >= 8 {
      var i = from
      while i + 8 < to {
        hash = SymbolTable.fold(hash ^ SymbolTable.word(raw, i), 0x9e37_79b9_7f4a_7c15)
        i += 8
      }
      hash = SymbolTable.fold(hash ^ SymbolTable.word(raw, to - 8), 0xd6e8_feb8_6659_fd93)
    } else {
      var word: UInt64 = 0
      for i in from..<to { word = word << 8 | UInt64(text[i]) }
      hash = SymbolTable.fold(hash ^ word, 0xd6e8_feb8_6659_fd93)
    }
    return SymbolTable.fold(hash, 0xa076_1d64_78bd_642f)
  }

  /// Marked unsafe for types with padding or invalid values; bounds are checked by `RawSpan`, and any eight
  /// bytes are a `UInt64`.
  @inline(__always) private static func word(_ raw: RawSpan, _ at: Int) -> UInt64 {
    unsafe raw.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self)
  }

  @inline(__always) private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  private static func same(
    _ a: Span<UInt8>, _ aStart: Int, _ b: Span<UInt8>, _ bStart: Int, _ count: Int
  ) -> Bool {
    var i = 0
    if count >= 8 {
      let left = unsafe a.bytes
      let right = unsafe b.bytes
      while i + 8 < count {
        if word(left, aStart + i) != word(right, bStart + i) { return false }
        i += 8
      }
      return word(left, aStart + count - 8) == word(right, bStart + count - 8)
    }
    while i < count {
      if a[aStart + i] != b[bStart + i] { return false }
      i += 1
    }
    return true
  }

  /// Whether a symbol stands for just these bytes: for texts that mostly repeat.
  public func stands(_ symbol: Symbol, for text: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    let i = Int(symbol.index)
    guard i > 0, i < count, from >= 0, from < to, to <= text.count else { return false }
    let known = range(i)
    return known.count == to - from
      && SymbolTable.same(bytes.span, known.lowerBound, text, from, to - from)
  }

  private mutating func append(
    _ text: Span<UInt8>, _ from: Int, _ to: Int, _ hash: UInt64, _ slot: Int
  ) -> Symbol {
    guard bytes.count + SymbolTable.headSize + (to - from) < SymbolTable.largestArena else {
      return .none
    }
    let needed = bytes.count + SymbolTable.headSize + (to - from)
    if needed > bytes.capacity, needed > SymbolTable.large { bytes.reserveLarge(8 * needed) }
    let index = UInt32(truncatingIfNeeded: count)
    let head = UInt64(index) << 32 | UInt64(to - from)
    unsafe withUnsafeBytes(of: head.littleEndian) { unsafe bytes.append(contentsOf: $0) }
    let start = UInt32(bytes.count)
    // Copied at once; bounds were checked by `intern`.
    unsafe text.extracting(from..<to).withUnsafeBufferPointer {
      unsafe bytes.append(contentsOf: $0)
    }
    starts.append(start)
    slots[slot] = hash | UInt64(start)
    if count * 8 > slots.count * 5 { grow(to: slots.count * 2) }
    return Symbol(index: index)
  }

  private mutating func grow(to size: Int) {
    var larger: [UInt64] = []
    larger.reserveLarge(size)
    larger.append(contentsOf: repeatElement(0, count: size))
    mask = size - 1
    for entry in slots where entry != 0 {
      var slot = Int(truncatingIfNeeded: entry &>> 32) & mask
      while larger[slot] != 0 { slot = (slot + 1) & mask }
      larger[slot] = entry
    }
    slots = larger
  }

  public mutating func intern(_ text: String) -> Symbol {
    let utf8 = Array(text.utf8)
    return intern(utf8.span)
  }

  /// The text of a symbol; bytes that are no UTF-8 become U+FFFD. `.none` → "".
  public func text(_ symbol: Symbol) -> String {
    let i = Int(symbol.index)
    guard i > 0, i < count else { return "" }
    return String(decoding: bytes[range(i)], as: UTF8.self)
  }

  /// The stored bytes of a symbol.
  public func bytes(of symbol: Symbol) -> ArraySlice<UInt8> {
    let i = Int(symbol.index)
    guard i > 0, i < count else { return [] }
    return bytes[range(i)]
  }

  /// How many bytes they are.
  public func length(of symbol: Symbol) -> Int {
    let i = Int(symbol.index)
    return i > 0 && i < count ? range(i).count : 0
  }

  /// The symbols of all texts of `other`, by their numbers there, translated into this table. `crew` looks for them; those
  /// that are new follow one after the other.
  public mutating func adoptAll(from other: borrowing SymbolTable, crew: Crew = .alone) -> [Symbol]
  {
    let texts = copy other
    var looks = SymbolTable.looks(for: texts, in: self, crew)
    makeRoom(for: looks, of: texts)
    let step = 64
    var entries = [UInt64](repeating: 0, count: step)
    for begin in stride(from: 1, to: looks.count, by: step) {
      let end = min(begin + step, looks.count)
      // Taken together, so that they do not wait for memory one after the other.
      for i in begin..<end { entries[i - begin] = slots[Int(looks[i].hash) & mask] }
      for i in begin..<end where looks[i].symbol.isNone {
        // No two texts of one table are the same: none is compared again.
        var slot = Int(looks[i].hash) & mask
        if entries[i - begin] != 0 || slots[slot] != 0 {
          while slots[slot] != 0 { slot = (slot + 1) & mask }
        }
        let text = texts.range(i)
        looks[i].symbol = append(
          texts.bytes.span, text.lowerBound, text.upperBound, UInt64(looks[i].hash) << 32, slot)
      }
    }
    return looks.map(\.symbol)
  }

  /// What looking for a text of another table found.
  private struct Look: Sendable, BitwiseCopyable {
    /// The upper half of its hash.
    var hash: UInt32
    /// `.none`: it is not there.
    var symbol: Symbol
  }

  /// Looks for all texts of `other`, by their numbers there. The first looks for some are taken together.
  private static func looks(
    for other: SymbolTable, in table: SymbolTable, _ crew: Crew
  ) -> [Look] {
    unsafe crew.fill(other.count) { (span, looks) in
      let step = 64
      var hashes = [UInt64](repeating: 0, count: step)
      var entries = hashes
      for begin in stride(from: span.lowerBound, to: span.upperBound, by: step) {
        let end = min(begin + step, span.upperBound)
        for i in begin..<end where i > 0 {
          let text = other.range(i)
          let hash = table.hash(other.bytes.span, text.lowerBound, text.upperBound)
          hashes[i - begin] = hash
          entries[i - begin] = table.slots[Int(truncatingIfNeeded: hash &>> 32) & table.mask]
        }
        for i in begin..<end {
          let hash = hashes[i - begin]
          let symbol =
            i == 0
            ? .none : table.known(other.bytes.span, other.range(i), hash, entries[i - begin])
          unsafe looks.initializeElement(
            at: i - span.lowerBound,
            to: Look(hash: UInt32(truncatingIfNeeded: hash &>> 32), symbol: symbol))
        }
      }
    }
  }

  /// The symbol of a text whose hash leads to `entry` first; `.none` where it has none.
  private func known(
    _ text: Span<UInt8>, _ range: Range<Int>, _ hash: UInt64, _ entry: UInt64
  ) -> Symbol {
    let wanted = hash & 0xffff_ffff_0000_0000
    var entry = entry
    var slot = Int(truncatingIfNeeded: hash &>> 32) & mask
    while entry != 0 {
      if let known = symbol(entry, wanted, text, range.lowerBound, range.upperBound) {
        return known
      }
      slot = (slot + 1) & mask
      entry = slots[slot]
    }
    return .none
  }

  /// Makes room for texts that were not found, so that nothing is moved for them but once.
  private mutating func makeRoom(for looks: [Look], of other: borrowing SymbolTable) {
    var texts = 0
    var size = 0
    for i in looks.indices.dropFirst() where looks[i].symbol.isNone {
      texts += 1
      size += SymbolTable.headSize + other.range(i).count
    }
    starts.reserveLarge((count + texts) / 8 * 9)
    // Some more will come from later stages.
    let needed = (bytes.count + size) / 8 * 9
    if needed > SymbolTable.large { bytes.reserveLarge(needed) }
    var room = slots.count
    while (count + texts) * 8 > room * 5 { room *= 2 }
    if room > slots.count { grow(to: room) }
  }

  /// The symbol that `other` has interned for a text, translated into this table.
  public mutating func adopt(_ symbol: Symbol, from other: borrowing SymbolTable) -> Symbol {
    let i = Int(symbol.index)
    guard i > 0, i < other.count else { return .none }
    let range = other.range(i)
    return intern(other.bytes.span, range.lowerBound, range.upperBound)
  }

}
