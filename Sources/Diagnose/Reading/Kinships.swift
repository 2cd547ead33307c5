internal import Evidence

/// Failures of one party, status and size are kin: most likely one answer. Numbered once, so that
/// nobody has to look them up in tables again.
struct Kinships: Sendable {
  /// The classes, in order of their first rows.
  private(set) var classes: [LengthFit.SizeClass] = []
  /// By class, in order of time.
  private(set) var rows = RowLists(lists: 0, exchanges: 0) { _ in -1 }
  /// Beside the rows of all classes, one behind the other: who sent each; -1 for probes.
  private var senders: [Int32] = []
  /// By class: where its rows begin in `senders`.
  private var starts: [Int] = []
  /// By exchange; -1 for what is no failure.
  private var numbers: [Int32] = []
  /// More sizes than this of one party and status: sizes vary freely and say nothing.
  private static let mostSizes = 64

  init() {}

  init(_ briefs: [Brief], _ visitors: Visitors) {
    // First by party and status, to find those whose sizes vary freely.
    var places = Numbering()
    var sizes = Numbering()
    var sizesOf: [Int] = []
    for b in briefs where b.isFailure {
      let place = Int(places.number(of: Kinships.key(b)))
      if place == sizesOf.count { sizesOf.append(0) }
      if sizesOf[place] > Kinships.mostSizes { continue }
      if sizes.insert(Numbering.key(Int32(truncatingIfNeeded: place), b.bytes)) {
        sizesOf[place] += 1
      }
    }
    numbers = [Int32](repeating: -1, count: briefs.count)
    var table = Numbering()
    for (i, b) in briefs.enumerated() where b.isFailure {
      let place = places.known(Kinships.key(b))
      let bytes = sizesOf[Int(place)] > Kinships.mostSizes ? -1 : b.bytes
      numbers[i] = table.number(of: Numbering.key(place, bytes))
      if Int(numbers[i]) == classes.count {
        classes.append(LengthFit.SizeClass(party: b.party, status: b.status, bytes: bytes))
      }
    }
    let numbers = numbers
    rows = RowLists(lists: classes.count, exchanges: briefs.count) { numbers[$0] }
    for list in rows {
      starts.append(senders.count)
      for i in list { senders.append(briefs[i].isProbe ? -1 : visitors.of(i, briefs)) }
    }
  }

  /// Who sent the rows of a class in a range of them; -1 for probes.
  func senders(of kin: Int32, _ range: Range<Int>) -> ArraySlice<Int32> {
    let start = starts[Int(kin)]
    return senders[start + range.lowerBound..<start + range.upperBound]
  }

  private static func key(_ b: Brief) -> UInt64 { Numbering.key(b.party, Int32(b.status)) }

  /// The class of a failure; -1 for what is none.
  func of(_ exchange: Int) -> Int32 { numbers[exchange] }
}
