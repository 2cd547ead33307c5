internal import Evidence

/// How old tokens are that are served: time since the last good token call of the same actor.
struct ServedAges {
  /// Good calls for tokens.
  private(set) var calls = 0
  /// The greatest age, in seconds. Behind one address and user agent there may be somebody else, who got a
  /// token before these logs begin: where there are many ages, a few far above all others are not believed.
  private(set) var greatest = 0.0

  /// As many ages as it takes to disbelieve one in a hundred.
  private static let many = 100
  /// How far above ninety-nine of a hundred an age is believed.
  private static let believed = 1.15

  init(_ briefs: [Brief], actors: Int) {
    var tokens = [Instant?](repeating: nil, count: actors)
    var ages: [Float] = []
    for e in briefs where e.isSuccess {
      let actor = Int(e.actor)
      if e.endpoint == .token {
        calls += 1
        tokens[actor] = e.end
      } else if !e.endpoint.isKeycloak, !e.isProbe, let token = tokens[actor] {
        let age: Double = e.start - token
        greatest = max(greatest, age)
        ages.append(Float(age))
      }
    }
    guard ages.count >= Self.many else { return }
    ages.sort()
    greatest = min(greatest, Double(ages[ages.count * 99 / 100]) * Self.believed)
  }
}
