internal import ByteScan

/// A curl command as typed: its method, its URL, and its headers, as the head of a request. Knows the
/// options that matter for who is asked and with what; passes over the others.
struct CommandLine {
  /// The head of the request.
  private(set) var head: [UInt8] = []
  private(set) var form: [UInt8] = []
  /// A credential may be in what is not read: files, certificates, forms, variables, options that nobody knows.
  private(set) var mayHideCredential = false

  private var method: [UInt8] = []
  private var address = CommandAddress()
  private var headers: [UInt8] = []
  private var words: ArraySlice<[UInt8]>
  /// What belongs to which option is not sure: a bare word may be a value.
  private var isUnsure = false
  private var isQuery = false

  /// `s[from..<to]` begins with `curl`; `nil` when it names no URL.
  init?(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    words = ShellWords.split(s, from, to)[...]
    guard words.popFirst() == Array("curl".utf8) else { return nil }
    while let word = words.popFirst() { take(word) }
    guard let url = address.url(isSure: !isUnsure) else { return nil }
    if address.hasCredential { headers += Array("Authorization: Basic …\n".utf8) }
    if address.isBesideVariables { mayHideCredential = true }
    if isQuery {
      form = []
      mayHideCredential = true
    }
    if method.isEmpty { method = Array((form.isEmpty ? "GET" : "POST").utf8) }
    head = method + [32] + url + Array(" HTTP/1.1\n".utf8) + headers
    if !form.isEmpty {
      head += Array("Content-Type: application/x-www-form-urlencoded\n".utf8)
    }
    head.append(10)
  }

  private mutating func take(_ word: [UInt8]) {
    if word.contains(where: { $0 >= 0x80 }) { beUnsure() }
    guard word.count > 1, word[0] == UInt8(ascii: "-") else {
      address.offer(word)
      return
    }
    if word[1] == UInt8(ascii: "-") {
      long(String(decoding: word[2...], as: UTF8.self))
    } else {
      short(word[1...])
    }
  }

  private mutating func beUnsure() {
    isUnsure = true
    mayHideCredential = true
  }

  private mutating func value() -> [UInt8] { words.popFirst() ?? [] }

  /// Options of one letter, together: `-sku admin:x`, `-XPOST`. What takes a value takes the rest, or the next word.
  private mutating func short(_ letters: ArraySlice<UInt8>) {
    var letters = letters
    while let letter = letters.popFirst() {
      if let flag = CommandOptions.flags[letter] {
        option(flag, [])
      } else if let name = CommandOptions.withValue[letter] {
        option(name, letters.isEmpty ? value() : Array(letters))
        return
      } else {
        beUnsure()
        return
      }
    }
  }

  private mutating func long(_ name: String) {
    if CommandOptions.longFlags.contains(name) || CommandOptions.closingFlags.contains(name) {
      option(name, [])
    } else if CommandOptions.longWithValue.contains(name)
      || CommandOptions.closingWithValue.contains(name)
    {
      option(name, value())
    } else {
      beUnsure()
    }
  }

  private mutating func option(_ name: String, _ value: [UInt8]) {
    switch name {
    case "request": method = value
    case "header": header(value)
    case "user": headers += Array("Authorization: Basic …\n".utf8)
    case "oauth2-bearer": headers += Array("Authorization: Bearer ".utf8) + value + [10]
    case "data", "data-raw", "data-binary", "data-urlencode", "data-ascii":
      form += (form.isEmpty ? [] : [UInt8(ascii: "&")]) + value
    case "form", "form-string", "json":
      mayHideCredential = true
      if method.isEmpty { method = Array("POST".utf8) }
    case "cookie": headers += Array("Cookie: …\n".utf8)
    case "head": method = Array("HEAD".utf8)
    case "get": isQuery = true
    case "url": address.offer(value)
    default:
      if CommandOptions.closingFlags.contains(name)
        || CommandOptions.closingWithValue.contains(name)
      {
        mayHideCredential = true
      }
    }
  }

  /// `@file` and `$HEADER` may be any; a name alone may have lost its quotes.
  private mutating func header(_ value: [UInt8]) {
    guard let colon = value.firstIndex(of: UInt8(ascii: ":")), value[0] != UInt8(ascii: "@"),
      value[0] != UInt8(ascii: "$")
    else {
      mayHideCredential = true
      return
    }
    if colon == value.count - 1 || value.contains(where: { $0 >= 0x80 }) { beUnsure() }
    headers += value + [10]
  }
}
