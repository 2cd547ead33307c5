internal import Evidence

/// The actors of a group, and what their failures at its party look like.
struct Company {
  let party: Int32
  /// In order of appearance.
  let actors: [Int32]
  private let census: Census
  /// Programs of the rows, where ports or lengths tell: then only they are the same client.
  private var programs: Census?
  private var numbers = Numbering()
  /// By number of their size: refusals (400, 401).
  private var counts: [Int] = []
  private var bytes: [Int32] = []

  init(_ group: Group, _ census: Census, _ actors: [Int32], _ scene: Scene) {
    party = group.party
    self.census = census
    self.actors = actors
    guard scene.programs.tell, scene.isAnybodyServed else { return }
    var found = Census(numbers: scene.programs.all.count, expected: group.count)
    var isKnown = false
    for i in group.rows {
      guard let id = scene.programs.of(i) else { continue }
      isKnown = true
      _ = found.add(id)
    }
    if isKnown { programs = found }
  }

  /// Whether an exchange is of one of the actors.
  func has(_ i: Int, _ scene: Scene) -> Bool { census.contains(scene.briefs[i].actor) }

  /// Whether an exchange of one of the actors is of one of their programs.
  func isSame(_ i: Int, _ scene: Scene) -> Bool {
    guard let programs, let id = scene.programs.of(i) else { return true }
    return programs.contains(id)
  }

  /// Notes a failure of the actors at the party.
  mutating func note(_ failure: Brief) {
    let number = Int(numbers.number(of: UInt64(UInt32(bitPattern: failure.bytes))))
    if number == bytes.count {
      bytes.append(failure.bytes)
      counts.append(0)
    }
    if failure.status == 401 || failure.status == 400 { counts[number] += 1 }
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
