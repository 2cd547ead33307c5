import Evidence
import Testing

@testable import Diagnose

@Suite struct RowListsTests {
  @Test func `lists hold their rows in order, and none that belongs nowhere`() {
    let keys: [Int32] = [2, 0, -1, 2, 3, 9, 0]
    let lists = RowLists(lists: 4, exchanges: keys.count) { keys[$0] }
    #expect(lists.map { Array($0) } == [[1, 6], [], [0, 3], [4]])
    #expect(lists[Int32(4)] == nil)
    #expect(RowLists(lists: 0, exchanges: 3) { _ in 0 }.isEmpty)
  }

  @Test func `results come in the order of the parts`() {
    let backwards = Crew(hands: 3) { count, body in
      for i in (0..<count).reversed() { body(i) }
    }
    #expect(backwards.map(100) { $0 * 2 } == (0..<100).map { $0 * 2 })
    #expect(backwards.spans(25, size: 10) { $0.count } == [10, 10, 5])
    #expect(Crew.alone.map(0) { $0 }.isEmpty)
    for crew in [Crew.alone, backwards] {
      let squares: [Int] = unsafe crew.fill(20_000) { (span, places) in
        for i in span { unsafe places.initializeElement(at: i - span.lowerBound, to: i * i) }
      }
      #expect(squares == (0..<20_000).map { $0 * $0 })
      #expect(crew.both({ 401 }, { "both" }) == (401, "both"))
      #expect(crew.both([3, 1, 2], { $0.sort() }, "a", { $0 += "b" }) == ([1, 2, 3], "ab"))
    }
  }

  @Test func `many keys are numbered at once as one by one`() {
    var one = Numbering()
    var all = Numbering()
    // Some come again at once, some much later, and the table grows meanwhile.
    let keys = (0..<50_000).map { i -> UInt64 in
      let small = i % 3 == 0 ? i / 7 : i % 20_000
      return UInt64(small) &* 0x1_0000_0001
    }
    let numbers: [Int32] = keys.map { one.number(of: $0) }
    let together = all.numbers(of: keys)
    let again = all.numbers(of: keys)
    #expect(together == numbers && again == numbers)
    #expect(all.count == one.count && all.known(.max) == -1)
  }

  /// Exchanges of one party by a few clients, some of them health checks.
  private static func scene(_ count: Int) -> Scene {
    var observations = Observations()
    let probe = observations.symbols.intern("kube-probe/1.30")
    let clients = (0..<7).map { observations.symbols.intern("10.0.0.\($0)") }
    var file = CaseFile(observations: observations, sources: Sources())
    file.parties = [Party(kind: .application, name: "a")]
    file.actors = [
      Actor(client: clients[0], userAgent: .none), Actor(client: .none, userAgent: probe),
    ]
    var state: UInt64 = 401
    for i in 0..<count {
      state = state &* 6_364_136_223_846_793_005 &+ 1
      let dice = Int(state >> 33)
      var r = Request(citation: Citation(source: 0, number: i + 1))
      r.start = Instant(nanoseconds: Int64(i / 2) * 1_000_000_000)
      r.end = r.start.advanced(seconds: Double(dice % 5))
      r.client = clients[dice % 7]
      r.status = dice % 3 == 0 ? 401 : 200
      r.responseBytes = Int32(dice % 2)
      let isProbe = dice % 11 == 0
      if isProbe { r.userAgent = probe }
      file.exchanges.append(
        Exchange(request: r, party: 0, actor: isProbe ? 1 : 0, endpoint: .none))
    }
    return Scene(file)
  }

  @Test func `attendance is what counting one by one gives`() {
    let scene = RowListsTests.scene(300)
    for (from, to) in [(0, 149), (10, 20), (40, 40), (100, 400), (30, 20), (-5, -1)] {
      let first = Instant(nanoseconds: Int64(from) * 1_000_000_000)
      let last = Instant(nanoseconds: Int64(to) * 1_000_000_000)
      let there = scene.briefs.filter { !$0.isProbe && $0.start >= first && $0.start <= last }
      let good = scene.briefs.filter { !$0.isProbe && $0.isSuccess }
      let attendance = scene.attendance[0]
      #expect(attendance.exchanges(first, last) == there.count)
      #expect(
        Array(attendance.served(from: first, to: last))
          == there.filter(\.isSuccess).map(\.client))
      #expect(attendance.served(first, last) == there.count { $0.isSuccess })
      #expect(attendance.served(before: first) == good.count { $0.end < first })
      #expect(attendance.served(after: last) == good.count { $0.start > last })
    }
  }

  @Test func `kin are of one party, status and size`() {
    let scene = RowListsTests.scene(300)
    #expect(scene.kinships.classes.count == 2)
    for (kin, rows) in scene.kinships.rows.enumerated() {
      #expect(!rows.isEmpty)
      for i in rows {
        #expect(scene.kinships.of(i) == Int32(kin))
        #expect(scene.briefs[i].bytes == scene.kinships.classes[kin].bytes)
      }
    }
    #expect(
      scene.briefs.indices.allSatisfy { (scene.kinships.of($0) >= 0) == scene.briefs[$0].isFailure }
    )
  }
}
