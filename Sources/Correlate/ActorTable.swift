internal import Evidence

/// Numbers actors in order of appearance: most exchanges of a busy edge are of an actor of their own.
struct ActorTable {
  private(set) var actors: [Actor] = []
  private var numbers = Numbering()

  mutating func number(of actor: Actor) -> Int32 {
    let number = numbers.number(of: Numbering.key(actor.client, actor.userAgent))
    if Int(number) == actors.count { actors.append(actor) }
    return number
  }
}
