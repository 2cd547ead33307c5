internal import ByteScan
package import Evidence

/// Reads a time that a user wrote on the command line.
package enum Moment {
  /// `2026-03-04T09:15:02Z` and its relatives, UTC where no zone is given; `nil` for anything else.
  package static func parse(_ text: String) -> Instant? {
    let bytes = Array(text.utf8)
    guard let stamp = TimeStamp.iso(bytes.span, 0, bytes.count), stamp.end == bytes.count else {
      return nil
    }
    return Instant(nanoseconds: stamp.nanoseconds)
  }
}
