/// Bytes on their way out: renderers append, the owner's `drain` empties the buffer now and then.
///
/// Knows nothing of files. A drain that returns `false` (nobody reads any more) makes everything
/// after it vanish, so that a renderer need not ask.
package struct Output {
  package private(set) var bytes: [UInt8] = []
  /// Takes the bytes given; `false` when nobody wants more.
  private let drain: (([UInt8]) -> Bool)?
  private(set) var isClosed = false

  /// Bytes held before a drain is called.
  private static let fill = 1 << 16

  /// Without a drain everything is collected in `bytes`.
  package init(drain: (([UInt8]) -> Bool)? = nil) {
    self.drain = drain
    if drain != nil { bytes.reserveCapacity(Output.fill + 4096) }
  }

  package mutating func append(_ byte: UInt8) { bytes.append(byte) }
  package mutating func append(_ more: [UInt8]) { bytes.append(contentsOf: more) }
  package mutating func append(_ more: ArraySlice<UInt8>) { bytes.append(contentsOf: more) }
  package mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
  }
  /// Text made by the program itself; text from an input goes through `Neutral`.
  package mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  package mutating func append(decimal value: Int) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    append(digits: value.magnitude, width: 1)
  }

  /// At least `width` digits, at most 20.
  package mutating func append(digits value: UInt, width: Int) {
    var divisor: UInt = 1
    var count = 1
    while value / divisor >= 10 || count < width {
      divisor *= 10
      count += 1
    }
    while divisor > 0 {
      bytes.append(UInt8(truncatingIfNeeded: 48 + value / divisor % 10))
      divisor /= 10
    }
  }

  /// Between two rows: hands the bytes on when there are many.
  package mutating func breathe() {
    if bytes.count >= Output.fill { flush() }
  }

  package mutating func flush() {
    guard let drain else { return }
    if !bytes.isEmpty, !isClosed { isClosed = !drain(bytes) }
    bytes.removeAll(keepingCapacity: true)
  }

  /// Everything collected, as text (tests, small renderers).
  package var text: String { String(decoding: bytes, as: UTF8.self) }
}
