internal import Evidence

/// Names of roles and clocks that nothing in the inputs has: most likely mistyped.
enum WishCheck {
  static func unmet(
    _ wishes: Wishes, _ observations: borrowing Observations, _ sources: Sources
  ) -> [String] {
    func isInput(_ name: String) -> Bool {
      sources.all.contains { Wishes.fits(name, input: $0.name) }
    }
    var notes: [String] = []
    for clock in wishes.clocks where !isInput(clock.name) {
      notes.append("no input is called \(clock.name), whose clock was given")
    }
    let others = wishes.roles.filter { !isInput($0.name) }
    guard !others.isEmpty else { return notes }
    var isMet = [Bool](repeating: false, count: others.count)
    for i in 0..<observations.symbols.count {
      let text = observations.symbols.text(Symbol(index: UInt32(i)))
      for (k, role) in others.enumerated() where !isMet[k] {
        isMet[k] = Wishes.fits(role.name, writer: text)
      }
    }
    for (k, role) in others.enumerated() where !isMet[k] {
      notes.append("no input, writer, host or service is called \(role.name), whose role was given")
    }
    return notes
  }
}
