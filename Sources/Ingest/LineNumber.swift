/// Line numbers while blocks of a source are read in parallel: block and line within the block, in one
/// `Citation.number`. They become absolute when the lines of all blocks are known.
package enum LineNumber {
  /// A block has at most this many lines; a reader goes on with the next block number after that.
  package static let perBlock = 1 << 24

  @inlinable package static func relative(block: Int, line: Int) -> Int { block << 24 | line }
  @inlinable package static func block(_ number: Int) -> Int { number >> 24 }
  @inlinable package static func line(_ number: Int) -> Int { number & (1 << 24 - 1) }

  /// The line's number where one reader went on from block to block: all but the last are full.
  package static func absolute(_ number: Int) -> Int {
    block(number) &* (perBlock - 1) &+ line(number)
  }
}
