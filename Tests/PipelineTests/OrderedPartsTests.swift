import Evidence
import Testing

@testable import Ingest
@testable import Pipeline

/// Events and requests of several readers come into one order of time, whatever was read by whom.
@Suite struct OrderedPartsTests {
  /// Made-up events, in blocks that readers take in turn; some times go back.
  private static func parts(_ count: Int, readers: Int) -> OrderedParts<TokenEvent> {
    var lists = [[TokenEvent]](repeating: [], count: readers)
    for i in 0..<count {
      let block = i / 100
      var event = TokenEvent(
        citation: Citation(
          source: 0, number: LineNumber.relative(block: block, line: i % 100 + 1)))
      event.time = Instant(nanoseconds: Int64(i / 3 - (i % 97 == 0 ? 50 : 0)))
      event.type = Symbol(index: UInt32(i % 5))
      lists[block * block % readers].append(event)
    }
    var parts = OrderedParts<TokenEvent>()
    for (k, list) in lists.enumerated() {
      // The first reader's table is that of all.
      parts.add(list, k == 0 ? nil : (0..<5).map { Symbol(index: UInt32($0)) })
    }
    return parts
  }

  private static func numbers(_ events: [TokenEvent]) -> [[Int]] {
    events.map { [Int($0.time.nanoseconds), $0.citation.number, Int($0.type.index)] }
  }

  @Test(arguments: [0, 1, 99, 5000, 3 * OrderedParts<TokenEvent>.worthwhile])
  func `the order does not depend on readers and hands`(_ count: Int) {
    let blocks = Dictionary(uniqueKeysWithValues: (0...count / 100).map { ($0, 100) })
    let lines = LineBases([0: blocks], [0])
    var expected: [[Int]]?
    for readers in [1, 2, 3, 5] {
      for hands in [1, 2, 3] {
        var parts = OrderedPartsTests.parts(count, readers: readers)
        let found = OrderedPartsTests.numbers(parts.taken(lines, hands: hands))
        #expect(found.count == count)
        let sorted = found.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }
        #expect(found == sorted)
        if let expected { #expect(found == expected) }
        expected = found
      }
    }
    #expect(Set((expected ?? []).map { $0[1] }).count == count)
  }

  @Test func `what was merged is given up, but not to who holds a copy of it`() {
    // Several large pages of each reader.
    let count = 150_000
    let blocks = Dictionary(uniqueKeysWithValues: (0...count / 100).map { ($0, 100) })
    let parts = OrderedPartsTests.parts(count, readers: 2)
    let before = parts.parts.map { OrderedPartsTests.numbers($0.rows) }
    var taken = parts
    let found = OrderedPartsTests.numbers(taken.taken(LineBases([0: blocks], [0]), hands: 2))
    #expect(found.count == count)
    #expect(Set(found.map { $0[1] }).count == count)
    #expect(parts.parts.map { OrderedPartsTests.numbers($0.rows) } == before)
  }

  #if os(Linux)
    @Test func `lists that were merged hold their rows no more`() {
      let lists = OrderedPartsTests.parts(150_000, readers: 2).parts.map { part in
        part.rows.sorted { $0.isBefore($1) }
      }
      let found = OrderedParts<TokenEvent>.merged(lists, hands: 1, room: 0)
      #expect(found.count == 150_000 && found.allSatisfy { $0.citation.number > 0 })
      for list in lists { #expect(list.contains { $0.citation.number == 0 }) }
    }
  #endif

  @Test func `events get the symbols of the whole`() {
    var event = TokenEvent(citation: Citation(source: 0, number: 1))
    event.user = Symbol(index: 1)
    var parts = OrderedParts<TokenEvent>()
    parts.add([event], nil)
    parts.add([event], [.none, Symbol(index: 7)])
    let lines = LineBases([:], [0])
    #expect(Set(parts.taken(lines, hands: 2).map(\.user.index)) == [1, 7])
  }

  @Test func `requests come in order of their start, with room for more`() {
    var parts = OrderedParts<Request>()
    for reader in 0..<3 {
      parts.add(
        (0..<9000).map { i in
          var request = Request(citation: Citation(source: UInt16(reader), number: i + 1))
          request.start = Instant(nanoseconds: Int64(i / 7 * 7 - reader))
          request.client = Symbol(index: 1)
          return request
        }, reader == 0 ? nil : [.none, Symbol(index: UInt32(reader + 1))])
    }
    let found = parts.taken(LineBases([:], [0, 1, 2]), hands: 3, room: 100)
    #expect(found.count == 27_000 && found.capacity >= 27_100)
    let order = found.map {
      [$0.start.nanoseconds, Int64($0.citation.source), Int64($0.citation.number)]
    }
    #expect(order == order.sorted { $0.lexicographicallyPrecedes($1) })
    #expect(found.allSatisfy { Int($0.client.index) == Int($0.citation.source) + 1 })
  }

  @Test func `spans follow one another and hold everything`() {
    var lists: [[TokenEvent]] = []
    for step in [1, 2, 7] {
      lists.append(
        (0..<1000).map { i in
          var event = TokenEvent(citation: Citation(source: UInt16(step), number: i + 1))
          event.time = Instant(nanoseconds: Int64(i * step))
          return event
        })
    }
    for hands in 1...6 {
      let spans = OrderedParts<TokenEvent>.cut(lists, hands)
      for k in lists.indices {
        #expect(spans.flatMap { Array($0[k]) } == Array(lists[k].indices))
      }
    }
  }
}
