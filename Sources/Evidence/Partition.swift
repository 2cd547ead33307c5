extension RandomAccessCollection where Index == Int {
  /// The first index whose element is `later`, by binary search: no element before it is, and all from there
  /// on are. The end where none is.
  @inlinable @inline(__always)
  public func partitioningIndex(where later: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if later(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
