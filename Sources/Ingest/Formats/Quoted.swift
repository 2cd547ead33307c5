internal import ByteScan

/// Quoted fields of access logs.
enum Quoted {
  /// The closing quote of a field whose first byte is at `from`; a backslash hides the byte after it
  /// (Apache and Traefik write `\"`, nginx `\x22`). -1 when the field is cut.
  @inline(__always)
  static func end(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    let quote = Bytes.find(UInt8(ascii: "\""), s, from, to)
    // Only a backslash just before it can hide a quote; then every one counts.
    guard quote > from, s[quote - 1] == UInt8(ascii: "\\") else { return quote }
    var i = from
    while i < to {
      let c = s[i]
      if c == UInt8(ascii: "\"") { return i }
      i += c == UInt8(ascii: "\\") ? 2 : 1
    }
    return -1
  }

  /// The same for fields that are long and seldom hold a backslash (user agents).
  static func endFar(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    let quote = Bytes.findFar(UInt8(ascii: "\""), s, from, to)
    guard quote > from, s[quote - 1] == UInt8(ascii: "\\") else { return quote }
    return end(s, from, to)
  }

  /// The closing quote of a field that is not escaped at all (Envoy's text format): the first quote
  /// that a blank or the end follows.
  static func rawEnd(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    var i = Bytes.find(UInt8(ascii: "\""), s, from, to)
    while i >= 0, i + 1 < to, s[i + 1] != 32 {
      i = Bytes.find(UInt8(ascii: "\""), s, i + 1, to)
    }
    return i
  }

  /// The same for a field that another quoted field follows.
  static func rawEndBeforeQuote(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    var i = from
    while i + 2 < to {
      if s[i] == UInt8(ascii: "\""), s[i + 1] == 32, s[i + 2] == UInt8(ascii: "\"") { return i }
      i += 1
    }
    return -1
  }

  /// `-` or nothing.
  static func isAbsent(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    from >= to || to - from == 1 && s[from] == UInt8(ascii: "-")
  }

  /// End of the word at `from`.
  @inline(__always)
  static func wordEnd(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    let blank = Bytes.find(32, s, from, to)
    return blank < 0 ? max(from, to) : blank
  }
}
