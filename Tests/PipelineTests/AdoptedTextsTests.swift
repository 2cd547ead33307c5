import Evidence
import Testing

@testable import Pipeline

/// Texts of one reader are found in the table of another by several hands.
@Suite struct AdoptedTextsTests {
  @Test(arguments: [1, 2, 3])
  func `the symbols of many texts do not depend on who looked for them`(_ hands: Int) {
    var texts = SymbolTable()
    // Some are long, and one is cut.
    let known = (0..<30_000).map { texts.intern("text \($0 * 2)" + long($0 * 2)) }
    var other = SymbolTable()
    for i in 0..<50_000 { _ = other.intern("text \(i)" + long(i)) }
    let map = texts.adoptAll(from: other, crew: Crew(hands: hands, run: Workers.run))
    #expect(map.count == other.count && map[0].isNone)
    #expect(texts.count == 1 + 30_000 + 25_000)
    for i in 0..<50_000 {
      if i % 2 == 0 {
        #expect(map[i + 1] == known[i / 2])
      } else {
        // New ones follow in the order in which the other reader met them.
        #expect(Int(map[i + 1].index) == 30_001 + i / 2)
      }
    }
    for i in stride(from: 0, to: 50_000, by: 997) {
      #expect(texts.bytes(of: map[i + 1]) == other.bytes(of: Symbol(index: UInt32(i + 1))))
      #expect(texts.intern("text \(i)" + long(i)) == map[i + 1])
    }
    // There is room for more.
    #expect(Int(texts.intern("one more").index) == 55_001)
  }

  private func long(_ i: Int) -> String { String(repeating: "x", count: i % 1000 < 2 ? 3000 : 0) }
}
