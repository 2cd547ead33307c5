/// Durations that give a mechanism away.
enum Rhythm {
  /// A multiple (1…4) of 1.02…1.03 s, or 1, 3, 7 s: SYN retransmission, in microseconds.
  static func isRetransmission(_ duration: Int64) -> Bool {
    let seconds = Double(duration) / 1e6
    for n in 1...4 {
      let low = 1.005 * Double(n)
      if seconds >= low, seconds < low + 0.06 * Double(n) { return true }
    }
    return seconds >= 3.0 && seconds < 3.15 || seconds >= 7.0 && seconds < 7.3
  }

  /// The whole or half second that most of the durations stand just above; `nil` without one.
  static func timeout(_ durations: [Int64]) -> Double? {
    let known = durations.filter { $0 >= 900_000 }.sorted()
    guard known.count >= 2, known.count * 10 >= durations.count * 4 else { return nil }
    let middle = Double(known[known.count / 2]) / 1e6
    let base = (middle * 2).rounded(.down) / 2
    guard base >= 1, middle - base < 0.15 else { return nil }
    let near = known.filter { abs(Double($0) / 1e6 - middle) < 0.15 }.count
    return near * 2 >= known.count ? base : nil
  }
}
