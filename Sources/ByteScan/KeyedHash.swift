extension Bytes {
  /// A keyed hash of `span[from..<to]`, eight bytes a step: for telling equal credentials apart
  /// within one process. The key is random per process, so the value may never reach an output.
  package static func keyedHash(_ span: Span<UInt8>, _ from: Int, _ to: Int, key: UInt64) -> UInt64
  {
    guard from >= 0, from < to, to <= span.count else { return key }
    var hash = key ^ UInt64(to - from)
    var i = from
    while i + 8 <= to {
      // Little end first; the optimiser makes one load of it.
      let low =
        UInt64(span[i]) | UInt64(span[i + 1]) << 8 | UInt64(span[i + 2]) << 16
        | UInt64(span[i + 3]) << 24
      let high =
        UInt64(span[i + 4]) | UInt64(span[i + 5]) << 8 | UInt64(span[i + 6]) << 16
        | UInt64(span[i + 7]) << 24
      hash = mix(hash ^ (low | high << 32), key | 1)
      i += 8
    }
    var rest: UInt64 = 0
    while i < to {
      rest = rest << 8 | UInt64(span[i])
      i += 1
    }
    return mix(hash ^ rest, 0x9e37_79b9_7f4a_7c15)
  }

  private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low ^ (a >> 32)
  }
}
