internal import ByteScan
package import Evidence

/// Notes how one line is read: what was taken off it, which texts were left, and what became of each.
/// Changes nothing in what is read. `LineReader` tells it; nobody asks it while lines are read.
package struct LineWitness: Sendable {
  /// What may stand around a line.
  package enum Wrapper: String, Sendable {
    case colours = "terminal colours"
    case podPrefix = "kubectl --prefix"
    case stamp = "time stamp (--timestamps)"
    case cri = "container runtime (CRI)"
    case labels = "logcli labels"
    case json = "JSON of a runtime or shipper"
    case compose = "docker compose"
    case grep = "file name and line number (grep)"
    case syslog = "syslog"
    case stern = "stern"
    case fluentBit = "Fluent Bit's own output"
    case javaWrapper = "Java Service Wrapper"
    case quoting = "quotation or number of a line"
  }

  /// What a text became.
  package enum Outcome: Sendable, Equatable {
    /// Read by the format at this place of `FormatCatalogue.all`, as this one.
    case format(Int, Format)
    /// Belongs to the record before.
    case continuation(of: Format)
    /// Kept until the rest of the line comes.
    case piece
    case unparsed
  }

  /// A text without wrappers; one line may hold several.
  package struct Piece: Sendable {
    package var text: [UInt8]
    package var outcome: Outcome
    /// Printed by a wrapper; `.unknown` without one.
    package var time: Instant
    package var writer: Symbol
    package var context: LineContext
  }

  package var wrappers: [Wrapper] { peels.map(\.wrapper) }
  package private(set) var pieces: [Piece] = []
  private var peels: [(wrapper: Wrapper, offset: Int)] = []

  package init() {}

  mutating func peeled(_ wrapper: Wrapper, at offset: Int) { peels.append((wrapper, offset)) }

  /// What was taken off at `offset`, and after that, was no wrapper.
  mutating func doubted(from offset: Int) {
    guard let index = peels.lastIndex(where: { $0.offset == offset }) else { return }
    peels.removeSubrange(index...)
  }

  mutating func saw(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ outcome: Outcome, _ frame: Frame,
    _ context: LineContext
  ) {
    var text: [UInt8] = []
    for i in from..<to { text.append(s[i]) }
    pieces.append(
      Piece(
        text: text, outcome: outcome, time: frame.time.isKnown ? frame.time : frame.roughTime,
        writer: frame.writer, context: context))
  }
}

/// How far a format goes with a text.
package enum FormatVerdict: Int, Sendable, Comparable {
  case refusedAtOnce, refusedReading, reads

  package static func < (a: FormatVerdict, b: FormatVerdict) -> Bool { a.rawValue < b.rawValue }

  /// Asks every format but the one that read the piece; formats of one name answer as one, the best of
  /// their answers counts. In the order in which they are asked.
  package static func others(
    than piece: LineWitness.Piece
  ) -> [(format: Format, verdict: FormatVerdict)] {
    var found: [(format: Format, verdict: FormatVerdict)] = []
    let all = FormatCatalogue.all
    var reader = Format.unparsed
    if case .format(let index, _) = piece.outcome, index < all.count { reader = all[index].format }
    var context = piece.context
    // Its name lives in another table.
    context.writer = .none
    for type in all where type.format != reader {
      let verdict = of(type, piece.text, context)
      if let known = found.firstIndex(where: { $0.format == type.format }) {
        found[known].verdict = max(found[known].verdict, verdict)
      } else {
        found.append((type.format, verdict))
      }
    }
    return found
  }

  private static func of(
    _ type: any LineFormat.Type, _ text: [UInt8], _ context: LineContext
  ) -> FormatVerdict {
    guard !text.isEmpty, type.mayRead(text.span, 0, text.count) else { return .refusedAtOnce }
    var sink = Sink()
    let read = type.read(text.span, 0, text.count, context, &sink)
    return read == nil ? .refusedReading : .reads
  }
}
