/// Exchange indices in order of time: one list of a `RowLists`, without a copy.
struct Rows: RandomAccessCollection, ExpressibleByArrayLiteral, Sendable {
  private let items: [Int32]
  private let from: Int
  let count: Int

  init(_ items: [Int32], _ range: Range<Int>) {
    self.items = items
    from = range.lowerBound
    count = range.count
  }
  init(arrayLiteral elements: Int...) { self.init(elements.map { Int32($0) }, 0..<elements.count) }

  var startIndex: Int { 0 }
  var endIndex: Int { count }
  subscript(position: Int) -> Int {
    precondition(position >= 0 && position < count)
    return Int(items[from + position])
  }
}

/// Exchanges by a small number (party, actor, client): all lists in one array, made by counting.
struct RowLists: RandomAccessCollection, Sendable {
  private let items: [Int32]
  /// List `k` is `items[starts[k] ..< starts[k + 1]]`.
  private let starts: [Int32]

  /// `key` gives the list of an exchange, in `0..<lists`; negative for none. Asked twice.
  init(lists: Int, exchanges: Int, _ key: (Int) -> Int32) {
    var starts = [Int32](repeating: 0, count: lists + 2)
    for i in 0..<exchanges {
      let k = Int(key(i))
      if k >= 0, k < lists { starts[k + 2] += 1 }
    }
    for k in 2..<(lists + 2) where lists > 0 { starts[k] += starts[k - 1] }
    var items = [Int32](repeating: 0, count: Int(starts[lists + 1]))
    for i in 0..<exchanges {
      let k = Int(key(i))
      guard k >= 0, k < lists else { continue }
      items[Int(starts[k + 1])] = Int32(truncatingIfNeeded: i)
      starts[k + 1] += 1
    }
    starts.removeLast()
    self.items = items
    self.starts = starts
  }

  var startIndex: Int { 0 }
  var endIndex: Int { starts.count - 1 }
  subscript(list: Int) -> Rows {
    Rows(items, Int(starts[list])..<Int(starts[list + 1]))
  }
  /// The length of a list, which is not made for it.
  func count(of list: Int32) -> Int {
    guard list >= 0, Int(list) < endIndex else { return 0 }
    return Int(starts[Int(list) + 1] - starts[Int(list)])
  }
  subscript(list: Int32) -> Rows? {
    list >= 0 && Int(list) < endIndex ? self[Int(list)] : nil
  }
}
