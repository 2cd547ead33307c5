internal import ByteScan

/// A hash as Ruby and Fluent Bit print it (`{"log"=>"…", "stream"=>"stdout"}`), written anew as JSON.
///
/// Ruby escapes what is inside a text, Fluent Bit does not: there a quote ends a text only where the hash goes on
/// behind it.
struct RubyHash {
  /// Lists and hashes inside one another, at most.
  private static let deepest = 32
  /// The longest name that is looked for behind a text.
  private static let longestName = 256

  /// Bits of what is open, the innermost last: 1 is a list.
  private var open: UInt32 = 0
  private var depth = 0
  private var out: [UInt8] = []

  /// Appends the hash `s[from...]` as JSON; where its line ends inside a text, so does the text: `true`.
  static func write(_ s: Span<UInt8>, _ from: Int, _ to: Int, into out: inout [UInt8]) -> Bool {
    var hash = RubyHash()
    swap(&hash.out, &out)
    defer { swap(&hash.out, &out) }
    return hash.write(s, from, to)
  }

  private mutating func write(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var i = from
    while i < to {
      let c = s[i]
      switch c {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard depth < RubyHash.deepest else { return false }
        open = open << 1 | (c == UInt8(ascii: "[") ? 1 : 0)
        depth += 1
        out.append(c)
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        out.append(c)
        open >>= 1
        depth -= 1
        if depth <= 0 { return false }
      case UInt8(ascii: "\""):
        guard let end = textEnd(s, i + 1, to) else {
          text(s, i + 1, to)
          close()
          return true
        }
        text(s, i + 1, end)
        i = end
      case UInt8(ascii: "="):
        guard i + 1 < to, s[i + 1] == UInt8(ascii: ">") else { return false }
        out.append(UInt8(ascii: ":"))
        i += 1
      case UInt8(ascii: "n") where Bytes.has("nil", s, i, to):
        Bytes.append("null", to: &out)
        i += 2
      default: out.append(c)
      }
      i += 1
    }
    close()
    return false
  }

  /// Closes what a line's end left open.
  private mutating func close() {
    while depth > 0 {
      out.append(open & 1 == 1 ? UInt8(ascii: "]") : UInt8(ascii: "}"))
      open >>= 1
      depth -= 1
    }
  }

  private mutating func text(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    let isRuby = RubyHash.isEscaped(s, from, to)
    out.append(UInt8(ascii: "\""))
    var i = from
    while i < to {
      let c = s[i]
      switch c {
      case UInt8(ascii: "\""): Bytes.append("\\\"", to: &out)
      case UInt8(ascii: "\\"):
        if isRuby, i + 1 < to, RubyHash.isJSONEscape(s[i + 1]) {
          out.append(c)
          i += 1
          out.append(s[i])
        } else if isRuby, i + 1 < to, s[i + 1] == UInt8(ascii: "#") {
          // `\#{` is Ruby's alone.
        } else {
          Bytes.append("\\\\", to: &out)
        }
      case 0..<32: JSONOutput.control(c, into: &out)
      default: out.append(c)
      }
      i += 1
    }
    out.append(UInt8(ascii: "\""))
  }

  /// Quotes inside have backslashes, and there is none without.
  private static func isEscaped(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var i = from
    var hasEscape = false
    while i < to {
      if s[i] == UInt8(ascii: "\"") { return false }
      if s[i] == UInt8(ascii: "\\") {
        hasEscape = true
        i += 1
      }
      i += 1
    }
    return hasEscape
  }

  private static func isJSONEscape(_ c: UInt8) -> Bool { "\"\\/bfnrtu".utf8.contains(c) }

  /// Where the text that begins at `from` ends; `nil` when it goes on behind its line.
  private func textEnd(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    var i = from
    while i < to {
      if s[i] == UInt8(ascii: "\\") {
        i += 2
        continue
      }
      if s[i] == UInt8(ascii: "\""), goesOn(s, i + 1, to) { return i }
      i += 1
    }
    return nil
  }

  /// What may stand behind a text: `=>`, a next name or text, or what closes.
  private func goesOn(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var i = Bytes.skipBlanks(s, from, to)
    if Bytes.has("=>", s, i, to) { return true }
    var isClosed = false
    while i < to, s[i] == UInt8(ascii: "}") || s[i] == UInt8(ascii: "]") {
      isClosed = true
      i += 1
    }
    if isClosed, Bytes.skipBlanks(s, i, to) >= to { return true }
    guard Bytes.has(", ", s, i, to) else { return false }
    if open & 1 == 1, !isClosed { return true }
    return RubyHash.nameEnd(s, i + 2, to) != nil
  }

  /// Behind `"name"=>`.
  static func nameEnd(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    guard from < to, s[from] == UInt8(ascii: "\"") else { return nil }
    let end = Bytes.find(UInt8(ascii: "\""), s, from + 1, min(to, from + longestName))
    guard end > from else { return nil }
    let arrow = Bytes.skipBlanks(s, end + 1, to)
    return Bytes.has("=>", s, arrow, to) ? arrow + 2 : nil
  }
}
