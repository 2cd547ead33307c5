internal import CVector

/// Plain successes in the log of ingress-nginx, one behind the other and of one status, told by their bytes alone
/// (`ingress.h`), and what came then.
public struct PlainLines: Sendable {
  public enum Stop: Sendable {
    /// Nothing is wrong with the next line: its status is another, or none is marked.
    case goesOn
    /// Another head than that of the lines begins here.
    case otherHead(at: Int)
    /// The next line is a plain success, too, and below the limit.
    case wanted(priority: UInt64)
    /// In doubt.
    case unknown
  }

  /// How many they are, and how many bytes they take.
  public var lines = 0
  public var bytes = 0
  /// Theirs, or that of the one that is wanted.
  public var status: UInt16 = 0
  public var stop = Stop.unknown
}

extension LineMarks {
  /// Passes over plain successes, `most` of them, from the line at `from` on, which is the one that `takeLine` found last
  /// or the one behind it. They begin before `limit`, have `head`, and no priority below the one given.
  public mutating func passPlain(
    _ s: Span<UInt8>, _ from: Int, before limit: Int, most: Int, _ head: LineHead,
    wantedBelow priority: UInt64
  ) -> PlainLines {
    guard let first = line(at: from), from < limit, most > 0 else { return PlainLines() }
    let found = ingress(s, first, before: limit, most, head, priority)
    var plain = PlainLines(
      lines: Int(found.lines), bytes: 0, status: UInt16(truncatingIfNeeded: found.status))
    switch found.stop {
    case why401_goes_on: plain.stop = .goesOn
    case why401_other_head: plain.stop = .otherHead(at: start + Int(found.at))
    case why401_wanted: plain.stop = .wanted(priority: found.priority)
    default: plain.stop = .unknown
    }
    if plain.lines > 0 { plain.bytes = take(first + plain.lines - 1) + 1 - from }
    return plain
  }

  private func ingress(
    _ s: Span<UInt8>, _ first: Int, before limit: Int, _ most: Int, _ head: LineHead,
    _ priority: UInt64
  ) -> why401_plain {
    let (start, last, vectors) = (start, first + min(most, lineCount - first), vectors)
    return unsafe s.extracting(start..<s.count).withUnsafeBufferPointer { bytes in
      unsafe places.withUnsafeBufferPointer { places in
        unsafe lines.withUnsafeBufferPointer { lines in
          unsafe withUnsafeBytes(of: head.words) { head in
            var stretch = unsafe why401_stretch(
              bytes: bytes.baseAddress, places: places.baseAddress, lines: lines.baseAddress,
              from: UInt64(first), to: UInt64(last), begin: UInt64(limit - start),
              size: UInt64(bytes.count))
            return unsafe why401_ingress(
              &stretch, head.baseAddress?.assumingMemoryBound(to: UInt8.self), priority, vectors)
          }
        }
      }
    }
  }
}

extension Bytes {
  /// The priority of a line of 128 bytes or more (`ingress.h`).
  public static func priority(ofLine s: Span<UInt8>, _ from: Int, _ to: Int) -> UInt64 {
    unsafe s.extracting(from..<to).withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return 0 }
      return unsafe why401_priority(base, UInt64(bytes.count))
    }
  }
}
