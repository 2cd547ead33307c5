/// An interned text: hosts, routes, clients, reasons. Equal texts have equal symbols within one
/// `SymbolTable`. The number says nothing about order; sort by text.
package struct Symbol: Hashable, Sendable, BitwiseCopyable {
  package var index: UInt32
  @inlinable package init(index: UInt32) { self.index = index }
  /// The absent text.
  @inlinable package static var none: Symbol { Symbol(index: 0) }
  @inlinable package var isNone: Bool { index == 0 }
}

/// Texts by symbol. Open addressing over one byte arena: no `String` in a hot path.
///
/// Texts are stored as read, except that the caller must have masked secrets before interning
/// (`Redaction`): nothing that enters this table needs to be hidden later.
package struct SymbolTable: Sendable {
  @usableFromInline var bytes: [UInt8] = []
  /// Start offsets; text `i` is `bytes[starts[i] ..< starts[i + 1]]`.
  @usableFromInline var starts: [UInt32] = [0, 0]
  @usableFromInline var hashes: [UInt32] = [0]
  @usableFromInline var slots: [UInt32]
  @usableFromInline var mask: Int

  package init() {
    slots = [UInt32](repeating: 0, count: 1024)
    mask = 1023
  }

  /// Number of texts, the absent one included.
  @inlinable package var count: Int { hashes.count }

  /// The longest text kept whole; longer ones are cut here, with `…` appended.
  package static let longest = 2048
  /// When the arena is full every new text becomes `Symbol.none`: bounded memory on hostile input.
  package static let largestArena = 512 << 20

  /// The symbol of the given bytes; empty → `.none`.
  @inlinable package mutating func intern(_ text: Span<UInt8>) -> Symbol {
    intern(text, 0, text.count)
  }

  /// The symbol of `text[from..<to]`; an empty or invalid range → `.none`.
  @inlinable package mutating func intern(_ text: Span<UInt8>, _ from: Int, _ to: Int) -> Symbol {
    guard from >= 0, from < to, to <= text.count else { return .none }
    let end = min(to, from + SymbolTable.longest)
    let hash = SymbolTable.hash(text.extracting(from..<end))
    let short = UInt32(truncatingIfNeeded: hash ^ (hash >> 32)) | 1
    var slot = Int(short) & mask
    while true {
      let index = slots[slot]
      if index == 0 { break }
      if hashes[Int(index)] == short {
        let start = Int(starts[Int(index)])
        let length = Int(starts[Int(index) + 1]) - start
        if length == end - from,
          SymbolTable.isSame(
            bytes.span.extracting(start..<start + length), text.extracting(from..<end))
        {
          return Symbol(index: index)
        }
      }
      slot = (slot + 1) & mask
    }
    return append(text, from, end, short, slot)
  }

  /// FNV-1a in four lanes: one multiplication waits for the one before it, four do not (measured on
  /// user agents: a fourth of the time).
  @inlinable static func hash(_ text: Span<UInt8>) -> UInt64 {
    let prime: UInt64 = 0x0000_0100_0000_01b3
    var a: UInt64 = 0xcbf2_9ce4_8422_2325
    var b = a &+ 1
    var c = a &+ 2
    var d = a &+ 3
    var i = 0
    while i + 4 <= text.count {
      a = (a ^ UInt64(text[i])) &* prime
      b = (b ^ UInt64(text[i + 1])) &* prime
      c = (c ^ UInt64(text[i + 2])) &* prime
      d = (d ^ UInt64(text[i + 3])) &* prime
      i += 4
    }
    while i < text.count {
      a = (a ^ UInt64(text[i])) &* prime
      i += 1
    }
    var hash = (a ^ (b << 17 | b >> 47)) &* prime
    hash = (hash ^ (c << 31 | c >> 33)) &* prime
    hash = (hash ^ (d << 47 | d >> 17)) &* prime
    return hash ^ hash >> 29
  }

  /// Compares two texts of one length without leaving early: such a loop becomes vector code.
  @inlinable static func isSame(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
    let count = min(a.count, b.count)
    var difference: UInt8 = 0
    for i in 0..<count { difference |= a[i] ^ b[i] }
    return difference == 0
  }

  @usableFromInline
  mutating func append(_ text: Span<UInt8>, _ from: Int, _ to: Int, _ hash: UInt32, _ slot: Int)
    -> Symbol
  {
    guard bytes.count + (to - from) < SymbolTable.largestArena else { return .none }
    let index = UInt32(hashes.count)
    for i in from..<to { bytes.append(text[i]) }
    starts.append(UInt32(bytes.count))
    hashes.append(hash)
    slots[slot] = index
    if hashes.count * 2 > slots.count { grow() }
    return Symbol(index: index)
  }

  private mutating func grow() {
    let size = slots.count * 4
    slots = [UInt32](repeating: 0, count: size)
    mask = size - 1
    for i in 1..<hashes.count {
      var slot = Int(hashes[i]) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(i)
    }
  }

  package mutating func intern(_ text: String) -> Symbol {
    let utf8 = Array(text.utf8)
    return intern(utf8.span)
  }

  /// The text of a symbol; bytes that are no UTF-8 become U+FFFD. `.none` → "".
  package func text(_ symbol: Symbol) -> String {
    let i = Int(symbol.index)
    guard i > 0, i < hashes.count else { return "" }
    return String(decoding: bytes[Int(starts[i])..<Int(starts[i + 1])], as: UTF8.self)
  }

  /// The stored bytes of a symbol.
  package func bytes(of symbol: Symbol) -> ArraySlice<UInt8> {
    let i = Int(symbol.index)
    guard i > 0, i < hashes.count else { return [] }
    return bytes[Int(starts[i])..<Int(starts[i + 1])]
  }

  /// The symbol that `other` has interned for a text, translated into this table.
  package mutating func adopt(_ symbol: Symbol, from other: borrowing SymbolTable) -> Symbol {
    let i = Int(symbol.index)
    guard i > 0, i < other.hashes.count else { return .none }
    return intern(other.bytes.span, Int(other.starts[i]), Int(other.starts[i + 1]))
  }

}
