extension Bytes {
  /// A keyed hash of `span[from..<to]`, eight bytes a step: for telling equal credentials apart
  /// within one process. The key is random per process, so the value may never reach an output.
  package static func keyedHash(_ span: Span<UInt8>, _ from: Int, _ to: Int, key: UInt64) -> UInt64
  {
    guard from >= 0, from < to, to <= span.count else { return key }
    let raw = unsafe span.bytes
    var hash = key ^ UInt64(to - from)
    var i = from
    while i + 8 <= to {
      // Bounds are checked by `RawSpan`, and any eight bytes are a `UInt64`.
      let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: i, as: UInt64.self)
      hash = mix(hash ^ word, key | 1)
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
