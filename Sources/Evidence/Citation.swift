/// Where a fact was read: a line of a log, a packet of a capture.
///
/// Compact on purpose (8 bytes): millions may be held. `Sources` turns it into text.
public struct Citation: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// Index into `Sources`.
  public var source: UInt16
  /// High bits of `number`; together 48 bits.
  public var high: UInt16
  public var low: UInt32

  @inlinable public init(source: UInt16, number: Int) {
    self.source = source
    self.high = UInt16(truncatingIfNeeded: number >> 32)
    self.low = UInt32(truncatingIfNeeded: number)
  }
  /// Line of a log or packet of a capture, from 1.
  @inlinable public var number: Int {
    get { Int(high) << 32 | Int(low) }
    set {
      high = UInt16(truncatingIfNeeded: newValue >> 32)
      low = UInt32(truncatingIfNeeded: newValue)
    }
  }
  @inlinable public static func < (a: Citation, b: Citation) -> Bool {
    a.source != b.source ? a.source < b.source : a.number < b.number
  }
}

/// One input: a file, an entry of a bundle, standard input.
public struct Source: Hashable, Sendable {
  /// As cited: the path as given by the user (a bundle entry: `bundle.tar.gz!dir/entry.log`).
  public var name: String
  public var isCapture: Bool

  public init(name: String, isCapture: Bool) {
    self.name = name
    self.isCapture = isCapture
  }
}

/// The table of inputs, in the order in which they are cited (sorted by name: the order in which a
/// user lists files must not change the report).
public struct Sources: Sendable {
  public var all: [Source]
  public init(_ all: [Source] = []) { self.all = all }

  /// By source, the first part of the rotated log that it is a part of: one program on one clock
  /// wrote them all.
  public func logs() -> [UInt16] {
    var first: [String: UInt16] = [:]
    return all.indices.map { i in
      let name = RotatedSet.name(of: all[i].name)
      if let known = first[name] { return known }
      first[name] = UInt16(i)
      return UInt16(i)
    }
  }

  public subscript(_ citation: Citation) -> Source { all[Int(citation.source)] }

  /// `file:line`, or `file#packet` for captures.
  public func text(_ citation: Citation) -> String {
    let source = self[citation]
    return source.name + (source.isCapture ? "#" : ":") + String(citation.number)
  }
}
