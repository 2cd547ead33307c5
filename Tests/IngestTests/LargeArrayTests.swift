import Evidence
import Testing

/// Room in large pages is room as any other.
@Suite struct LargeArrayTests {
  @Test func `what was there stays, and what is added follows`() {
    var numbers: [UInt64] = [1, 2, 3]
    numbers.reserveLarge(1 << 20)
    #expect(numbers == [1, 2, 3])
    #expect(numbers.capacity >= 1 << 20)
    let copy = numbers
    for i in 4..<700_000 { numbers.append(UInt64(i)) }
    #expect(numbers.count == 699_999 && numbers[699_998] == 699_999)
    #expect(copy == [1, 2, 3])
    numbers.reserveLarge(8)
    #expect(numbers.count == 699_999)
  }

  @Test func `giving up some leaves the others as they were`() {
    var numbers: [UInt64] = []
    numbers.reserveLarge(2 << 20)
    for i in 0..<2 << 20 { numbers.append(UInt64(i)) }
    let some = 1000..<1_500_000
    unsafe numbers.giveUp(some)
    unsafe numbers.giveUp(5..<6)
    // In a page of two megabytes that holds nothing else.
    #if os(Linux)
      #expect(numbers[500_000] == 0)
    #endif
    #expect(numbers.indices.allSatisfy { some.contains($0) || numbers[$0] == UInt64($0) })
    for i in some { numbers[i] = UInt64(i) }
    #expect(numbers.indices.allSatisfy { numbers[$0] == UInt64($0) })
  }

  @Test func `room grows from a few to many, and what is there stays`() {
    var numbers: [UInt64] = []
    for i in 0..<100_000 {
      numbers.makeRoom(few: 100, most: 5000)
      if i == 0 { #expect(numbers.capacity >= 100 && numbers.capacity < 5000) }
      if i == numbers.capacity { Issue.record("no room for \(i)") }
      numbers.append(UInt64(i))
    }
    #expect(numbers.indices.allSatisfy { numbers[$0] == UInt64($0) })
  }

  @Test func `texts by the hundred thousand keep their symbols`() {
    var table = SymbolTable()
    var symbols: [Symbol] = []
    for i in 0..<300_000 { symbols.append(table.intern("text \(i)")) }
    #expect(symbols.indices.allSatisfy { Int(symbols[$0].index) == $0 + 1 })
    for i in stride(from: 0, to: 300_000, by: 997) {
      #expect(table.intern("text \(i)") == symbols[i])
      #expect(table.text(symbols[i]) == "text \(i)")
    }
  }
}
