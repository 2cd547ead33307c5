/// Secrets whose name stands in a pair: `["password", "…"]`, `name: DB_PASSWORD value: …`.
enum SecretPair {
  // MARK: Name and value, apart by a comma

  /// What follows the comma at `at`, both sides of which are quoted. In an object
  /// (`"grant_type":"password","client_id":"…"`) the name is a value, and what follows a name.
  static func afterComma(_ s: Span<UInt8>, _ from: Int, _ at: Int, _ to: Int) -> Range<Int>? {
    guard at > from + 3, at + 2 < to,
      s[at - 1] == UInt8(ascii: "\"") || s[at - 1] == UInt8(ascii: "'"),
      let name = SecretValue.Name(s, from, at, to), name.isQuoted, name.opening != 0
    else { return nil }
    let before = back(s, from, name.from)
    guard before == from || s[before - 1] != UInt8(ascii: ":") && s[before - 1] != UInt8(ascii: "=")
    else { return nil }
    let kind = SecretName.kind(s, name.from, name.to)
    if kind == .none || kind == .parameter { return nil }
    let opened = SecretValue.Opening(s, Bytes.skipBlanks(s, at + 1, to), to)
    guard opened.quote != 0, opened.quote != UInt8(ascii: "%") else { return nil }
    let stop = SecretValue.closing(s, opened.end, opened, to)
    guard stop > opened.end, !isName(s, stop, to) else { return nil }
    // Lists of names (`["password", "grant_type"]`) are no pairs.
    let isSecret =
      kind == .strong
      ? !(opened.end..<stop).allSatisfy { isNameLetter(s[$0]) }
      : SecretWord.looksMade(s, opened.end, stop)
    return isSecret && !SecretWord.saysNone(s, opened.end, stop) ? opened.end..<stop : nil
  }

  /// Whether the quotes at `at` close the name of another value.
  private static func isName(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Bool {
    var i = at
    while i < to, isFrame(s[i]) { i += 1 }
    return i < to && (s[i] == UInt8(ascii: ":") || s[i] == UInt8(ascii: "="))
  }

  private static func isNameLetter(_ c: UInt8) -> Bool {
    c | 0x20 &- 97 < 26 || c == UInt8(ascii: "-") || c == UInt8(ascii: "_")
      || c == UInt8(ascii: ".")
  }

  // MARK: name: …, value: …

  /// What the name before is of, where this one is `value`: of environments, headers and parameters as
  /// Kubernetes, Helm and HAR write them.
  static func kind(
    ofValue name: SecretValue.Name, _ s: Span<UInt8>, _ from: Int
  ) -> SecretName.Kind {
    guard name.to - name.from == 5, SecretName.begins("value", s, name.from, name.to) else {
      return .none
    }
    var end = back(s, from, name.from)
    if end > from, s[end - 1] == UInt8(ascii: ",") || s[end - 1] == UInt8(ascii: ";") {
      end = back(s, from, end - 1)
    }
    let start = wordStart(s, from, end)
    let mark = back(s, from, start)
    guard start < end, mark > from,
      s[mark - 1] == UInt8(ascii: ":") || s[mark - 1] == UInt8(ascii: "=")
    else { return .none }
    let last = back(s, from, mark - 1)
    let first = wordStart(s, from, last)
    guard
      SecretName.begins("name", s, first, last) && last - first == 4
        || SecretName.begins("key", s, first, last) && last - first == 3
    else { return .none }
    return SecretName.kind(s, start, end)
  }

  private static func wordStart(_ s: Span<UInt8>, _ from: Int, _ end: Int) -> Int {
    var i = end
    while i > from, end - i < SecretName.longest, SecretValue.isNameByte(s[i - 1]) { i -= 1 }
    return i
  }

  /// Before the blanks and quotes that end at `at`.
  private static func back(_ s: Span<UInt8>, _ from: Int, _ at: Int) -> Int {
    var i = at
    while i > from, at - i < 64, isFrame(s[i - 1]) { i -= 1 }
    return i
  }

  private static func isFrame(_ c: UInt8) -> Bool {
    c <= 32 || c == UInt8(ascii: "\"") || c == UInt8(ascii: "'") || c == UInt8(ascii: "\\")
  }
}
