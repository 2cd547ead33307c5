extension Bytes {
  /// A keyed hash of `span[from..<to]`: for telling equal credentials apart within one process. The key
  /// is random per process, so the value may never reach an output.
  public static func keyedHash(_ span: Span<UInt8>, _ from: Int, _ to: Int, key: UInt64) -> UInt64 {
    guard from >= 0, from < to, to <= span.count else { return key }
    return unsafe span.withUnsafeBytes { unsafe keyedHash($0, from, to, key) }
  }

  /// Tokens are long: two words a multiplication (as wyhash folds them), four chains side by side, so
  /// that none waits for another. Callers have checked the range.
  private static func keyedHash(
    _ raw: UnsafeRawBufferPointer, _ from: Int, _ to: Int, _ key: UInt64
  ) -> UInt64 {
    @inline(__always) func word(_ at: Int) -> UInt64 {
      unsafe raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
    }
    let odd = key | 1
    var hash = key ^ UInt64(to - from)
    var i = from
    if to - from >= 64 {
      var a = hash
      var b = hash &+ 0x9e37_79b9_7f4a_7c15
      var c = hash &+ 0xbf58_476d_1ce4_e5b9
      var d = hash &+ 0x94d0_49bb_1331_11eb
      while i + 64 <= to {
        a = mix(a ^ word(i), odd ^ word(i + 8))
        b = mix(b ^ word(i + 16), odd ^ word(i + 24))
        c = mix(c ^ word(i + 32), odd ^ word(i + 40))
        d = mix(d ^ word(i + 48), odd ^ word(i + 56))
        i += 64
      }
      hash = mix(mix(a, b | 1) ^ c, d | 1)
    }
    while i + 8 <= to {
      hash = mix(hash ^ word(i), odd)
      i += 8
    }
    var rest: UInt64 = 0
    while i < to {
      rest = rest << 8 | UInt64(unsafe raw[i])
      i += 1
    }
    return mix(hash ^ rest, 0x9e37_79b9_7f4a_7c15)
  }

  @inline(__always) private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low ^ (a >> 32)
  }
}
