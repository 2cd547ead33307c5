internal import ByteScan

/// The words before or behind the time of an access line, of which some name the client and the host.
/// A list in commas (`X-Forwarded-For`) counts as one word, of which the first element is kept.
///
/// The client is whom the first proxy saw, where the line tells: the first element of a list of addresses.
struct CustomAccessWords {
  private var words: [Extent] = []
  /// The first word that was a list.
  private var list = Extent.none

  /// Reads `s[from..<to]`.
  init(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    var fields = BlankSeparated(from, to)
    var isContinued = false
    while words.count < 16 {
      let word = fields.next(s)
      guard word.start < to else { return }
      if word.start >= word.end { continue }
      let goesOn = s[word.end - 1] == UInt8(ascii: ",")
      if !isContinued {
        let comma = Bytes.find(UInt8(ascii: ","), s, word.start, word.end)
        words.append(Extent(word.start, comma < 0 ? word.end : comma))
        if comma >= 0, list.isEmpty { list = Extent(word.start, comma) }
      }
      isContinued = goesOn
    }
  }

  var isEmpty: Bool { words.isEmpty }
  var count: Int { words.count }

  func has(_ text: StaticString, _ s: Span<UInt8>) -> Bool {
    words.contains { Bytes.has(text, s, $0.from, $0.to) }
  }

  /// The first address of a list.
  func forwarded(_ s: Span<UInt8>) -> Extent? {
    !list.isEmpty && isAddress(s, list) ? list : nil
  }

  /// The client of `… client ident user [time]`, or the address if there is one elsewhere only.
  func client(_ s: Span<UInt8>) -> Extent? {
    guard let first = words.first else { return nil }
    let place = words[max(0, words.count - 3)]
    let isAddress = isAddress(s, place)
    if isAddress, words.count != 3 || !isVirtualHost(s, place) { return place }
    if !isAddress, words.count > 3, isName(s, place), !isClient(s, first) { return place }
    return address(s) ?? place
  }

  /// The first address that is no virtual host of the server, else the first.
  func address(_ s: Span<UInt8>) -> Extent? {
    words.first { isAddress(s, $0) && !isVirtualHost(s, $0) }
      ?? words.first { isAddress(s, $0) }
  }

  /// A name with a dot (the virtual host), without its port.
  func host(_ s: Span<UInt8>, besides client: Extent) -> Extent? {
    words.first {
      $0.from != client.from && isName(s, $0) && !isAddress(s, $0)
        && !Bytes.has("TLSv", s, $0.from, $0.to) && !Bytes.has("SSLv", s, $0.from, $0.to)
    }
  }

  private func isAddress(_ s: Span<UInt8>, _ word: Extent) -> Bool {
    AddressText.isAddress(s, word.from, word.to)
  }

  /// An address with a port that no client has (those below 1024 are servers'): the first word of Apache's
  /// `vhost_combined`.
  private func isVirtualHost(_ s: Span<UInt8>, _ word: Extent) -> Bool {
    switch Address(s, word.from, word.to).port {
    case 1..<1024, 8000, 8080, 8443: true
    default: false
    }
  }

  /// An address with a client's port.
  private func isClient(_ s: Span<UInt8>, _ word: Extent) -> Bool {
    isAddress(s, word) && Address(s, word.from, word.to).port > 0 && !isVirtualHost(s, word)
  }

  /// `localhost`, `unix:`, or a dotted name.
  private func isName(_ s: Span<UInt8>, _ word: Extent) -> Bool {
    if Bytes.has("localhost", s, word.from, word.to) || Bytes.has("unix:", s, word.from, word.to) {
      return true
    }
    var dots = 0
    var letters = 0
    for i in word.from..<word.to {
      let c = s[i]
      if c == UInt8(ascii: ".") {
        dots += 1
      } else if c | 0x20 >= 97, c | 0x20 <= 122 {
        letters += 1
      } else if !(Bytes.isDigit(c) || c == UInt8(ascii: "-") || c == UInt8(ascii: ":")
        || c == UInt8(ascii: "_"))
      {
        return false
      }
    }
    return dots > 0 && letters > 0
  }
}
