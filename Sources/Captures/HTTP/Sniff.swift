internal import ByteScan

/// What the first bytes of a stream, or of a segment, look like.
enum Sniff {
  enum Look { case request, answer, short, http2, tls, no }

  static func look(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Look {
    guard from < to else { return .short }
    let first = s[from]
    if first == UInt8(ascii: "H") {
      if Bytes.has("HTTP/", s, from, to) { return .answer }
      if to - from < 5, starts("HTTP/", s, from, to) { return .short }
    }
    if first == UInt8(ascii: "P"), starts("PRI * HTTP/2", s, from, to) {
      return to - from >= 24 ? .http2 : .short
    }
    if isTLS(s, from, to) { return .tls }
    return isRequest(s, from, to)
  }

  /// Whether an HTTP/1 message begins here, as far as can be seen.
  static func isMessage(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    switch look(s, from, to) {
    case .request, .answer: true
    case .short, .http2, .tls, .no: false
    }
  }

  /// A TLS record (RFC 8446 §5.1): type 20…24, version 3.0…3.4.
  static func isTLS(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from >= 5, s[from] >= 20, s[from] <= 24, s[from + 1] == 3, s[from + 2] <= 4
    else { return false }
    let length = Int(Numbers.big16(s, from + 3))
    return length > 0 && length <= 18_432
  }

  /// The bytes so far could be the start of `text`.
  static func starts(_ text: StaticString, _ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    let length = min(text.utf8CodeUnitCount, to - from)
    let bytes = unsafe text.utf8Start
    for i in 0..<length where unsafe s[from + i] != bytes[i] { return false }
    return true
  }

  /// A method of capital letters, a target, and `HTTP/` before the line ends. Other protocols have
  /// such words too (`MAIL FROM:`): only a finished line tells.
  private static func isRequest(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Look {
    var i = from
    while i < to, i - from < 24, isMethodByte(s[i]) { i += 1 }
    if i == to { return i - from < 24 ? .short : .no }
    guard i > from + 1, s[i] == 32 else { return .no }
    guard i + 1 < to else { return .short }
    let end = Bytes.findFar(10, s, i, to)
    guard end >= 0 else { return to - from > 64 << 10 ? .no : .short }
    let lineEnd = Head.trimmed(s, i, end)
    // `HTTP/1.1` at the end of the line.
    guard lineEnd - i > 9 else { return .no }
    return Bytes.has(" HTTP/1.", s, lineEnd - 9, lineEnd) ? .request : .no
  }

  @inline(__always) private static func isMethodByte(_ c: UInt8) -> Bool {
    c >= 65 && c <= 90 || c == UInt8(ascii: "-") || c == UInt8(ascii: "_")
  }
}
