/// Did you mean: the nearest of some words, where one is near enough.
package enum Suggestion {
  /// At most a third of the word (and at least one letter) may differ; a word that the given one
  /// begins counts as near. The first of several equally near ones.
  package static func nearest(to word: String, among words: [String]) -> String? {
    let typed = word.lowercased()
    guard !typed.isEmpty, typed.utf8.count <= 64 else { return nil }
    var best: (word: String, distance: Int)?
    for candidate in words {
      var distance = edits(Array(typed.utf8), Array(candidate.lowercased().utf8))
      if typed.count >= 3, candidate.hasPrefix(typed) { distance = min(distance, 1) }
      if distance <= max(1, candidate.count / 3), distance < best?.distance ?? .max {
        best = (candidate, distance)
      }
    }
    return best?.word
  }

  /// `; did you mean "near"?`, or `otherwise`.
  package static func words(
    for word: String, among words: [String], otherwise: String = ""
  ) -> String {
    nearest(to: word, among: words).map { "; did you mean \"\($0)\"?" } ?? otherwise
  }

  /// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
  static func edits(_ a: [UInt8], _ b: [UInt8]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var before = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i]
      for j in 1...b.count {
        var cost = min(
          last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          cost = min(cost, before[j - 2] + 1)
        }
        row.append(cost)
      }
      before = last
      last = row
    }
    return last[b.count]
  }
}
