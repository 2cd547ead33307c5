/// A value for each of some small numbers, 0 at first: in a list by number where many are expected, in a table
/// where few are.
struct NumberTable {
  private var list: [Int32]
  private var table: [Int32: Int32] = [:]

  /// - Parameters:
  ///   - numbers: they are below this one.
  ///   - expected: about how many will come.
  init(numbers: Int, expected: Int) {
    list = expected >= numbers / 8 ? [Int32](repeating: 0, count: max(0, numbers)) : []
  }

  subscript(number: Int32) -> Int32 {
    get {
      number >= 0 && Int(number) < list.count ? list[Int(number)] : table[number] ?? 0
    }
    set {
      if number >= 0, Int(number) < list.count {
        list[Int(number)] = newValue
      } else {
        table[number] = newValue
      }
    }
  }

  /// Counts a number; how often it came by now.
  mutating func add(_ number: Int32) -> Int32 {
    self[number] += 1
    return self[number]
  }

  func contains(_ number: Int32) -> Bool { self[number] > 0 }
}
