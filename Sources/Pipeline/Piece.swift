internal import Ingest

/// A block of a source that was inflated into memory, with what comes before it (for the state of things)
/// and the end of its last line.
struct Piece: Sendable {
  enum Kind: Sendable {
    case lines
    /// A whole capture.
    case capture
    /// A text that is read as a whole.
    case document(DocumentKind)

    /// Cited by the number of a packet or an entry, not of a line.
    var isNumbered: Bool {
      switch self {
      case .capture, .document(.har): true
      case .lines, .document: false
      }
    }
  }
  var kind = Kind.lines
  var source: UInt16
  var name: String
  var modified: Int
  /// Number of the block within its source.
  var number: Int
  /// `bytes[0..<count]` are those of the source from here on.
  var base: Int
  var count: Int
  /// Lines that begin in `start..<end` belong to this piece.
  var start: Int
  var end: Int
  var isLast: Bool
  /// The source broke off, so that an unfinished last line is no line.
  var isCut = false
  /// Longer than `count`, to be used again.
  var bytes: [UInt8]
}
