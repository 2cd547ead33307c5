/// What both directions of a TLS connection have to know to open its records: who it is, what was agreed
/// on, and the secrets.
final class TLSSession {
  enum State {
    /// The server's hello was not seen yet.
    case open
    case ready
    /// Nothing will be opened.
    case hopeless
  }
  private(set) var state = State.open
  private(set) var isTLS13 = false
  private var suite: CipherSuite?
  private var encryptsThenMACs = false
  private var secrets: KeyLog.Secrets
  private var client: [UInt8] = []
  private var server: [UInt8] = []
  /// A record was opened.
  var isOpened = false
  let crypto: RecordCrypto

  /// By the client's hello (message header included); `nil` without secrets for it.
  init?(hello: [UInt8], _ keys: KeyLog, _ crypto: RecordCrypto?) {
    guard let crypto, let random = KeyLog.Random(hello.span, 6), let found = keys.secrets(random)
    else { return nil }
    secrets = found
    client = Array(hello[6..<38])
    self.crypto = crypto
  }

  /// The server's choice: `false` when its records cannot be opened.
  func chosen(by hello: [UInt8]) -> Bool {
    let s = hello.span
    state = .hopeless
    guard s.count >= 39 else { return false }
    server = Array(hello[6..<38])
    var at = 39 + Int(s[38])
    guard at + 3 <= s.count else { return false }
    let number = Numbers.big16(s, at)
    let isCompressed = s[at + 2] != 0
    var version = Numbers.big16(s, 4)
    encryptsThenMACs = false
    at += 5
    while at + 4 <= s.count {
      let length = Int(Numbers.big16(s, at + 2))
      switch Numbers.big16(s, at) {
      case 22: encryptsThenMACs = true
      case 43 where at + 6 <= s.count: version = Numbers.big16(s, at + 4)
      default: break
      }
      at += 4 + length
    }
    isTLS13 = version == 0x0304
    suite = CipherSuite(number, isTLS13: isTLS13)
    guard !isCompressed, isTLS13 || version == 0x0303, let suite else { return false }
    let known =
      isTLS13
      ? [secrets.application.client, secrets.application.server].contains {
        $0.count == suite.hash.length
      } : secrets.master.count == 48
    if known { state = .ready }
    return known
  }

  enum Epoch { case handshake, application }

  /// TLS 1.3: keys of one direction.
  func keys(_ epoch: Epoch, ofServer: Bool) -> RecordKeys? {
    guard let suite, state == .ready, isTLS13 else { return nil }
    let pair = epoch == .handshake ? secrets.handshake : secrets.application
    return RecordKeys(secret: ofServer ? pair.server : pair.client, suite)
  }

  /// Up to TLS 1.2: keys of one direction, from its change of cipher on.
  func keys(ofServer: Bool) -> RecordKeys? {
    guard let suite, state == .ready, !isTLS13 else { return nil }
    return RecordKeys(
      master: secrets.master, client: client, server: server, ofServer: ofServer, suite,
      encryptsThenMACs: encryptsThenMACs)
  }

  func giveUp() { state = .hopeless }

  /// A hello that asks the client for another one (RFC 8446 §4.1.3): its random is a fixed text.
  static func isRetry(_ hello: Span<UInt8>) -> Bool {
    guard hello.count >= 38 else { return false }
    return Numbers.big64(hello, 6) == 0xcf21_ad74_e59a_6111
      && Numbers.big64(hello, 14) == 0xbe1d_8c02_1e65_b891
  }
}
