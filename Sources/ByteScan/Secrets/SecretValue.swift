/// Where the value of a secret's name stands behind `=`, `:`, `=>`, `->`, `→`, `>`, `%3D` or `%3A`.
enum SecretValue {
  /// The value that belongs to the name before the mark at `at`; nil when it is no secret's name, or when the
  /// value is no secret.
  static func find(_ s: Span<UInt8>, _ from: Int, _ at: Int, _ to: Int) -> Range<Int>? {
    guard let mark = Mark(s, from, at, to), let name = Name(s, from, mark.name, to) else {
      return nil
    }
    var kind = SecretName.kind(s, name.from, name.to)
    if kind == .none { kind = SecretPair.kind(ofValue: name, s, from) }
    if kind == .none { return nil }
    if kind == .header { return SecretHeader.value(s, mark, name, to) }
    if kind == .parameter, !mark.isEncoded, mark.isColon || !isParameter(s, from, name) {
      return nil
    }
    return value(s, from, mark, name, kind, to)
  }

  // MARK: Mark and name

  /// What stands between a name and its value.
  struct Mark {
    /// Where the name ends at the latest.
    let name: Int
    /// The first byte behind the mark.
    let after: Int
    let isColon: Bool
    let isEncoded: Bool
    /// `>` alone, which is rarely one.
    let isAngle: Bool

    init?(_ s: Span<UInt8>, _ from: Int, _ at: Int, _ to: Int) {
      var after = at + 1
      var isColon = s[at] == UInt8(ascii: ":")
      let isEncoded = s[at] == UInt8(ascii: "%")
      if isEncoded {
        // `%253D` was encoded twice.
        while Bytes.has("25", s, after, to) { after += 2 }
        guard after + 2 <= to, s[after] == UInt8(ascii: "3") else { return nil }
        switch s[after + 1] | 0x20 {
        case UInt8(ascii: "d"): break
        case UInt8(ascii: "a"): isColon = true
        default: return nil
        }
        after += 2
      } else if isColon {
        // `Cookies::Overflow`
        if after < to, s[after] == UInt8(ascii: ":") { return nil }
        if after < to, s[after] == UInt8(ascii: "=") { after += 1 }
      } else if s[at] == 0xe2 {
        // U+2192
        guard at + 2 < to, s[at + 1] == 0x86, s[at + 2] == 0x92 else { return nil }
        after = at + 3
      } else if s[at] == UInt8(ascii: "="), after < to,
        s[after] == UInt8(ascii: ">") || s[after] == UInt8(ascii: "=")
      {
        after += 1
      }
      var name = at
      var isAngle = false
      if s[at] == UInt8(ascii: ">") {
        guard at > from, s[at - 1] != UInt8(ascii: "=") else { return nil }
        isAngle = s[at - 1] != UInt8(ascii: "-")
        if !isAngle { name -= 1 }
      } else if !isColon, name > from, s[name - 1] == UInt8(ascii: ":") {
        name -= 1
      }
      var i = name
      while i > from, name - i < 32, s[i - 1] == 32 || s[i - 1] == 9 { i -= 1 }
      self.name = i
      self.after = after
      self.isColon = isColon
      self.isEncoded = isEncoded
      self.isAngle = isAngle
    }
  }

  /// The name, without the quotes around it: `"password"`, `\"password\"`, `""password""` in a cell of a
  /// table, `user[password]`, `%22password%22`.
  struct Name {
    let from: Int
    let to: Int
    let isQuoted: Bool
    /// The single or double quote before it; 0 none.
    let opening: UInt8

