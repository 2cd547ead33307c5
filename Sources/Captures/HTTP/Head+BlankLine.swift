internal import ByteScan

extension Head {
  /// End of the first blank line in `s[from..<to]`, -1 without one.
  static func blankLine(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    var at = from
    while at < to {
      let hit = Bytes.findFar(10, s, at, to)
      if hit < 0 { return -1 }
      if hit + 1 < to, s[hit + 1] == 10 { return hit + 2 }
      if hit + 2 < to, s[hit + 1] == 13, s[hit + 2] == 10 { return hit + 3 }
      at = hit + 1
    }
    return -1
  }
}
