/// Numbers by a hash that is one already and cannot be chosen from outside: open addressing, nothing is
/// hashed again.
struct MarkTable {
  private var marks = [UInt64](repeating: 0, count: 1024)
  private var numbers = [Int32](repeating: -1, count: 1024)
  private var count = 0

  subscript(mark: UInt64) -> Int32? {
    get {
      let number = numbers[slot(mark)]
      return number >= 0 ? number : nil
    }
    set {
      guard let newValue else { return }
      let place = slot(mark)
      if numbers[place] < 0 { count += 1 }
      marks[place] = mark
      numbers[place] = newValue
      if count * 2 > marks.count { grow() }
    }
  }

  /// Where a mark stands or would stand.
  private func slot(_ mark: UInt64) -> Int {
    let mask = marks.count - 1
    var slot = Int(truncatingIfNeeded: mark) & mask
    while numbers[slot] >= 0, marks[slot] != mark { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    let old = (marks, numbers)
    marks = [UInt64](repeating: 0, count: old.0.count * 2)
    numbers = [Int32](repeating: -1, count: marks.count)
    for i in old.0.indices where old.1[i] >= 0 {
      let place = slot(old.0[i])
      marks[place] = old.0[i]
      numbers[place] = old.1[i]
    }
  }
}
