/// Where a fact was read: a line of a log, a packet of a capture.
///
/// Compact on purpose (8 bytes): millions may be held. `Sources` turns it into text.
package struct Citation: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// Index into `Sources`.
  package var source: UInt16
  /// High bits of `number`; together 48 bits.
  package var high: UInt16
  package var low: UInt32

  @inlinable package init(source: UInt16, number: Int) {
    self.source = source
    self.high = UInt16(truncatingIfNeeded: number >> 32)
    self.low = UInt32(truncatingIfNeeded: number)
  }
  /// Line of a log or packet of a capture, from 1.
  @inlinable package var number: Int {
    get { Int(high) << 32 | Int(low) }
    set {
      high = UInt16(truncatingIfNeeded: newValue >> 32)
      low = UInt32(truncatingIfNeeded: newValue)
    }
  }
  @inlinable package static func < (a: Citation, b: Citation) -> Bool {
    a.source != b.source ? a.source < b.source : a.number < b.number
  }
}

/// One input: a file, an entry of a bundle, standard input.
package struct Source: Hashable, Sendable {
  /// As cited: the path as given by the user (a bundle entry: `bundle.tar.gz!dir/entry.log`).
  package var name: String
  package var isCapture: Bool

  package init(name: String, isCapture: Bool) {
    self.name = name
    self.isCapture = isCapture
  }
}

/// The table of inputs, in the order in which they are cited (sorted by name: the order in which a
/// user lists files must not change the report).
package struct Sources: Sendable {
  package var all: [Source]
  package init(_ all: [Source] = []) { self.all = all }

  package subscript(_ citation: Citation) -> Source { all[Int(citation.source)] }

  /// `file:line`, or `file#packet` for captures.
  package func text(_ citation: Citation) -> String {
    let source = self[citation]
    return source.name + (source.isCapture ? "#" : ":") + String(citation.number)
  }
}
