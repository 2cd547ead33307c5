internal import Evidence

/// All requests that were kept, in order of time: those in full and, merged among them, the sampled ones.
/// Where the former are many they are not moved to another array.
struct KeptRequests {
  var all: [Request] = []
  /// Empty where none was sampled.
  private var marks: [Bool] = []

  /// Takes them out of the observations and dates them by the order of their lines.
  init(_ observations: inout Observations, _ order: LineOrder, _ crew: Crew = .alone) {
    var requests = observations.takeRequests(crew) { order.refine(&$0) }
    swap(&all, &requests.full)
    merge(requests.sampled)
  }

  /// From back to front, into the room behind.
  private mutating func merge(_ sampled: [Request]) {
    guard !sampled.isEmpty else { return }
    var i = all.count
    var j = sampled.count
    all += sampled
    marks = [Bool](repeating: false, count: all.count)
    while j > 0 {
      let place = i + j - 1
      let a = i > 0 ? all[i - 1] : sampled[j - 1]
      let b = sampled[j - 1]
      if i > 0, (a.start, a.citation) > (b.start, b.citation) {
        all[place] = a
        i -= 1
      } else {
        all[place] = b
        marks[place] = true
        j -= 1
      }
    }
  }

  func isSampled(_ place: Int) -> Bool { !marks.isEmpty && marks[place] }

  /// The first ones; keeps none.
  mutating func take(_ count: Int) -> [Request] {
    all.removeLast(all.count - count)
    var taken: [Request] = []
    swap(&taken, &all)
    return taken
  }
}
