/// Of one source's requests: how many were kept, and which share of them are exchanges, not sightings of
/// one at another hop. Says what to expect of those that were only counted.
public struct SourceShare: Sendable {
  private var kept = 0
  private var sampled = (all: 0, exchanges: 0)
  private var full = (all: 0, exchanges: 0)

  public init() {}

  public mutating func add(isSampled: Bool, isExchange: Bool) {
    kept += 1
    if isSampled {
      sampled.all += 1
      if isExchange { sampled.exchanges += 1 }
    } else {
      full.all += 1
      if isExchange { full.exchanges += 1 }
    }
  }

  /// How many exchanges there were besides those kept, of `count` requests in all: the share that they have
  /// in the sample, or, where none was sampled, among what was kept in full. Exact where a source is
  /// of one hop.
  public func uncounted(of count: Int) -> Int {
    let part = sampled.all > 0 ? sampled : full
    guard part.all > 0, count > kept else { return 0 }
    let product = part.exchanges.multipliedFullWidth(by: count - kept)
    let (quotient, rest) = part.all.dividingFullWidth((product.high, product.low))
    return rest * 2 >= part.all ? quotient + 1 : quotient
  }

  /// Exchanges and other sightings are mixed: what `uncounted` says is an estimate.
  public var isMixed: Bool { sampled.exchanges > 0 && sampled.exchanges < sampled.all }
}
