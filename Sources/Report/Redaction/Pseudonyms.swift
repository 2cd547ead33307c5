/// Replaces user names and addresses in texts by `user-1`, `ip-1`, …: the same name always by the
/// same pseudonym, numbered by first appearance.
struct Pseudonyms {
  /// Names known to be of users; other words are left alone, except mail addresses.
  private(set) var knownUsers: Set<String>
  let hidesAddresses: Bool
  private var users: [String: String] = [:]
  private var addresses: [String: String] = [:]

  init(knownUsers: Set<String>, hidesAddresses: Bool) {
    self.knownUsers = knownUsers
    self.hidesAddresses = hidesAddresses
  }

  /// A name that is a user's from here on.
  mutating func know(_ user: String) {
    if !["", "-", "null", "none"].contains(user) { knownUsers.insert(user) }
  }

  /// A text that is a user name as a whole.
  mutating func user(_ name: String) -> String {
    guard !name.isEmpty else { return name }
    if let known = users[name] { return known }
    let pseudonym = "user-\(users.count + 1)"
    users[name] = pseudonym
    return pseudonym
  }

  /// A text in which names and addresses may stand.
  mutating func text(_ text: String) -> String {
    if knownUsers.contains(text) { return user(text) }
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    var i = 0
    while i < bytes.count {
      guard Pseudonyms.isWord(bytes[i]) else {
        out.append(bytes[i])
        i += 1
        continue
      }
      var end = i
      while end < bytes.count, Pseudonyms.isWord(bytes[end]) { end += 1 }
      out += word(bytes[i..<end])
      i = end
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Quotation marks and the ellipsis, as our own texts put them around what they quote: no part of a name.
  private static let marks: [[UInt8]] = ["“", "”", "‘", "’", "„", "«", "»", "…"].map {
    Array($0.utf8)
  }

  /// One run of letters, digits and `._@+-:`; marks around it, and a stop or colon at its end, are not part of a name.
  private mutating func word(_ word: ArraySlice<UInt8>) -> [UInt8] {
    for mark in Pseudonyms.marks {
      if let at = Pseudonyms.find(mark, word) {
        let head = word[..<at]
        let tail = word[(at + mark.count)...]
        return (head.isEmpty ? [] : self.word(head)) + mark + (tail.isEmpty ? [] : self.word(tail))
      }
    }
    var core = word
    while let last = core.last, ".:-".utf8.contains(last) { core.removeLast() }
    let tail = word[core.endIndex...]
    let text = String(decoding: core, as: UTF8.self)
    if knownUsers.contains(text) || Pseudonyms.isMail(core) {
      return Array(user(text).utf8) + tail
    }
    guard hidesAddresses else { return Array(word) }
    if let length = Pseudonyms.addressLength(core) {
      let address = String(decoding: core.prefix(length), as: UTF8.self)
      return Array(pseudonym(address: address).utf8) + word.dropFirst(length)
    }
    // `shop:alice`, `user=…` were split at `=`; a colon may still join a name to another word.
    let parts = core.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count > 1 else { return Array(word) }
    var out: [UInt8] = []
    for (i, part) in parts.enumerated() {
      if i > 0 { out.append(UInt8(ascii: ":")) }
      out += self.word(part)
    }
    return out + tail
  }

  private static func find(_ mark: [UInt8], _ word: ArraySlice<UInt8>) -> Int? {
    var i = word.startIndex
    while i + mark.count <= word.endIndex {
      if word[i] == mark[0], word[i..<(i + mark.count)].elementsEqual(mark) { return i }
      i += 1
    }
    return nil
  }

  private mutating func pseudonym(address: String) -> String {
    if let known = addresses[address] { return known }
    let pseudonym = "ip-\(addresses.count + 1)"
    addresses[address] = pseudonym
    return pseudonym
  }

  private static func isWord(_ c: UInt8) -> Bool {
    switch c {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "@"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: ":"), 0x80...:
      true
    default: false
    }
  }

  private static func isMail(_ word: ArraySlice<UInt8>) -> Bool {
    guard let at = word.firstIndex(of: UInt8(ascii: "@")), at > word.startIndex else {
      return false
    }
    return word[(at + 1)...].dropFirst().contains(UInt8(ascii: "."))
  }

  /// Length of the address a word is or begins with (`ip:port`); `nil` for anything else.
  static func addressLength(_ word: ArraySlice<UInt8>) -> Int? {
    let v4 = word.prefix { $0 != UInt8(ascii: ":") }
    let parts = v4.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    if parts.count == 4,
      parts.allSatisfy({ part in
        part.count <= 3 && (Int(String(decoding: part, as: UTF8.self)) ?? 256) < 256
      })
    {
      return v4.count
    }
    guard word.allSatisfy({ isHex($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") })
    else { return nil }
    let groups = word.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    let hasGap = groups.dropFirst().dropLast().contains(where: \.isEmpty)
    guard groups.count == 8 || hasGap, groups.count <= 8, groups.count >= 3 else { return nil }
    return word.count
  }

  private static func isHex(_ c: UInt8) -> Bool {
    (48...57).contains(c) || (97...102).contains(c) || (65...70).contains(c)
  }
}
