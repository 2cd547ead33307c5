/// A set of small numbers, a bit for each that there may be.
struct NumberSet {
  private var words: [UInt64]

  /// Empty; all numbers are below `count`.
  init(below count: Int) { words = [UInt64](repeating: 0, count: count / 64 + 1) }

  /// Whether a number is new.
  mutating func insert(_ number: Int32) -> Bool {
    let (word, bit) = NumberSet.place(number)
    let isNew = words[word] & bit == 0
    words[word] |= bit
    return isNew
  }

  func contains(_ number: Int32) -> Bool {
    let (word, bit) = NumberSet.place(number)
    return words[word] & bit != 0
  }

  @inline(__always) private static func place(_ number: Int32) -> (word: Int, bit: UInt64) {
    (Int(number) / 64, 1 << UInt64(number % 64))
  }
}
