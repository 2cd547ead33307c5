internal import ByteScan

/// The bare word of a command that is its URL. A word that may be something else is none: values stray from their
/// options, and what is called a host is printed.
struct CommandAddress {
  /// Ordered: with a scheme, a path behind a variable, a host, a variable alone.
  private enum Likeness: Int {
    case scheme, path, host, variable
  }

  private var best: (word: [UInt8], likeness: Likeness)?
  private var variables = 0
  /// `https://user:password@host`.
  private(set) var hasCredential = false

  /// Variables beside the address may be any options.
  var isBesideVariables: Bool {
    guard let best else { return variables > 0 }
    return variables > (best.likeness == .path || best.likeness == .variable ? 1 : 0)
  }

  mutating func offer(_ word: [UInt8]) {
    if word.first == UInt8(ascii: "$") { variables += 1 }
    guard let likeness = likeness(word) else { return }
    if let best, best.likeness.rawValue <= likeness.rawValue { return }
    best = (word, likeness)
  }

  private func likeness(_ word: [UInt8]) -> Likeness? {
    let s = word.span
    guard word.count > 2, !word.contains(where: { $0 <= 32 || $0 == UInt8(ascii: "`") }) else {
      return nil
    }
    if CommandAddress.scheme(word) != nil { return .scheme }
    let slash = Bytes.find(UInt8(ascii: "/"), s, 0, s.count)
    let host = word[..<(slash < 0 ? word.count : slash)]
    if word[0] == UInt8(ascii: "$") {
      guard !host.contains(UInt8(ascii: "=")), !host.contains(UInt8(ascii: "@")),
        !host.contains(UInt8(ascii: "("))
      else { return nil }
      return slash < 0 ? .variable : .path
    }
    return CommandAddress.isHost(host) ? .host : nil
  }

  /// Absolute, or a path where the host is not known; `nil`: none. `isSure`: no bare word can be a value.
  mutating func url(isSure: Bool) -> [UInt8]? {
    guard let best, isSure || best.likeness == .scheme else { return nil }
    let word = best.word
    switch best.likeness {
    case .host: return Array("http://".utf8) + word
    case .path, .variable: return CommandAddress.path(word[...])
    case .scheme:
      guard let start = CommandAddress.scheme(word) else { return nil }
      let end = word[start...].firstIndex { [0x23, 0x2F, 0x3F].contains($0) } ?? word.count
      var host = word[start..<end]
      if let at = host.lastIndex(of: UInt8(ascii: "@")) {
        hasCredential = true
        host = host[(at + 1)...]
      }
      // A variable, `<host>`.
      guard CommandAddress.isHost(host, hasScheme: true) else {
        return CommandAddress.path(word[end...])
      }
      return Array(word[..<start]) + Array(host) + Array(word[end...])
    }
  }

  private static func path(_ word: ArraySlice<UInt8>) -> [UInt8] {
    guard let slash = word.firstIndex(of: UInt8(ascii: "/")) else { return [UInt8(ascii: "/")] }
    return Array(word[slash...])
  }

  /// Where the host begins behind `http://` and its like.
  private static func scheme(_ word: [UInt8]) -> Int? {
    let colon = Bytes.find("://", word.span, 0, min(word.count, 12))
    guard colon > 1, word[..<colon].allSatisfy({ $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }) else {
      return nil
    }
    return colon + 3
  }

  /// A name in small letters with a dot, `localhost`, an address; a port of digits. `Pa.ss`, `admin:1` and parts of
  /// tokens are none.
  private static func isHost(_ word: ArraySlice<UInt8>, hasScheme: Bool = false) -> Bool {
    if word.first == UInt8(ascii: "["), let end = word.lastIndex(of: UInt8(ascii: "]")) {
      return word[(word.startIndex + 1)..<end].allSatisfy {
        Bytes.isDigit($0) || $0 == 0x3A || $0 == 0x2E || $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x66
      } && isPort(word[(end + 1)...])
    }
    let colon = word.firstIndex(of: UInt8(ascii: ":")) ?? word.endIndex
    let name = word[..<colon]
    guard isPort(word[colon...]), name.count < 254, !name.isEmpty else { return false }
    let isName = name.allSatisfy {
      Bytes.isDigit($0) || $0 >= 0x61 && $0 <= 0x7A || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F
        || hasScheme && $0 >= 0x41 && $0 <= 0x5A
    }
    return isName
      && (hasScheme || name.dropFirst().dropLast().contains(0x2E)
        || name.elementsEqual("localhost".utf8))
  }

  private static func isPort(_ word: ArraySlice<UInt8>) -> Bool {
    word.isEmpty
      || word.count < 7 && word.count > 1 && word.first == 0x3A
        && word.dropFirst().allSatisfy { Bytes.isDigit($0) }
  }
}
