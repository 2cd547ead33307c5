import Evidence
import Testing

@testable import Diagnose

/// Numbers for keys, and what is counted with them.
@Suite struct CompanyTests {
  /// The same numbers in every run.
  private struct Dice {
    var state: UInt64 = 401
    mutating func roll(_ sides: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return Int(state >> 33) % sides
    }
  }

  @Test func `keys are numbered in order of appearance`() {
    var numbers = Numbering()
    var expected: [UInt64: Int32] = [:]
    var dice = Dice()
    for i in 0..<20_000 {
      let key = i % 3 == 0 ? UInt64(dice.roll(50)) : UInt64(dice.roll(1 << 30)) << 32
      let known = expected[key]
      #expect(numbers.known(key) == known ?? -1)
      let number = numbers.number(of: key)
      #expect(number == known ?? Int32(expected.count))
      expected[key] = number
    }
    #expect(numbers.count == expected.count)
    #expect(Numbering.key(-1, 2) != Numbering.key(2, -1))
  }

  @Test func `a set of numbers holds what was put in, each once`() {
    var set = NumberSet(below: 300)
    var expected: Set<Int32> = []
    var dice = Dice()
    for _ in 0..<400 {
      let number = Int32(dice.roll(300))
      #expect(set.contains(number) == expected.contains(number))
      #expect(set.insert(number) == expected.insert(number).inserted)
    }
  }

  @Test func `successes of some actors are counted within a span`() {
    var wire = WireCase()
    for status: UInt16 in [200, 401, 200, 200, 503] { wire.ask(status) }
    let scene = Scene(wire.file)
    let all = scene.briefs
    let attendance = scene.attendance[0]
    #expect(attendance.served(from: scene.first, to: scene.last) { $0 == 0 } == 3)
    #expect(attendance.served(from: scene.first, to: all[2].start) { $0 == 0 } == 2)
    #expect(attendance.served(from: scene.last, to: scene.first) { $0 == 0 } == 0)
    #expect(attendance.served(from: scene.first, to: scene.last) { $0 != 0 } == 0)
  }

  @Test func `a text is looked at once`() {
    var memo = TextMemo<Int>()
    var looks = 0
    for k in [401, 0, 7, 401, 7, 0] {
      let value = memo.value(of: Symbol(index: UInt32(k))) {
        looks += 1
        return Int($0.index) * 2
      }
      #expect(value == k * 2)
    }
    #expect(looks == 3)
  }

  @Test(arguments: [0, 1000]) func `a census counts as a dictionary does`(expected: Int) {
    var census = NumberTable(numbers: 100, expected: expected)
    var counts: [Int32: Int32] = [:]
    var dice = Dice()
    for _ in 0..<500 {
      let number = Int32(dice.roll(90))
      counts[number, default: 0] += 1
      #expect(census.add(number) == counts[number])
    }
    for number in Int32(0)..<100 { #expect(census.contains(number) == (counts[number] != nil)) }
  }

  /// Exchanges of three parties by some actors; those of the last actor are rare.
  private static func scene(_ count: Int) -> Scene {
    var file = CaseFile(observations: Observations(), sources: Sources())
    file.parties = ["a", "b", "c"].map { Party(kind: .application, name: $0) }
    let clients = (0..<9).map { file.observations.symbols.intern("10.0.0.\($0)") }
    file.actors = clients.map { Actor(client: $0, userAgent: .none) }
    var dice = Dice()
    for i in 0..<count {
      var r = Request(citation: Citation(source: 0, number: i + 1))
      r.start = Instant(nanoseconds: Int64(i) * 1_000_000_000)
      r.end = r.start.advanced(seconds: 1)
      let actor = i % 97 == 0 ? 8 : dice.roll(8)
      r.client = clients[actor]
      r.status = [401, 401, 200, 400, 403, 500][dice.roll(6)]
      r.responseBytes = Int32(dice.roll(4))
      r.authorization = dice.roll(5) == 0 ? .absent : .present
      file.exchanges.append(
        Exchange(
          request: r, party: Int32(dice.roll(3)), actor: Int32(actor), endpoint: .none))
    }
    return Scene(file)
  }

  @Test(arguments: [0, 8]) func `what else happens to actors is what looking at all tells`(
    actor: Int32
  ) {
    let scene = Self.scene(3000)
    let rows = scene.briefs.indices.filter {
      scene.briefs[$0].actor == actor && scene.briefs[$0].party == 0
        && scene.briefs[$0].status == 401
        && $0 > 300 && $0 < 2500
    }
    let group = Group(
      rows: rows, party: 0, endpoint: .none, status: 401, answer: Answer(),
      circumstances: Circumstances(), kin: scene.kinships.of(rows[0]))
    let profile = Profile(group, scene)
    let own = scene.briefs.filter { $0.actor == actor }
    let here = own.filter { $0.party == 0 }
    let there = own.filter { $0.party != 0 }
    func isWithin(_ b: Brief, _ margin: Double) -> Bool {
      b.start >= profile.first.advanced(seconds: -margin)
        && b.start <= profile.last.advanced(seconds: margin)
    }
    #expect(profile.sameServed == here.count { $0.isSuccess && isWithin($0, 0) })
    #expect(profile.sameServedElsewhere == there.count { $0.isSuccess && isWithin($0, 10) })
    #expect(profile.isForbiddenElsewhere == there.contains { $0.status == 403 })
    let refused = here.filter { $0.status == 401 || $0.status == 400 }
    #expect(profile.refusals == Dictionary(grouping: refused, by: \.bytes).mapValues(\.count))
    #expect(profile.sizes == Set(here.filter(\.isFailure).map(\.bytes)).count)
    let empty = there.filter {
      $0.status == 401 && scene.emptySizes[$0.party]?.contains($0.bytes) == true
    }
    #expect(profile.isEmptyElsewhere == !empty.isEmpty)
    #expect(profile.sameServed > 0 && profile.isEmptyElsewhere)
  }

  @Test func `a stretch has the clients and successes that counting one by one gives`() {
    let scene = Self.scene(3000)
    for (kin, stretch) in Stretch.all(scene).enumerated() {
      let rows = scene.kinships.rows[kin].map { scene.briefs[$0] }
      let clients = Dictionary(grouping: rows, by: \.client)
      #expect(stretch.frequentClients == clients.values.count { $0.count >= 3 })
      let within = rows.filter { $0.start >= stretch.first && $0.start <= stretch.last }
      #expect(stretch.clients == Set(within.map(\.client)).count)
      let served = scene.briefs.filter { $0.party == rows[0].party && $0.isSuccess }
      #expect(stretch.servedBefore == served.count { $0.end < stretch.first })
      let after = served.count {
        ($0.start < stretch.first || $0.start > stretch.last) && $0.end >= stretch.first
      }
      #expect(stretch.servedAfter == after)
    }
  }
}
