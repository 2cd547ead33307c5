internal import Evidence

/// Numbers actors in order of appearance: most exchanges of a busy edge are of an actor of their own.
enum ActorTable {
  /// The actors of some requests, and of each request the number of its actor.
  static func of(_ requests: [Request]) -> (actors: [Actor], numbers: [Int32]) {
    var table = Numbering()
    let numbers = table.numbers(of: requests.map { Numbering.key($0.client, $0.userAgent) })
    var actors: [Actor] = []
    actors.reserveCapacity(table.count)
    for (number, r) in zip(numbers, requests) where Int(number) == actors.count {
      actors.append(Actor(client: r.client, userAgent: r.userAgent))
    }
    return (actors, numbers)
  }
}
