/// Pseudonyms for what is not a report: records, and lines as they stand in a log. Users are known by the names of the
/// fields they stand in, from there on.
package struct LineRedaction {
  private var names: Pseudonyms
  private let isOn: Bool

  package init(_ level: RedactionLevel, users: [String] = []) {
    names = Pseudonyms(knownUsers: [], hidesAddresses: level == .all)
    isOn = level != .none
    for user in users { names.know(user) }
  }

  /// A line of a log.
  package mutating func line(_ bytes: [UInt8]) -> [UInt8] {
    guard isOn else { return bytes }
    learn(bytes)
    return Array(names.text(String(decoding: bytes, as: UTF8.self)).utf8)
  }

  // MARK: Records

  /// What we say ourselves, in which nothing is looked for.
  private static let ours: Set<String> = [
    "citation", "format", "kind", "time", "severity", "statement", "logger",
  ]
  private static let users: Set<String> = ["keycloak.username", "keycloak.user_id"]

  /// Whole lines of NDJSON (`why401 records`).
  package mutating func records(_ bytes: [UInt8]) -> [UInt8] {
    guard isOn else { return bytes }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var key = ""
    var i = 0
    while i < bytes.count {
      guard bytes[i] == UInt8(ascii: "\"") else {
        out.append(bytes[i])
        i += 1
        continue
      }
      let end = LineRedaction.stringEnd(bytes, i + 1)
      let text = bytes[(i + 1)..<end]
      if end + 1 < bytes.count, bytes[end + 1] == UInt8(ascii: ":") {
        key = String(decoding: text, as: UTF8.self)
        out += bytes[i...end]
      } else {
        out.append(bytes[i])
        out += value(text, of: key)
        if end < bytes.count { out.append(bytes[end]) }
      }
      i = end + 1
    }
    return out
  }

  private mutating func value(_ text: ArraySlice<UInt8>, of key: String) -> [UInt8] {
    if LineRedaction.ours.contains(key) { return Array(text) }
    if LineRedaction.users.contains(key) {
      let name = String(decoding: text, as: UTF8.self)
      names.know(name)
      return Array((name == "null" ? name : names.user(name)).utf8)
    }
    learn(Array(text))
    // What stands between escapes: the letter of one belongs to no word.
    var out: [UInt8] = []
    var start = text.startIndex
    var i = start
    func run(_ part: ArraySlice<UInt8>, _ names: inout Pseudonyms) -> [UInt8] {
      part.isEmpty ? [] : Array(names.text(String(decoding: part, as: UTF8.self)).utf8)
    }
    while i < text.endIndex {
      guard text[i] == UInt8(ascii: "\\") else {
        i += 1
        continue
      }
      out += run(text[start..<i], &names)
      let isLong = i + 1 < text.endIndex && text[i + 1] == UInt8(ascii: "u")
      let next = min(text.endIndex, i + (isLong ? 6 : 2))
      out += text[i..<next]
      start = next
      i = next
    }
    return out + run(text[start...], &names)
  }

  private static func stringEnd(_ bytes: [UInt8], _ from: Int) -> Int {
    var i = from
    while i < bytes.count, bytes[i] != UInt8(ascii: "\"") {
      i += bytes[i] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(i, bytes.count)
  }

  // MARK: Users

  private static let fields: [[UInt8]] = [
    "username", "user", "preferred_username", "remote_user", "userid", "email", "login", "uid",
  ].map { Array($0.utf8) }

  /// `username="…"`, `"username":"…"`, `user=…`, and the third word of an access line (`- alice [`).
  private mutating func learn(_ s: [UInt8]) {
    for i in s.indices {
      switch s[i] {
      case UInt8(ascii: "="), UInt8(ascii: ":"): if let user = named(s, i) { names.know(user) }
      case UInt8(ascii: "["): if let user = beforeStamp(s, i) { names.know(user) }
      default: break
      }
    }
  }

  private func named(_ s: [UInt8], _ at: Int) -> String? {
    var end = at
    while end > 0, LineRedaction.isQuote(s[end - 1]) { end -= 1 }
    let isQuoted = end < at
    // `user: not found` is prose.
    guard isQuoted || s[at] == UInt8(ascii: "=") else { return nil }
    var start = end
    while start > 0, end - start < 24, LineRedaction.isName(s[start - 1]) { start -= 1 }
    let name = s[start..<end].map { $0 &- 65 < 26 ? $0 | 0x20 : $0 }
    guard LineRedaction.fields.contains(name) else { return nil }
    var i = at + 1
    while i < s.count, LineRedaction.isQuote(s[i]) || s[i] == 32 && isQuoted { i += 1 }
    let from = i
    while i < s.count, s[i] > 32, !LineRedaction.isQuote(s[i]), !",;&)]}".utf8.contains(s[i]) {
      i += 1
    }
    return i > from ? String(decoding: s[from..<i], as: UTF8.self) : nil
  }

  /// `192.0.2.1 - alice [21/Aug/2026:…`
  private func beforeStamp(_ s: [UInt8], _ at: Int) -> String? {
    guard at >= 5, at + 12 < s.count, s[at - 1] == 32, s[at + 3] == UInt8(ascii: "/"),
      s[at + 7] == UInt8(ascii: "/")
    else { return nil }
    var start = at - 1
    while start > 0, s[start - 1] > 32 { start -= 1 }
    guard start >= 3, s[start - 2] == UInt8(ascii: "-"), s[start - 3] == 32 else { return nil }
    return String(decoding: s[start..<(at - 1)], as: UTF8.self)
  }

  private static func isQuote(_ c: UInt8) -> Bool {
    c == UInt8(ascii: "\"") || c == UInt8(ascii: "'") || c == UInt8(ascii: "\\")
  }
  private static func isName(_ c: UInt8) -> Bool {
    c | 0x20 &- 97 < 26 || c == UInt8(ascii: "_") || c &- 48 < 10
  }
}
