/// A piece of a line: offsets, never a view. Empty when absent.
package struct Extent: Sendable, BitwiseCopyable {
  package var from: Int
  package var to: Int

  @inlinable package init(_ from: Int, _ to: Int) {
    self.from = from
    self.to = to
  }
  @inlinable package static var none: Extent { Extent(0, 0) }
  @inlinable package var isEmpty: Bool { from >= to }
}
