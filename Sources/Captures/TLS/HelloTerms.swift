/// What a hello says of version and cipher suite (RFC 8446 §4.1, RFC 5246 §7.4.1); message header included.
enum HelloTerms {
  /// `up to TLS 1.3`: the highest version that a client offers.
  static func offered(_ s: Span<UInt8>) -> String? {
    guard s.count >= 39 else { return nil }
    var highest = Numbers.big16(s, 4)
    var at = 39 + Int(s[38])
    guard at + 2 <= s.count else { return nil }
    at += 2 + Int(Numbers.big16(s, at))
    guard at < s.count else { return nil }
    at += 1 + Int(s[at])
    extensions(s, at) { code, from, to in
      guard code == 43, from < to else { return }
      var i = from + 1
      while i + 2 <= to {
        let version = Numbers.big16(s, i)
        // Random values that are no versions stand among them (RFC 8701).
        if name(version) != nil, version > highest { highest = version }
        i += 2
      }
    }
    return name(highest).map { "up to " + $0 }
  }

  /// `TLS 1.2, cipher suite c02f`: what the server chose.
  static func agreed(_ s: Span<UInt8>) -> String? {
    guard s.count >= 39 else { return nil }
    var version = Numbers.big16(s, 4)
    let at = 39 + Int(s[38])
    guard at + 3 <= s.count else { return nil }
    let suite = String(Numbers.big16(s, at), radix: 16)
    extensions(s, at + 3) { code, from, to in
      if code == 43, from + 2 <= to { version = Numbers.big16(s, from) }
    }
    return name(version).map {
      $0 + ", cipher suite " + String(repeating: "0", count: 4 - suite.count) + suite
    }
  }

  private static func name(_ version: UInt16) -> String? {
    switch version {
    case 0x0300: "SSL 3.0"
    case 0x0301: "TLS 1.0"
    case 0x0302: "TLS 1.1"
    case 0x0303: "TLS 1.2"
    case 0x0304: "TLS 1.3"
    default: nil
    }
  }

  /// Calls `body` with code, start and end of each extension; their length stands at `at`.
  private static func extensions(
    _ s: Span<UInt8>, _ at: Int, _ body: (UInt16, Int, Int) -> Void
  ) {
    guard at + 2 <= s.count else { return }
    let end = min(s.count, at + 2 + Int(Numbers.big16(s, at)))
    var at = at + 2
    while at + 4 <= end {
      let next = at + 4 + Int(Numbers.big16(s, at + 2))
      if next > end { return }
      body(Numbers.big16(s, at), at + 4, next)
      at = next
    }
  }
}
