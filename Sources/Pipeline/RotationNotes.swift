internal import Evidence

/// What the parts of a rotated log leave open: parts that are missing between others, and stretches between two parts of
/// which no line tells.
///
/// Parts as logrotate (`x.log`, `x.log.1`, `x.log.2.gz`, `x.log-20261129`) and the kubelet
/// (`0.log.20261129-101112.gz`) name them.
enum RotationNotes {
  /// Seconds without a line at an edge that are worth a word, at least.
  private static let shortest = 60.0

  private struct Part {
    var name: String
    /// `0`: the part that is being written; `1`: the one before. `nil` where parts have dates.
    var age: Int?
    var date: String
    var first: Instant
    var last: Instant
  }

  static func of(_ report: Report) -> [Note] {
    var sets: [String: [Part]] = [:]
    for input in report.inputs where report.sources.all.indices.contains(Int(input.source)) {
      let name = report.sources.all[Int(input.source)].name
      guard let (base, age, date) = place(of: name) else { continue }
      sets[base, default: []].append(
        Part(name: name, age: age, date: date, first: input.first, last: input.last))
    }
    return sets.sorted { $0.key < $1.key }.flatMap { base, parts in
      parts.count > 1 ? notes(base, parts) : []
    }
  }

  private static func notes(_ base: String, _ parts: [Part]) -> [Note] {
    // The oldest first: dates go up, ages down, what is being written comes last.
    let ordered = parts.sorted {
      ($0.age == nil ? 0 : 1, $0.date, -($0.age ?? 0), $0.name)
        < ($1.age == nil ? 0 : 1, $1.date, -($1.age ?? 0), $1.name)
    }
    var notes: [Note] = []
    let ages = Set(parts.compactMap(\.age))
    if let oldest = ages.max() {
      let missing = (0...oldest).filter { !ages.contains($0) }
        .map { $0 == 0 ? base : "\(base).\($0)" }
      if !missing.isEmpty {
        notes.append(
          note(
            "of the rotated log \(base), \(missing.joined(separator: ", "))"
              + " \(missing.count == 1 ? "was" : "were") not given: what stood there is unknown, and"
              + " its absence proves nothing"))
      }
    }
    for (old, new) in zip(ordered, ordered.dropFirst())
    where old.last.isKnown && new.first.isKnown && new.first - old.last >= shortest {
      notes.append(
        note(
          "no line between \(old.name) (to \(old.last.rfc3339)) and \(new.name)"
            + " (from \(new.first.rfc3339))"))
    }
    return notes
  }

  private static func note(_ text: String) -> Note { Note(kind: .coverage, text: text) }

  /// `x.log.2.gz` → `x.log`, 2; `x.log-20261129` → `x.log`, a date; `x.log` → `x.log`, 0.
  private static func place(of path: String) -> (base: String, age: Int?, date: String)? {
    var name = Substring(path)
    for ending in RotatedSet.compressions where name.hasSuffix(ending) {
      name = name.dropLast(ending.count)
    }
    if name.hasSuffix(".log") { return (String(name), 0, "") }
    guard let log = name.range(of: ".log") else { return nil }
    let rest = name[log.upperBound...]
    guard let mark = rest.first, mark == "." || mark == "-",
      rest.utf8.allSatisfy({ (48...57).contains($0) || $0 == 45 || $0 == 46 })
    else { return nil }
    let digits = rest.dropFirst()
    if mark == ".", digits.utf8.count <= 3, let age = Int(digits), age > 0 {
      return (String(name[..<log.upperBound]), age, "")
    }
    guard digits.utf8.count >= 8 else { return nil }
    return (String(name[..<log.upperBound]), nil, String(digits))
  }
}

extension Substring {
  /// The last place of `text`.
  fileprivate func range(of text: String) -> Range<Index>? {
    var at = endIndex
    while at > startIndex {
      at = index(before: at)
      if self[at...].hasPrefix(text) { return at..<index(at, offsetBy: text.count) }
    }
    return nil
  }
}
