internal import Evidence

/// What the parts of a rotated log leave open: parts that are missing between others, and stretches
/// between two parts of which no line tells.
///
/// Parts as logrotate (`x.log`, `x.log.1`, `x.log.2.gz`, `x.log-20261129`) and the kubelet
/// (`0.log.20261129-101112.gz`) name them.
enum RotationNotes {
  /// Seconds without a line at an edge that are worth a word, at least.
  private static let shortest = 60.0

  private struct Part {
    var name: String
    var place: RotatedSet.Part
    var first: Instant
    var last: Instant
  }

  static func of(_ report: Report) -> [Note] {
    var sets: [String: [Part]] = [:]
    for input in report.inputs where report.sources.all.indices.contains(Int(input.source)) {
      let name = report.sources.all[Int(input.source)].name
      guard let place = RotatedSet.part(of: name) else { continue }
      sets[place.log, default: []].append(
        Part(name: name, place: place, first: input.first, last: input.last))
    }
    return sets.sorted { $0.key < $1.key }.flatMap { base, parts in
      parts.count > 1 ? notes(base, parts) : []
    }
  }

  private static func notes(_ base: String, _ parts: [Part]) -> [Note] {
    // The oldest first: dates go up, ages down, what is being written comes last.
    let ordered = parts.sorted {
      ($0.place.age == nil ? 0 : 1, $0.place.date, -($0.place.age ?? 0), $0.name)
        < ($1.place.age == nil ? 0 : 1, $1.place.date, -($1.place.age ?? 0), $1.name)
    }
    var notes: [Note] = []
    let ages = Set(parts.compactMap(\.place.age))
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
}
