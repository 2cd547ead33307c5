internal import Evidence

/// Numbers actors in order of appearance. Most exchanges of a busy edge are of an actor of their own: open
/// addressing takes a fifth of a dictionary's time.
struct ActorTable {
  private(set) var actors: [Actor] = []
  /// Number of an actor plus one; 0 is free.
  private var slots = [Int32](repeating: 0, count: 1024)
  private var shift: UInt64 = 54
  /// Differs from run to run: nobody can write a log whose actors all fall into one slot.
  private let seed = UInt64.random(in: .min ... .max)

  mutating func number(of actor: Actor) -> Int32 {
    var slot = place(actor)
    while slots[slot] != 0 {
      let number = slots[slot] - 1
      if actors[Int(number)] == actor { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = Int32(truncatingIfNeeded: actors.count)
    actors.append(actor)
    slots[slot] = number + 1
    if actors.count * 2 > slots.count { grow() }
    return number
  }

  private func place(_ actor: Actor) -> Int {
    let key = UInt64(actor.client.index) << 32 | UInt64(actor.userAgent.index)
    let product = (key ^ seed).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
    let mixed = (product.high ^ product.low) &* 0xd6e8_feb8_6659_fd93
    return Int(truncatingIfNeeded: mixed &>> shift)
  }

  private mutating func grow() {
    slots = [Int32](repeating: 0, count: slots.count * 4)
    shift -= 2
    for (number, actor) in actors.enumerated() {
      var slot = place(actor)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(truncatingIfNeeded: number) + 1
    }
  }
}
