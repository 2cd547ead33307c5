internal import ByteScan

/// The secrets of TLS connections as a client or a server wrote them down for debugging
/// (<https://datatracker.ietf.org/doc/draft-ietf-tls-keylogfile/>): lines `LABEL client_random secret` in
/// hex, from a file or from a block of a pcapng file. They are looked up by the ClientHello's random, and
/// reach no output.
package struct KeyLog: Sendable {
  /// The 32 bytes that name a connection.
  struct Random: Hashable {
    var words: (UInt64, UInt64, UInt64, UInt64)

    /// `nil` unless 32 bytes stand at `at`.
    init?(_ s: Span<UInt8>, _ at: Int) {
      guard at >= 0, at + 32 <= s.count else { return nil }
      words = (
        Numbers.big64(s, at), Numbers.big64(s, at + 8), Numbers.big64(s, at + 16),
        Numbers.big64(s, at + 24)
      )
    }
    static func == (a: Random, b: Random) -> Bool { a.words == b.words }
    func hash(into hasher: inout Hasher) {
      hasher.combine(words.0)
      hasher.combine(words.1)
      hasher.combine(words.2)
      hasher.combine(words.3)
    }
  }

  /// Of one connection; empty where unknown.
  struct Secrets {
    /// Up to TLS 1.2: 48 bytes.
    var master: [UInt8] = []
    /// TLS 1.3, of the client's and the server's direction: as long as the suite's hash.
    var handshake: (client: [UInt8], server: [UInt8]) = ([], [])
    var application: (client: [UInt8], server: [UInt8]) = ([], [])
  }

  private var byRandom: [Random: Secrets] = [:]
  /// Connections that are remembered.
  static let most = 200_000
  /// Bytes of one key log that are read.
  package static let largest = 64 << 20

  package init() {}

  package var isEmpty: Bool { byRandom.isEmpty }
  var count: Int { byRandom.count }

  func secrets(_ random: Random) -> Secrets? { byRandom[random] }

  package mutating func absorb(_ other: KeyLog) {
    if isEmpty {
      self = other
      return
    }
    byRandom.merge(other.byRandom) { $1 }
  }

  /// Takes the lines of a key log; comments, labels and damage that mean nothing here are passed over.
  package mutating func add(_ text: Span<UInt8>) { add(text, 0, text.count) }

  mutating func add(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    var at = from
    while at < to {
      var end = Bytes.findFar(10, s, at, to)
      if end < 0 { end = to }
      line(s, at, end)
      at = end + 1
    }
  }

  private mutating func line(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    let first = Bytes.find(32, s, from, to)
    guard first > from else { return }
    let second = Bytes.find(32, s, first + 1, to)
    guard second - first - 1 == 64 else { return }
    let name = Self.hex(s, first + 1, second)
    var last = to
    while last > second, s[last - 1] <= 32 { last -= 1 }
    let secret = Self.hex(s, second + 1, last)
    guard let random = Random(name.span, 0), [32, 48].contains(secret.count) else { return }
    func named(_ label: StaticString) -> Bool { Bytes.equals(label, s, from, first) }
    var secrets = byRandom[random] ?? Secrets()
    if named("CLIENT_RANDOM"), secret.count == 48 {
      secrets.master = secret
    } else if named("CLIENT_HANDSHAKE_TRAFFIC_SECRET") {
      secrets.handshake.client = secret
    } else if named("SERVER_HANDSHAKE_TRAFFIC_SECRET") {
      secrets.handshake.server = secret
    } else if named("CLIENT_TRAFFIC_SECRET_0") {
      secrets.application.client = secret
    } else if named("SERVER_TRAFFIC_SECRET_0") {
      secrets.application.server = secret
    } else {
      return
    }
    if byRandom.count < Self.most || byRandom[random] != nil { byRandom[random] = secrets }
  }

  /// The bytes of hex digits; empty when they are none or more than 48.
  private static func hex(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> [UInt8] {
    guard to - from <= 96, (to - from) % 2 == 0 else { return [] }
    var out: [UInt8] = []
    var i = from
    while i < to {
      guard let high = Bytes.hexDigit(s[i]), let low = Bytes.hexDigit(s[i + 1]) else { return [] }
      out.append(high << 4 | low)
      i += 2
    }
    return out
  }

  /// Whether a text begins as a key log: a line of it, perhaps behind comments.
  package static func begins(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var at = from
    while at < to, s[at] == UInt8(ascii: "#") {
      let end = Bytes.findFar(10, s, at, to)
      if end < 0 { return false }
      at = end + 1
    }
    var log = KeyLog()
    var end = Bytes.findFar(10, s, at, to)
    if end < 0 { end = to }
    guard end - at <= 512 else { return false }
    log.line(s, at, end)
    return !log.isEmpty
  }
}
