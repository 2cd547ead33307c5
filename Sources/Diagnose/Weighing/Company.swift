internal import Evidence

/// The actors of a group, and what their failures at its party look like.
struct Company {
  let party: Int32
  /// In order of appearance.
  let actors: [Int32]
  /// The actors once more; once `mark` is called.
  private var marked = NumberSet(below: 0)
  /// Programs of the rows, where ports or lengths tell: then only they are the same client.
  private var programs: NumberTable?
  private var numbers = Numbering()
  /// By number of their size: refusals (400, 401).
  private var counts: [Int] = []
  private var bytes: [Int32] = []

  init(_ group: Group, _ actors: [Int32], _ scene: Scene) {
    party = group.party
    self.actors = actors
    guard scene.programs.tell, scene.isAnybodyServed else { return }
    var found = NumberTable(numbers: scene.programs.all.count, expected: group.count)
    var isKnown = false
    for i in group.rows {
      guard let id = scene.programs.of(i) else { continue }
      isKnown = true
      _ = found.add(id)
    }
    if isKnown { programs = found }
  }

  /// Prepares for `has`; there are `count` actors in all.
  mutating func mark(of count: Int) {
    marked = NumberSet(below: count)
    for a in actors { _ = marked.insert(a) }
  }

  func has(_ actor: Int32) -> Bool { marked.contains(actor) }

  /// Whether an exchange is of one of the actors.
  func has(_ i: Int, _ scene: Scene) -> Bool { has(scene.briefs[i].actor) }

  /// Whether all that an actor does is the same client's.
  var isOfActors: Bool { programs == nil }

  /// Whether an exchange of one of the actors is of one of their programs.
  func isSame(_ i: Int, _ scene: Scene) -> Bool {
    guard let programs, let id = scene.programs.of(i) else { return true }
    return programs.contains(id)
  }

  /// Notes a failure of the actors at the party.
  mutating func note(_ size: Int32, isRefusal: Bool) {
    let number = Int(numbers.number(of: UInt64(UInt32(bitPattern: size))))
    if number == bytes.count {
      bytes.append(size)
      counts.append(0)
    }
    if isRefusal { counts[number] += 1 }
  }

  /// Distinct sizes of the failures.
  var sizes: Int { bytes.count }
  /// Refusals by size.
  var refusals: [Int32: Int] {
    var result: [Int32: Int] = [:]
    for (size, count) in zip(bytes, counts) where count > 0 { result[size] = count }
    return result
  }
}
