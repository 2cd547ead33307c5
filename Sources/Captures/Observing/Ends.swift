internal import Evidence

/// Who talks to whom, as symbols made once per connection.
struct Ends {
  var client = IPAddress()
  var clientPort: UInt16 = 0
  /// As the client addressed it.
  var server = IPAddress()
  var serverPort: UInt16 = 0
  /// Behind address translation, when another leg showed it.
  var target = IPAddress()
  var targetPort: UInt16 = 0
  var hasTarget = false
  /// Which end is which was seen (a SYN or a start line) rather than guessed.
  var isKnown = false

  private(set) var clientSymbol = Symbol.none
  /// `ip:port` of who answers.
  private(set) var serverSymbol = Symbol.none
  /// `ip:port` before translation; none when there was none.
  private(set) var serviceSymbol = Symbol.none
  private var isNamed = false

  mutating func translate(to address: IPAddress, _ port: UInt16) {
    guard address != server || port != serverPort else { return }
    target = address
    targetPort = port
    hasTarget = true
    isNamed = false
  }

  mutating func name(_ c: inout Collector) {
    guard !isNamed else { return }
    isNamed = true
    clientSymbol = c.symbol(client)
    if hasTarget {
      serverSymbol = c.symbol(target, targetPort)
      serviceSymbol = c.symbol(server, serverPort)
    } else {
      serverSymbol = c.symbol(server, serverPort)
      serviceSymbol = .none
    }
  }
}
