internal import ByteScan

/// What a browser's inspector calls the parts of a request in its summary.
enum InspectorLabel {
  case address, method, status

  /// The label that a line begins with, and where its value does.
  static func read(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> (InspectorLabel, Int)? {
    let label: InspectorLabel
    var at = from
    if Bytes.has("Request URL", s, from, to) {
      // A frame's check of a session is no request of anybody's: its words are known.
      if Bytes.contains("/login-status-iframe", s, from, to) { return nil }
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

  /// The head that a request of this method to this address has.
  static func head(_ method: [UInt8], _ address: [UInt8]) -> [UInt8]? {
    let s = address.span
    let scheme = Bytes.find("://", s, 0, min(12, s.count))
    guard scheme > 0, !method.isEmpty, method.count < 10,
      method.allSatisfy({ $0 >= 65 && $0 <= 90 })
    else { return nil }
    var slash = Bytes.find(UInt8(ascii: "/"), s, scheme + 3, s.count)
    if slash < 0 { slash = s.count }
    var head = method
    head.append(32)
    if slash == s.count { head.append(UInt8(ascii: "/")) }
    for i in slash..<s.count { head.append(s[i]) }
    head += Array(" HTTP/1.1\nHost: ".utf8)
    for i in scheme + 3..<slash { head.append(s[i]) }
    head.append(10)
    return head
  }
}
