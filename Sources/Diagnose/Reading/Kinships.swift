internal import Evidence

/// Failures of one party, status and size are kin: most likely one answer. Numbered once, so that
/// nobody has to look them up in tables again.
struct Kinships: Sendable {
  /// The classes, in order of their first rows.
  private(set) var classes: [LengthFit.SizeClass] = []
  /// By class, in order of time.
  private(set) var rows = RowLists(lists: 0, exchanges: 0) { _ in -1 }
  /// By exchange; -1 for what is no failure.
  private var numbers: [Int32] = []
  /// More sizes than this of one party and status: sizes vary freely and say nothing.
  private static let mostSizes = 64

  init() {}

  init(_ briefs: [Brief]) {
    // First by party and status, to find those whose sizes vary freely.
    var known: [Scene.PartyStatus: Int] = [:]
    var sizes: [Set<Int32>] = []
    var isUnsteady: [Bool] = []
    var last = (key: Scene.PartyStatus(party: -1, status: 0), at: -1, bytes: Int32.min)
    func place(_ b: Brief) -> Int {
      let key = Scene.PartyStatus(party: b.party, status: b.status)
      if key == last.key { return last.at }
      let at = known[key] ?? sizes.count
      if at == sizes.count {
        known[key] = at
        sizes.append([])
        isUnsteady.append(false)
      }
      last = (key, at, .min)
      return at
    }
    for b in briefs where b.isFailure {
      let at = place(b)
      if isUnsteady[at] || last.bytes == b.bytes { continue }
      last.bytes = b.bytes
      sizes[at].insert(b.bytes)
      if sizes[at].count > Kinships.mostSizes { isUnsteady[at] = true }
    }
    numbers = [Int32](repeating: -1, count: briefs.count)
    var table: [LengthFit.SizeClass: Int32] = [:]
    for (i, b) in briefs.enumerated() where b.isFailure {
      let key = LengthFit.SizeClass(
        party: b.party, status: b.status, bytes: isUnsteady[place(b)] ? -1 : b.bytes)
      if let number = table[key] {
        numbers[i] = number
      } else {
        numbers[i] = Int32(truncatingIfNeeded: classes.count)
        table[key] = numbers[i]
        classes.append(key)
      }
    }
    let numbers = numbers
    rows = RowLists(lists: classes.count, exchanges: briefs.count) { numbers[$0] }
  }

  /// The class of a failure; -1 for what is none.
  func of(_ exchange: Int) -> Int32 { numbers[exchange] }
}