    init?(_ s: Span<UInt8>, _ from: Int, _ to: Int, _ limit: Int) {
      var end = to
      var isQuoted = false
      var hasBracket = false
      while end > from, to - end < 8 {
        switch s[end - 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
          isQuoted = true
          end -= 1
          continue
        case UInt8(ascii: "\\"):
          end -= 1
          continue
        case UInt8(ascii: "]"):
          hasBracket = true
          end -= 1
          continue
        case UInt8(ascii: "2"), UInt8(ascii: "7"), UInt8(ascii: "d"), UInt8(ascii: "D"):
          if end - 3 >= from, s[end - 3] == UInt8(ascii: "%"),
            s[end - 2] == UInt8(ascii: "2") || s[end - 2] == UInt8(ascii: "5")
          {
            isQuoted = isQuoted || s[end - 2] == UInt8(ascii: "2")
            end -= 3
            continue
          }
        default: break
        }
        break
      }
      var start = end
      while start > from, end - start < SecretName.longest, SecretValue.isNameByte(s[start - 1]) {
        start -= 1
      }
      if start > from, s[start - 1] == UInt8(ascii: "%") {
        // The digits of `%3F`, `%253F` are none of the name.
        var i = start
        while Bytes.has("25", s, i, end) { i += 2 }
        if i + 2 < end, Bytes.hexDigit(s[i]) != nil, Bytes.hexDigit(s[i + 1]) != nil {
          start = i + 2
        }
      }
      guard start < end else { return nil }
      if hasBracket {
        // `[Name]: …` is who speaks; `user[password]`, `params["password"]` are names.
        var i = start
        while i > from,
          s[i - 1] == UInt8(ascii: "\"") || s[i - 1] == UInt8(ascii: "'")
            || s[i - 1] == UInt8(ascii: "\\")
        { i -= 1 }
        guard i > from + 1, s[i - 1] == UInt8(ascii: "["),
          SecretValue.isNameByte(s[i - 2]) || s[i - 2] == UInt8(ascii: "]")
        else { return nil }
      }
      self.from = start
      self.to = end
      self.isQuoted = isQuoted
      let before = start > from ? s[start - 1] : 0
      opening = before == UInt8(ascii: "'") || before == UInt8(ascii: "\"") ? before : 0
    }
  }

  // MARK: Value

  private static func value(
    _ s: Span<UInt8>, _ from: Int, _ mark: Mark, _ name: Name, _ kind: SecretName.Kind, _ to: Int
  ) -> Range<Int>? {
    let isTight =
      mark.isColon && !mark.isEncoded && !name.isQuoted && mark.after < to
      && s[mark.after] != 32 && s[mark.after] != 9
    let start = Bytes.skipBlanks(s, mark.after, to)
    let opened = Opening(s, start, to)
    let i = opened.end
    let stop: Int
    if opened.quote != 0 {
      stop = closing(s, i, opened, to)
    } else if kind == .strong {
      // What has to look made is asked by its first bytes.
      let near = min(to, i + 1024)
      let looksMade = (isTight || mark.isAngle) && near < to
      if looksMade, !SecretWord.isMixed(s, i, loose(s, i, mark, near), atLeast: 8) { return nil }
      stop = loose(s, i, mark, to)
    } else {
      var end = i
      while end < to, !isEnd(s[end]), !isEncodedEnd(s, end, mark, to) { end += 1 }
      stop = end
    }
    guard stop > i, !SecretWord.saysNone(s, i, stop) else { return nil }
    if mark.isAngle, !SecretWord.isMixed(s, i, stop, atLeast: 8) { return nil }
    if opened.quote == 0, s[i] == UInt8(ascii: "{") {
      // What is not always a secret may hold several members; those that are secrets have names of their own.
      return kind == .strong ? (i + 1)..<braceEnd(s, i + 1, to) : nil
    }
    if mark.isColon, opened.quote == 0, !mark.isEncoded, s[i - 1] <= 32 || isTight {
      // `Token: client used …` is prose; so is `'validate-password' : [ authSelection …`.
      if SecretWord.beginsProse(s, i, stop, to) { return nil }
      if s[mark.name] <= 32, !SecretWord.isMixed(s, i, stop, atLeast: 6) { return nil }
    }
    // A number of tokens.
    if stop - i <= 5, SecretName.isToken(s, name.from, name.to),
      (i..<stop).allSatisfy({ Bytes.isDigit(s[$0]) })
    {
      return nil
    }
    if isTight, !SecretWord.isMixed(s, i, stop, atLeast: 8) { return nil }
    if kind == .strong { return i..<stop }
    // A query that is a word of its own (IIS) begins behind a blank, and goes on behind an ampersand.
    let isWord =
      name.from > from && s[name.from - 1] <= 32 && stop < to && s[stop] == UInt8(ascii: "&")
    if mark.isEncoded || !mark.isColon && (isWord || isParameter(s, from, name)) {
      let hasDigit = (i..<stop).contains { Bytes.isDigit(s[$0]) }
      return stop - i > 4 || !hasDigit ? i..<stop : nil
    }
    return SecretWord.looksMade(s, i, stop) ? i..<stop : nil
  }

  private static func isParameter(_ s: Span<UInt8>, _ from: Int, _ name: Name) -> Bool {
    guard name.from > from else { return false }
    let before = s[name.from - 1]
    return before == UInt8(ascii: "?") || before == UInt8(ascii: "&") || before == UInt8(ascii: ";")
  }

