/// What of TLS was not read although there were keys, counted.
struct Secrecy {
  /// Connections whose hello is in no key log.
  var withoutKeys = 0
  /// Connections that began before the capture: nothing tells which keys are theirs.
  var joinedLate = 0
  /// Connections with a version or a suite that is not read here.
  var unsupported = 0
  /// Connections whose keys open nothing.
  var unopened = 0
  /// Records of other connections.
  var closedRecords = 0
  /// Bytes held back by all streams together.
  var waiting = 0

  static let mostWaiting = 64 << 20

  /// Ready to print.
  var remarks: [String] {
    let lines: [(Int, String)] = [
      (withoutKeys, "TLS connections are in no key log"),
      (joinedLate, "TLS connections began before the capture: their keys cannot be told"),
      (unsupported, "TLS connections use a version or a suite that is not decrypted"),
      (unopened, "TLS connections are not opened by the keys given for them"),
      (closedRecords, "TLS records could not be decrypted (packets not captured, or damage)"),
    ]
    return lines.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
  }
}
