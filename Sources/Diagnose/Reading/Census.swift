/// Counts how often each of some small numbers comes: in a list by number where many are expected, in a
/// table where few are.
struct Census {
  private var list: [Int32]
  private var table: [Int32: Int32] = [:]

  /// - Parameters:
  ///   - numbers: they are below this one.
  ///   - expected: about how many will be counted.
  init(numbers: Int, expected: Int) {
    list = expected >= numbers / 8 ? [Int32](repeating: 0, count: max(0, numbers)) : []
  }

  /// Counts a number; how often it came by now.
  mutating func add(_ number: Int32) -> Int32 {
    if number >= 0, Int(number) < list.count {
      list[Int(number)] += 1
      return list[Int(number)]
    }
    let count = (table[number] ?? 0) + 1
    table[number] = count
    return count
  }

  func contains(_ number: Int32) -> Bool {
    if number >= 0, Int(number) < list.count { return list[Int(number)] > 0 }
    return table[number] != nil
  }
}