  /// What opens a value: `"`, `'`, `\"`, `""`, `%22`, each also behind `[`.
  struct Opening {
    /// The first byte of the value.
    let end: Int
    /// The quote that closes it; 0 none, `%` for `%22`.
    let quote: UInt8
    /// Backslashes before the quote.
    let depth: Int
    let isList: Bool

    init(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
      var i = from
      let isList = i < to && s[i] == UInt8(ascii: "[")
      if isList { i = Bytes.skipBlanks(s, i + 1, to) }
      self.isList = isList
      var depth = 0
      while i + depth < to, s[i + depth] == UInt8(ascii: "\\") { depth += 1 }
      let at = i + depth
      if at < to,
        s[at] == UInt8(ascii: "\"") || s[at] == UInt8(ascii: "'") || s[at] == UInt8(ascii: "`")
      {
        var end = at + 1
        if s[at] == UInt8(ascii: "\""), end + 1 < to, s[end] == s[at],
          !SecretValue.isEnd(s[end + 1])
        {
          end += 1
        }
        self.end = end
        quote = s[at]
        self.depth = depth
      } else if Bytes.has("%22", s, i, to) {
        end = i + 3
        quote = UInt8(ascii: "%")
        self.depth = 0
      } else {
        end = i + min(depth, 1)
        quote = 0
        self.depth = 0
      }
    }
  }

  /// The end of a quoted value: the quote behind as many backslashes as the opening one (more of them belong to
  /// the value).
  static func closing(_ s: Span<UInt8>, _ from: Int, _ opened: Opening, _ to: Int) -> Int {
    var i = from
    var run = 0
    while i < to {
      if opened.quote == UInt8(ascii: "%") {
        if Bytes.has("%22", s, i, to) { return i }
      } else if s[i] == opened.quote {
        let period = opened.depth < 30 ? 2 * (opened.depth + 1) : 2
        if run % period == opened.depth || run < opened.depth {
          return max(from, i - min(run, opened.depth))
        }
      }
      run = s[i] == UInt8(ascii: "\\") ? run + 1 : 0
      i += 1
    }
    return to
  }

  /// The brace that closes an object.
  private static func braceEnd(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    var depth = 1
    for i in from..<to {
      if s[i] == UInt8(ascii: "{") { depth += 1 }
      if s[i] == UInt8(ascii: "}") { depth -= 1 }
      if depth == 0 { return i }
    }
    return to
  }

  /// The end of an unquoted value that may hold any byte, as passwords do: a blank, or a mark behind which
  /// another name, or nothing, follows.
  private static func loose(_ s: Span<UInt8>, _ from: Int, _ mark: Mark, _ to: Int) -> Int {
    var i = from
    while i < to {
      switch s[i] {
      case 0...32, UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: "\\"): return i
      case UInt8(ascii: "&"), UInt8(ascii: ","), UInt8(ascii: ";"):
        if isNameNext(s, i + 1, to) { return i }
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "'"),
        UInt8(ascii: ">"):
        if i + 1 >= to || !Redaction.isTokenByte(s[i + 1]) { return i }
      case UInt8(ascii: "%"): if isEncodedEnd(s, i, mark, to) { return i }
      default: break
      }
      i += 1
    }
    return i
  }

  private static func isNameNext(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Bool {
    var i = at
    while i < to, isNameByte(s[i]) { i += 1 }
    if i >= to { return i == at }
    switch s[i] {
    case UInt8(ascii: "="), UInt8(ascii: ":"): return true
    case UInt8(ascii: "%"), UInt8(ascii: "["): return i > at
    default: return i == at
    }
  }

  /// `%26`, `%22`, `%2C`, `%7D`, `%20` end what began behind `%3D`.
  private static func isEncodedEnd(_ s: Span<UInt8>, _ at: Int, _ mark: Mark, _ to: Int) -> Bool {
    guard mark.isEncoded, s[at] == UInt8(ascii: "%") else { return false }
    var i = at + 1
    while Bytes.has("25", s, i, to) { i += 2 }
    return Bytes.has("26", s, i, to) || Bytes.has("22", s, i, to) || Bytes.has("20", s, i, to)
      || Bytes.has("2C", s, i, to) || Bytes.has("7D", s, i, to)
  }

  static func isNameByte(_ c: UInt8) -> Bool { Redaction.isTokenByte(c) || c == UInt8(ascii: ".") }

  static func isEnd(_ c: UInt8) -> Bool {
    switch c {
    case 0...32, UInt8(ascii: "&"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\""),
      UInt8(ascii: "'"), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"),
      UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "#"):
      true
    default: false
    }
  }
}
