internal import Evidence

/// A value for each of some small numbers, 0 at first: in a list by number where many are expected, in a table
/// where few are.
struct NumberTable {
  private var list: [Int32]
  private var places = Numbering()
  /// By place.
  private var values: [Int32] = []

  /// - Parameters:
  ///   - numbers: they are below this one.
  ///   - expected: about how many will come.
  init(numbers: Int, expected: Int) {
    list = expected >= numbers / 8 ? [Int32](repeating: 0, count: max(0, numbers)) : []
  }

  subscript(number: Int32) -> Int32 {
    get {
      if number >= 0, Int(number) < list.count { return list[Int(number)] }
      let place = Int(places.known(NumberTable.key(number)))
      return place < 0 ? 0 : values[place]
    }
    set {
      if number >= 0, Int(number) < list.count {
        list[Int(number)] = newValue
      } else {
        let place = Int(places.number(of: NumberTable.key(number)))
        if place == values.count { values.append(newValue) } else { values[place] = newValue }
      }
    }
  }

  private static func key(_ number: Int32) -> UInt64 { UInt64(UInt32(bitPattern: number)) }

  /// Counts a number; how often it came by now.
  mutating func add(_ number: Int32) -> Int32 {
    if number >= 0, Int(number) < list.count {
      list[Int(number)] += 1
      return list[Int(number)]
    }
    let place = Int(places.number(of: NumberTable.key(number)))
    if place == values.count { values.append(0) }
    values[place] += 1
    return values[place]
  }

  func contains(_ number: Int32) -> Bool { self[number] > 0 }
}
