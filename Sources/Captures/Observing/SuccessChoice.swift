internal import ByteScan
internal import Evidence

/// Which of the captured successes are kept: a bounded sample, and beside it the first ones of each
/// credential, so that a refused token finds itself among the accepted ones.
struct SuccessChoice {
  static let mostPerToken: UInt8 = 4
  static let mostFirst = 20_000

  /// By index into `Observations.tokens`: successes kept for the token's sake.
  private var kept: [UInt8] = []
  private var first = 0

  func isFirst(_ token: Int32) -> Bool {
    guard token >= 0, first < Self.mostFirst else { return false }
    return Int(token) >= kept.count || kept[Int(token)] < Self.mostPerToken
  }

  mutating func tookFirst(_ token: Int32) {
    first += 1
    let index = Int(token)
    while kept.count <= index { kept.append(0) }
    kept[index] += 1
  }

  /// Sampling priority of a request. One that passes several hops has one priority at all of them,
  /// where it has an id; within a second, so that an id that never changes does no harm.
  static func priority(_ identity: UInt64?, _ port: UInt16, _ at: Arrival) -> UInt64 {
    guard let identity else { return priority(port, at) }
    return Sample.priority(source: identity, offset: UInt64(bitPattern: at.time / 1_000_000_000))
  }

  /// The number of an id (FNV-1a), the same in all runs; `nil` without one.
  static func hash(_ s: Span<UInt8>, _ id: Field) -> UInt64? {
    id.isPresent ? Bytes.hash(s, id.start, min(id.end, id.start + 64)) : nil
  }

  /// Of a request without an id, or of an answer alone.
  static func priority(_ port: UInt16, _ at: Arrival) -> UInt64 {
    Sample.priority(
      source: UInt64(at.seq) << 16 | UInt64(port), offset: UInt64(bitPattern: at.time))
  }
}
