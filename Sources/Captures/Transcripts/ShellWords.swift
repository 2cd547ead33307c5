enum ShellWords {
  /// Splits as a shell does; variables stay as they are.
  static func split(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> [[UInt8]] {
    var words: [[UInt8]] = []
    var word: [UInt8] = []
    var quote: UInt8 = 0
    var isOpen = false
    var i = from
    while i < to, words.count < 256 {
      let c = s[i]
      i += 1
      if quote != 0 {
        if c == quote {
          quote = 0
        } else if c == UInt8(ascii: "\\"), quote == UInt8(ascii: "\""), i < to {
          word.append(s[i])
          i += 1
        } else {
          word.append(c)
        }
      } else if c == UInt8(ascii: "\"") || c == UInt8(ascii: "'") {
        // `$'…'`.
        if word.last == UInt8(ascii: "$") { word.removeLast() }
        quote = c
        isOpen = true
      } else if c == UInt8(ascii: "\\"), i < to {
        if s[i] != 10 {
          word.append(s[i])
          isOpen = true
        }
        i += 1
      } else if c == 32 || c == 9 || c == 10 {
        if isOpen || !word.isEmpty { words.append(word) }
        word = []
        isOpen = false
      } else if c == UInt8(ascii: "|") || c == UInt8(ascii: ";") || c == UInt8(ascii: "&") {
        break
      } else {
        word.append(c)
      }
    }
    if isOpen || !word.isEmpty { words.append(word) }
    return words
  }
}
