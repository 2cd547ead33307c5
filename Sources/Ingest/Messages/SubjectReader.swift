internal import ByteScan

/// Finds what a recognised text is about: the word, quoted text or number that its row points at.
enum SubjectReader {
  /// The longest subject worth keeping.
  static let longest = 256

  /// Where the subject of `row` stands in `s[from..<to]`; empty when it is not there.
  static func find(_ row: MessageSignature, _ s: Span<UInt8>, _ from: Int, _ to: Int) -> Extent {
    switch row.subject {
    case .none, .fixed: .none
    case .word: word(s, after(row.texts.first ?? "", row.isCaseless, s, from, to), to)
    case .quoted: quoted(s, after(row.texts.first ?? "", row.isCaseless, s, from, to), to)
    case .number: number(s, after(row.texts.first ?? "", row.isCaseless, s, from, to), to)
    case .wordAfter(let text): word(s, after(text, false, s, from, to), to)
    case .quotedAfter(let text): quoted(s, after(text, false, s, from, to), to)
    case .numberAfter(let text): number(s, after(text, false, s, from, to), to)
    case .parenthesisAfter(let text): upToParenthesis(s, after(text, false, s, from, to), to)
    }
  }

  /// First position after `text`, or -1.
  static func after(
    _ text: String, _ isCaseless: Bool, _ s: Span<UInt8>, _ from: Int, _ to: Int
  ) -> Int {
    // Only recognised lines come here: one small copy each.
    let needle = Array(text.utf8)
    guard let first = needle.first else { return from }
    var i = from
    while i + needle.count <= to {
      if fold(s[i], isCaseless) == fold(first, isCaseless) {
        var j = 1
        while j < needle.count, fold(s[i + j], isCaseless) == fold(needle[j], isCaseless) { j += 1 }
        if j == needle.count { return i + j }
      }
      i += 1
    }
    return -1
  }

  private static func fold(_ byte: UInt8, _ isCaseless: Bool) -> UInt8 {
    isCaseless && byte &- 65 < 26 ? byte | 0x20 : byte
  }

  /// The word at `at`, without quotes around it and without closing punctuation.
  static func word(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Extent {
    guard at >= 0 else { return .none }
    var start = at
    while start < to, isQuote(s[start]) || s[start] == 32 || s[start] == UInt8(ascii: ":") {
      start += 1
    }
    var end = start
    while end < to, end - start < longest, s[end] > 32, !isQuote(s[end]), !isClosing(s[end]) {
      end += 1
    }
    while end > start, s[end - 1] == UInt8(ascii: ".") || s[end - 1] == UInt8(ascii: ":") {
      end -= 1
    }
    return Extent(start, end)
  }

  /// The first quoted text from `at` on, where it begins within a few bytes.
  static func quoted(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Extent {
    guard at >= 0 else { return .none }
    var start = at
    while start < to, start - at < 24, !isQuote(s[start]) { start += 1 }
    guard start < to, isQuote(s[start]) else { return .none }
    let mark = s[start]
    let isEscaped = start > at && s[start - 1] == UInt8(ascii: "\\")
    let end = Bytes.find(mark, s, start + 1, min(to, start + longest))
    guard end > start + 1 else { return .none }
    return Extent(start + 1, isEscaped && s[end - 1] == UInt8(ascii: "\\") ? end - 1 : end)
  }

  /// The first run of digits from `at` on, where it begins within a few bytes.
  static func number(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Extent {
    guard at >= 0 else { return .none }
    var start = at
    while start < to, start - at < 24, !Bytes.isDigit(s[start]) { start += 1 }
    return Extent(start, Bytes.digitsEnd(s, start, min(to, start + 18)))
  }

  static func upToParenthesis(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Extent {
    guard at >= 0 else { return .none }
    let end = Bytes.find(UInt8(ascii: ")"), s, at, min(to, at + longest))
    return end > at ? Extent(at, end) : .none
  }

  private static func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
      || byte == UInt8(ascii: "\\")
  }
  private static func isClosing(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ")"), UInt8(ascii: "]"),
      UInt8(ascii: ">"), UInt8(ascii: "}"):
      true
    default: false
    }
  }
}
