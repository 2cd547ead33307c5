internal import ByteScan

/// Undoes what copying does to a text: quotes escaped for a string or a page (`\"`, `&quot;`) or set as pages do, line ends
/// written out (`\n`), blanks behind the colons of a printed JSON body, the encoding of a query that carries
/// an error. Looked at only when nobody knows the text as it stands.
enum PlainText {
  /// The text with one level of escapes undone; nil when there is nothing to undo.
  static func of(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> [UInt8]? {
    let isQuery = Bytes.contains("error_description=", s, from, to)
    guard isQuery || needsWork(s, from, to) else { return nil }
    var plain: [UInt8] = []
    plain.reserveCapacity(to - from)
    var i = from
    while i < to {
      let c = s[i]
      if c == UInt8(ascii: "\\"), i + 1 < to {
        let next = s[i + 1]
        if next == UInt8(ascii: "n") || next == UInt8(ascii: "r") || next == UInt8(ascii: "t") {
          plain.append(32)
          i += 2
          continue
        }
        if next == UInt8(ascii: "u"), Bytes.has("0022", s, i + 2, to) {
          plain.append(UInt8(ascii: "\""))
          i += 6
          continue
        }
        if next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") || next == c {
          // Escaped twice: the second turn of the loop sees the rest.
          if next != c { plain.append(next) }
          i += next == c ? 1 : 2
          continue
        }
      }
      if c == UInt8(ascii: "&"), let entity = entity(s, i, to) {
        plain.append(entity.byte)
        i += entity.length
        continue
      }
      if let quote = otherQuote(s, i, to) {
        plain.append(quote.byte)
        i += quote.length
        continue
      }
      if isQuery, c == UInt8(ascii: "+") {
        plain.append(32)
        i += 1
        continue
      }
      if isQuery, let byte = Bytes.escaped(s, i, to) {
        plain.append(byte)
        i += 3
        continue
      }
      plain.append(c)
      i += 1
      if c == UInt8(ascii: ":"), plain.count > 1, plain[plain.count - 2] == UInt8(ascii: "\"") {
        while i + 1 < to, s[i] == 32, s[i + 1] == 32 || s[i + 1] == UInt8(ascii: "\"") { i += 1 }
      }
    }
    return plain
  }

  private static func needsWork(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    Bytes.find(UInt8(ascii: "\\"), s, from, to) >= 0 || Bytes.contains("\": ", s, from, to)
      || Bytes.contains("&quot;", s, from, to) || Bytes.contains("&apos;", s, from, to)
      || Bytes.contains("&#", s, from, to) || Bytes.find(0xe2, s, from, to) >= 0
  }

  /// A typographic quote, as pages and word processors set it for a plain one.
  static func otherQuote(_ s: Span<UInt8>, _ i: Int, _ to: Int) -> (byte: UInt8, length: Int)? {
    guard s[i] == 0xe2, i + 2 < to, s[i + 1] == 0x80 else { return nil }
    return switch s[i + 2] {
    case 0x98, 0x99: (UInt8(ascii: "'"), 3)
    case 0x9c, 0x9d: (UInt8(ascii: "\""), 3)
    default: nil
    }
  }

  static func entity(_ s: Span<UInt8>, _ i: Int, _ to: Int) -> (byte: UInt8, length: Int)? {
    if Bytes.has("&quot;", s, i, to) { return (UInt8(ascii: "\""), 6) }
    if Bytes.has("&#34;", s, i, to) { return (UInt8(ascii: "\""), 5) }
    if Bytes.has("&#39;", s, i, to) { return (UInt8(ascii: "'"), 5) }
    if Bytes.has("&apos;", s, i, to) { return (UInt8(ascii: "'"), 6) }
    if Bytes.has("&amp;", s, i, to) { return (UInt8(ascii: "&"), 5) }
    if Bytes.has("&lt;", s, i, to) { return (UInt8(ascii: "<"), 4) }
    if Bytes.has("&gt;", s, i, to) { return (UInt8(ascii: ">"), 4) }
    return nil
  }
}
