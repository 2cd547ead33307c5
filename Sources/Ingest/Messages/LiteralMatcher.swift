internal import ByteScan

/// Finds which of many literal texts occur in a piece of bytes, in one pass.
///
/// Each text is known by four of its bytes, its gram: those that are met least in the other texts, which
/// stand for what is met in logs. A bit for each value of the grams' hash says where it is worth a look.
/// Built in half a millisecond where an automaton takes 40, which is most of the time that a short log
/// takes, and as fast on pieces as short as messages. Letter case is left out of grams alone; vectorscan is
/// the oracle in tests.
struct LiteralMatcher: Sendable {
  /// A text, and where in it its gram begins.
  private struct Literal {
    var start: Int
    var count: Int
    var gramAt: Int
    var isCaseless: Bool
  }

  /// A gram that opens a text.
  private struct Entry: BitwiseCopyable {
    var gram: UInt32
    var literal: UInt16
  }

  /// Hashes of grams have 16 bits; the highest of them are a place in `starts`.
  private static let bucketBits: UInt32 = 11

  /// All texts one behind the other, in small letters where case is ignored.
  private let arena: [UInt8]
  private let literals: [Literal]
  /// One bit for each hash.
  private let bits: [UInt64]
  /// By bucket: where its entries begin, and behind the last one where they end.
  private let starts: [UInt32]
  private let entries: [Entry]

  /// - Parameter texts: literal bytes, three at least (shorter ones are not looked for), and whether letter
  ///   case is ignored (of ASCII letters). The index of a text is its identifier in `scan`.
  init(_ texts: [(text: String, isCaseless: Bool)]) {
    var arena: [UInt8] = []
    var literals: [Literal] = []
    literals.reserveCapacity(texts.count)
    for item in texts {
      let start = arena.count
      arena += item.text.utf8
      if item.isCaseless {
        for i in start..<arena.count { arena[i] = LiteralMatcher.folded(arena[i]) }
      }
      literals.append(
        Literal(
          start: start, count: arena.count - start, gramAt: 0, isCaseless: item.isCaseless))
    }
    // How often a hash is met in all texts.
    var met = [UInt16](repeating: 0, count: 1 << 16)
    for literal in literals where literal.count >= 4 {
      for i in literal.start...(literal.start + literal.count - 4) {
        met[LiteralMatcher.hash(LiteralMatcher.gram(arena.span, i))] &+= 1
      }
    }
    var bits = [UInt64](repeating: 0, count: 1 << 10)
    var found: [Entry] = []
    for id in literals.indices where literals[id].count >= 3 && id <= Int(UInt16.max) {
      let literal = literals[id]
      var grams: [UInt32] = []
      if literal.count == 3 {
        // With each byte that may follow.
        let known =
          UInt32(arena[literal.start]) | UInt32(arena[literal.start + 1]) << 8
          | UInt32(arena[literal.start + 2]) << 16
        for byte in UInt32(0)...255 where byte & 0x20 != 0 {
          grams.append(known | 0x20_2020 | byte << 24)
        }
      } else {
        var rarest = UInt16.max
        for i in 0...(literal.count - 4) {
          let count = met[
            LiteralMatcher.hash(LiteralMatcher.gram(arena.span, literal.start + i))]
          if count < rarest {
            rarest = count
            literals[id].gramAt = i
          }
        }
        grams.append(
          LiteralMatcher.gram(arena.span, literal.start + literals[id].gramAt))
      }
      for gram in grams {
        let hash = LiteralMatcher.hash(gram)
        bits[hash >> 6] |= 1 << UInt64(hash & 63)
        found.append(Entry(gram: gram, literal: UInt16(id)))
      }
    }
    // In the order of their buckets.
    var starts = [UInt32](repeating: 0, count: 1 << Int(LiteralMatcher.bucketBits) + 1)
    for entry in found { starts[LiteralMatcher.bucket(entry.gram) + 1] += 1 }
    for i in 1..<starts.count { starts[i] += starts[i - 1] }
    var next = starts
    var entries = [Entry](repeating: Entry(gram: 0, literal: 0), count: found.count)
    for entry in found {
      let bucket = LiteralMatcher.bucket(entry.gram)
      entries[Int(next[bucket])] = entry
      next[bucket] += 1
    }
    self.arena = arena
    self.literals = literals
    self.bits = bits
    self.starts = starts
    self.entries = entries
  }

  /// The identifiers of the texts that occur in `s[from..<to]`; each once, in no certain order.
  func scan(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> [UInt16] {
    var hits: [UInt16] = []
    guard from >= 0, to <= s.count, from &+ 3 <= to else { return hits }
    let bits = bits.span
    // Texts of three bytes may end here, grams beyond it: what they then hold belongs to no text that fits.
    let end = min(to &- 2, s.count &- 3)
    var i = from
    while i < end {
      let gram = LiteralMatcher.gram(s, i)
      let hash = LiteralMatcher.hash(gram)
      if bits[hash &>> 6] &>> UInt64(truncatingIfNeeded: hash) & 1 != 0 {
        look(gram, s, i, from, to, &hits)
      }
      i &+= 1
    }
    if i &+ 3 == to {
      // The last three bytes of all, as if a blank came after them.
      let last = UInt32(s[i]) | UInt32(s[i &+ 1]) &<< 8 | UInt32(s[i &+ 2]) &<< 16
      look(last | 0x2020_2020, s, i, from, to, &hits)
    }
    return hits
  }

  /// Adds the texts that have this gram, found at `at`, and occur around it.
  @inline(never)
  private func look(
    _ gram: UInt32, _ s: Span<UInt8>, _ at: Int, _ from: Int, _ to: Int, _ hits: inout [UInt16]
  ) {
    let bucket = LiteralMatcher.bucket(gram)
    for k in Int(starts[bucket])..<Int(starts[bucket &+ 1]) where entries[k].gram == gram {
      let id = entries[k].literal
      let literal = literals[Int(id)]
      let begin = at &- literal.gramAt
      guard begin >= from, begin &+ literal.count <= to, occurs(literal, s, begin),
        !hits.contains(id)
      else { continue }
      if hits.isEmpty { hits.reserveCapacity(16) }
      hits.append(id)
    }
  }

  private func occurs(_ literal: Literal, _ s: Span<UInt8>, _ at: Int) -> Bool {
    let arena = arena.span
    for i in 0..<literal.count {
      let byte = s[at &+ i]
      guard
        arena[literal.start &+ i] == (literal.isCaseless ? LiteralMatcher.folded(byte) : byte)
      else { return false }
    }
    return true
  }

  /// Four bytes as a number, in which small and capital letters are the same (and some other bytes, too).
  @inline(__always) private static func gram(_ s: Span<UInt8>, _ at: Int) -> UInt32 {
    // Bounds are checked by `RawSpan`; any four bytes are a `UInt32`.
    let raw = unsafe s.bytes
    return unsafe UInt32(
      littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: at, as: UInt32.self)) | 0x2020_2020
  }

  @inline(__always) private static func hash(_ gram: UInt32) -> Int {
    Int(truncatingIfNeeded: (gram &* 0x9E37_79B1) &>> 16)
  }

  @inline(__always) private static func bucket(_ gram: UInt32) -> Int {
    Int(truncatingIfNeeded: (gram &* 0x9E37_79B1) &>> (32 - bucketBits))
  }

  @inline(__always) private static func folded(_ byte: UInt8) -> UInt8 {
    byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
  }
}
