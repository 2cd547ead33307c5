/// Secrets that no mark leads in: behind a blank (`--password …`, `token '…'`, `-u user:…`), in a URL's user
/// info, in a path behind a word like `reset-password`, in an element of XML.
enum SecretPlace {
  // MARK: Behind a blank

  /// What follows the blank at `at`, when the word before it leads in a secret.
  static func afterBlank(_ s: Span<UInt8>, _ from: Int, _ at: Int, _ to: Int) -> Range<Int>? {
    guard at > from, at + 1 < to else { return nil }
    switch s[at - 1] | 0x20 {
    case UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "d"), UInt8(ascii: "l"),
      UInt8(ascii: "e"), UInt8(ascii: "y"), UInt8(ascii: "s"):
      break
    case UInt8(ascii: "u"), UInt8(ascii: "r"): return userOption(s, from, at, to)
    default: return nil
    }
    var start = at
    while start > from, at - start < SecretName.longest, SecretValue.isNameByte(s[start - 1]) {
      start -= 1
    }
    guard at - start >= 2 else { return nil }
    if s[start] == UInt8(ascii: "-") { return option(s, start, at, to) }
    if s[at - 1] == UInt8(ascii: "s") {
      // `password is …`, `the token was …`
      guard at - start <= 3, start > from, s[start - 1] == 32 else { return nil }
      let end = start - 1
      start = end
      while start > from, end - start < SecretName.longest, SecretValue.isNameByte(s[start - 1]) {
        start -= 1
      }
      return prose(s, start, end, at, to)
    }
    return prose(s, start, at, at, to)
  }

  /// `--client-secret …`
  private static func option(_ s: Span<UInt8>, _ from: Int, _ at: Int, _ to: Int) -> Range<Int>? {
    var name = from
    while name < at, s[name] == UInt8(ascii: "-") { name += 1 }
    guard name < at else { return nil }
    switch SecretName.kind(s, name, at) {
    case .strong, .header: break
    case .weak:
      guard SecretName.begins("token", s, name, at) || SecretName.begins("pass", s, name, at) else {
        return nil
      }
    case .parameter, .none: return nil
    }
    let opened = SecretValue.Opening(s, Bytes.skipBlanks(s, at, to), to)
    let i = opened.end
    let stop = opened.quote != 0 ? SecretValue.closing(s, i, opened, to) : wordEnd(s, i, to)
    guard stop > i, s[i] != UInt8(ascii: "-"), !SecretWord.saysNone(s, i, stop) else { return nil }
    return i..<stop
  }

  /// `-u user:…`, `--user user:…`, `--proxy-user user:…`
  private static func userOption(_ s: Span<UInt8>, _ from: Int, _ at: Int, _ to: Int) -> Range<Int>?
  {
    let isShort =
      at - from >= 2 && s[at - 2] == UInt8(ascii: "-") && s[at - 1] | 0x20 == UInt8(ascii: "u")
    guard isShort || isBefore("-user", s, from, at) else { return nil }
    let opened = SecretValue.Opening(s, Bytes.skipBlanks(s, at, to), to)
    let stop =
      opened.quote != 0
      ? SecretValue.closing(s, opened.end, opened, to) : wordEnd(s, opened.end, to)
    let colon = Bytes.find(UInt8(ascii: ":"), s, opened.end, stop)
    guard colon > opened.end, colon + 1 < stop, s[colon + 1] != UInt8(ascii: "/") else {
      return nil
    }
    return (colon + 1)..<stop
  }

  private static func isBefore(_ word: StaticString, _ s: Span<UInt8>, _ from: Int, _ at: Int)
    -> Bool
  {
    let start = at - word.utf8CodeUnitCount
    return start >= from && Bytes.has(word, s, start, at)
  }

  private static func wordEnd(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    var i = from
    while i < to, s[i] > 32, s[i] != UInt8(ascii: "\""), s[i] != UInt8(ascii: "\\") { i += 1 }
    return i
  }

  /// `token '…'`, `Token … is not active`, `opaque token […]`, `password "…"`. The word is `s[from..<end]`.
  private static func prose(_ s: Span<UInt8>, _ from: Int, _ end: Int, _ at: Int, _ to: Int)
    -> Range<Int>?
  {
    // `/token …` is the end of a path.
    guard from == 0 || s[from - 1] != UInt8(ascii: "/"), let word = ProseWord(s, from, end) else {
      return nil
    }
    var i = Bytes.skipBlanks(s, at, to)
    // `token value …`
    if Bytes.has("value ", s, i, to) { i += 6 }
    var opened = SecretValue.Opening(s, i, to)
    var closing: UInt8 = 0
    if opened.quote == 0, i < to {
      switch s[i] {
      case UInt8(ascii: "["): closing = UInt8(ascii: "]")
      case UInt8(ascii: "("): closing = UInt8(ascii: ")")
      case UInt8(ascii: "<"): closing = UInt8(ascii: ">")
      case UInt8(ascii: "{"): closing = UInt8(ascii: "}")
      default: break
      }
      if closing != 0 {
        opened = SecretValue.Opening(s, i + 1, to)
        if opened.quote != 0 { closing = 0 }
      }
    }
    i = opened.end
    var stop = i
    if opened.quote != 0 {
      stop = SecretValue.closing(s, i, opened, to)
    } else if closing != 0 {
      stop = Bytes.find(closing, s, i, to)
    } else {
      while stop < to, s[stop] > 32, s[stop] != UInt8(ascii: "\""), s[stop] != UInt8(ascii: "\\"),
        s[stop] != UInt8(ascii: ","), s[stop] != UInt8(ascii: ";"), s[stop] != UInt8(ascii: "'"),
        s[stop] != UInt8(ascii: ")"), s[stop] != UInt8(ascii: "]")
      { stop += 1 }
      while stop > i, s[stop - 1] == UInt8(ascii: ".") || s[stop - 1] == UInt8(ascii: ":") {
        stop -= 1
      }
    }
    guard stop > i, Bytes.find(32, s, i, stop) < 0, !Bytes.has("eyJ", s, i, stop) else {
      return nil
    }
    let isEnclosed = opened.quote != 0 || closing != 0
    return word.isSecret(s, i, stop, isEnclosed: isEnclosed) ? i..<stop : nil
  }

  /// A word of prose that a secret may follow.
  private enum ProseWord {
    case password, token, secret

    init?(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
      func ends(_ word: StaticString) -> Bool {
        let start = to - word.utf8CodeUnitCount
        return start >= from && SecretName.begins(word, s, start, to)
      }
      if ends("password") || ends("passwd") || ends("passphrase") {
        self = .password
      } else if ends("token") || ends("assertion") || ends("jwt") || ends("cookie")
        || ends("credential")
      {
        self = .token
      } else if ends("secret") || ends("apikey") || ends("api_key") || ends("api-key") {
        self = .secret
      } else {
        return nil
      }
    }

    func isSecret(_ s: Span<UInt8>, _ from: Int, _ to: Int, isEnclosed: Bool) -> Bool {
      switch self {
      case .password:
        isEnclosed
          ? !SecretWord.saysNone(s, from, to) && !SecretWord.isWord(s, from, to)
          : SecretWord.isMixed(s, from, to, atLeast: 6)
      case .token:
        isEnclosed && SecretWord.looksMade(s, from, to) && SecretWord.isTokenText(s, from, to)
          || SecretWord.looksRandom(s, from, to)
      case .secret: SecretWord.looksRandom(s, from, to)
      }
    }
  }

  // MARK: In a URL

  /// The password in `://user:…@`, at the colon; a user info that is a token alone.
  static func userInfo(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Range<Int>? {
    guard Bytes.has("://", s, at, to) else { return nil }
    let start = at + 3
    let limit = min(to, start + 1024)
    var i = start
    var colon = -1
    var mark = -1
    var slash = -1
    while i < limit, s[i] > 32, s[i] != UInt8(ascii: "\""), s[i] != UInt8(ascii: "<"),
      s[i] != UInt8(ascii: ">"),
      s[i] != UInt8(ascii: "?")
    {
      switch s[i] {
      case UInt8(ascii: ":"): if colon < 0, slash < 0 { colon = i }
      case UInt8(ascii: "@"):
        // Behind a slash it is user info only where no port stands before the slash.
        if slash < 0 || colon >= 0 && !isPort(s, colon + 1, slash) { mark = i }
      case UInt8(ascii: "/"): if slash < 0 { slash = i }
      default: break
      }
      i += 1
    }
    guard mark > start else { return nil }
    if colon >= start, colon < mark { return colon + 1 < mark ? (colon + 1)..<mark : nil }
    return SecretWord.looksMade(s, start, mark) ? start..<mark : nil
  }

  private static func isPort(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    from < to && (from..<to).allSatisfy { Bytes.isDigit(s[$0]) }
  }

  /// The segment behind the slash at `at`, when the one before it is such a word and it was made at random.
  static func segment(_ s: Span<UInt8>, _ from: Int, _ at: Int, _ to: Int) -> Range<Int>? {
    guard at > from, at + 20 <= to else { return nil }
    switch s[at - 1] | 0x20 {
    case UInt8(ascii: "d"), UInt8(ascii: "e"), UInt8(ascii: "n"), UInt8(ascii: "y"),
      UInt8(ascii: "t"),
      UInt8(ascii: "k"), UInt8(ascii: "m"), UInt8(ascii: "c"), UInt8(ascii: "r"):
      break
    default: return nil
    }
    var start = at
    while start > from, at - start < 32, SecretValue.isNameByte(s[start - 1]) { start -= 1 }
    guard start == from || !SecretValue.isNameByte(s[start - 1]), isDoor(s, start, at) else {
      return nil
    }
    var stop = at + 1
    while stop < to,
      Redaction.isTokenByte(s[stop]) || s[stop] == UInt8(ascii: ".")
        || s[stop] == UInt8(ascii: "~") || s[stop] == UInt8(ascii: "=")
        || s[stop] == UInt8(ascii: "+")
    { stop += 1 }
    return SecretWord.looksRandom(s, at + 1, stop) ? (at + 1)..<stop : nil
  }

  /// Words of paths behind which whoever knows the next segment is let in.
  private static let doors: [StaticString] = [
    "password", "reset", "invite", "invitation", "token", "key", "secret", "verify", "verification",
    "activate",
    "activation", "confirm", "confirmation", "magic", "link", "unsubscribe", "recover", "recovery",
    "ticket",
    "hook", "webhook",
  ]

  private static func isDoor(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    doors.contains { word in
      let start = to - word.utf8CodeUnitCount
      return start >= from && SecretName.begins(word, s, start, to)
        && (start == from || !(s[start - 1] | 0x20 &- 97 < 26) || s[start] &- 65 < 26)
    }
  }

  // MARK: In XML

  /// The text of the element whose start tag ends at `at`.
  static func element(_ s: Span<UInt8>, _ from: Int, _ at: Int, _ to: Int) -> Range<Int>? {
    var start = at
    while start > from, at - start < SecretName.longest, SecretValue.isNameByte(s[start - 1]) {
      start -= 1
    }
    guard start < at, start > from,
      s[start - 1] == UInt8(ascii: "<") || s[start - 1] == UInt8(ascii: ":")
    else { return nil }
    let kind = SecretName.kind(s, start, at)
    guard kind == .strong || kind == .weak else { return nil }
    let stop = Bytes.find(UInt8(ascii: "<"), s, at + 1, to)
    let end = stop < 0 ? to : stop
    guard end > at + 1, kind == .strong || SecretWord.looksMade(s, at + 1, end) else { return nil }
    return SecretWord.saysNone(s, at + 1, end) ? nil : (at + 1)..<end
  }
}
