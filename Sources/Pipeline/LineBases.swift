internal import Evidence
internal import Ingest

/// Where the lines of each block of each source begin, once all blocks are known.
struct LineBases: Sendable {
  /// By source, by block: how many lines come before.
  private var bases: [[Int]]
  /// By source, its final number.
  private let order: [UInt16]

  /// `order`: the final number of each source.
  init(_ blockLines: [UInt16: [Int: Int]], _ order: [UInt16]) {
    self.order = order
    bases = []
    for (source, blocks) in blockLines {
      var base: [Int] = []
      var sum = 0
      for block in 0...(blocks.keys.max() ?? 0) {
        base.append(sum)
        sum += blocks[block] ?? 0
      }
      while bases.count <= Int(source) { bases.append([]) }
      bases[Int(source)] = base
    }
  }

  /// The citation in the whole of one that counts within its block.
  func final(_ citation: Citation) -> Citation {
    let source = Int(citation.source)
    let final = source < order.count ? order[source] : citation.source
    let block = LineNumber.block(citation.number)
    guard source < bases.count, block < bases[source].count else {
      return Citation(source: final, number: citation.number)
    }
    return Citation(
      source: final, number: bases[source][block] + LineNumber.line(citation.number))
  }
}
