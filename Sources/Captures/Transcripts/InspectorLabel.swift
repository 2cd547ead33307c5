internal import ByteScan

/// What a browser's inspector calls the parts of a request in its summary.
enum InspectorLabel {
  case address, method, status

  /// The label that a line begins with, and where its value does.
  static func read(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> (InspectorLabel, Int)? {
    let label: InspectorLabel
    var at = from
    if Bytes.has("Request URL", s, from, to) {
      label = .address
      at += 11
    } else if Bytes.has("Request Method", s, from, to) {
      label = .method
      at += 14
    } else if Bytes.has("Status Code", s, from, to) {
      label = .status
      at += 11
    } else {
      return nil
    }
    if at < to, s[at] == UInt8(ascii: ":") { at += 1 } else if at < to { return nil }
    return (label, Bytes.skipBlanks(s, at, to))
  }

  /// Where the three digits of a status are, behind the dot that tells its colour; -1: nowhere.
  static func status(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    var at = from
    while at < to, at - from < 8, !Bytes.isDigit(s[at]) { at += 1 }
    guard at + 3 <= to else { return -1 }
    let code = Bytes.number(s, at, at + 3)
    return code >= 100 && code < 600 && (at + 3 == to || s[at + 3] == 32) ? at : -1
  }

  /// The head that a request of this method to this address has; without what may be a credential in it.
  static func head(_ method: [UInt8], _ address: [UInt8]) -> [UInt8]? {
    var word = CommandAddress()
    word.offer(address)
    guard let url = word.url(isSure: false), !method.isEmpty, method.count < 10,
      method.allSatisfy({ $0 >= 65 && $0 <= 90 })
    else { return nil }
    let scheme = Bytes.find("://", url.span, 0, min(12, url.count))
    let host = scheme < 0 ? 0 : scheme + 3
    let path =
      url[host...].firstIndex {
        $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#")
      } ?? url.count
    var head = method
    head.append(32)
    if path == url.count || url[path] != UInt8(ascii: "/") { head.append(UInt8(ascii: "/")) }
    head += url[path...]
    head += Array(" HTTP/1.1\n".utf8)
    if path > host { head += Array("Host: ".utf8) + url[host..<path] + [10] }
    return head
  }
}
