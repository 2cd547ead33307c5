internal import Evidence

/// Errors of an edge that name neither the request nor its client (Traefik's `502 Bad Gateway
/// error="dial tcp …"`, Apache's `AH00957: http: attempt to connect to …`): each goes to a failure that the edge
/// answered by itself with that status in the same second (or, where only its start was logged, in the time that the
/// edge may wait), when all such failures are calls of one party, or of the peer that it names.
struct NamelessErrors {
  private let exchanges: Exchanges
  private let hosts: [Symbol: String]
  private var taken: Set<Int> = []
  private var waiting: WaitingCalls
  /// Seconds that Apache waits for a connection, by default (`ProxyTimeout`, `Timeout`).
  private static let longest = 61.0

  init(_ file: CaseFile) {
    exchanges = file.exchanges
    var hosts: [Symbol: String] = [:]
    for m in file.observations.messages where NamelessErrors.isOfCall(m) {
      let peer = m.peer.isNone ? NamelessErrors.lookup(file.text(m.text)) : file.text(m.peer)
      hosts[m.text] = NamelessErrors.host(peer)
    }
    for e in file.exchanges where !hosts.isEmpty && e.isFailure {
      let address = e.request.upstreamAddress
      if !address.isNone, hosts[address] == nil {
        hosts[address] = NamelessErrors.host(file.text(address))
      }
    }
    self.hosts = hosts
    let waits = file.observations.messages.contains {
      $0.format == .apacheError && NamelessErrors.isOfCall($0)
    }
    waiting = WaitingCalls(waits ? file.exchanges : Exchanges())
  }

  static func isOne(_ message: Message) -> Bool {
    isOfCall(message) && message.client.isNone && message.requestID.isNone
      && message.traceID.isNone
  }

  /// Says why an edge that writes such lines could not call.
  static func isOfCall(_ message: Message) -> Bool {
    guard message.format == .traefikMessage || message.format == .apacheError else { return false }
    switch message.statement {
    case .upstreamRefused, .upstreamNameNotFound, .upstreamNameFailed, .upstreamUnreachable,
      .upstreamConnectTimedOut, .upstreamTLSVerify, .upstreamTLSFailed, .upstreamTimedOut,
      .upstreamReset, .upstreamClosed:
      return true
    default: return false
    }
  }

  mutating func exchange(
    of message: Message, at time: Instant, _ failures: MessageJoin.FailuresByEnd
  ) -> Int? {
    // Apache stamps a request without its duration with its start, and answers 503 by itself.
    let isApache = message.format == .apacheError
    if isApache,
      let call = waiting.take(
        time.advanced(seconds: -NamelessErrors.longest), time.advanced(seconds: 2))
    {
      return call
    }
    var rivals: [Int] = []
    failures.forEach(near: time, time.advanced(seconds: 1)) { i in
      let r = exchanges[i].request
      guard r.status == 502 || r.status == 504 || r.status == (isApache ? 503 : 500),
        r.answeredBy != .upstream, r.duration >= 0 || !isApache,
        r.end - time > -1.2, r.end - time < 2
      else { return }
      rivals.append(i)
    }
    if let host = hosts[message.text], !host.isEmpty {
      let told = rivals.filter { hosts[exchanges[$0].request.upstreamAddress] == host }
      if !told.isEmpty { rivals = told }
    }
    guard let first = rivals.first,
      rivals.allSatisfy({ exchanges[$0].party == exchanges[first].party })
    else { return nil }
    let best = rivals.filter { !taken.contains($0) }.min {
      (abs(exchanges[$0].request.end - time), $0) < (abs(exchanges[$1].request.end - time), $1)
    }
    if let best { taken.insert(best) }
    return best
  }

  /// The name in `lookup NAME on RESOLVER: …`.
  private static func lookup(_ text: String) -> String {
    guard let at = text.firstRange(of: "lookup ") else { return "" }
    return String(text[at.upperBound...].prefix { $0 != " " && $0 != ":" })
  }

  /// `http://10.0.0.1:8080` and `10.0.0.1:8080` without scheme and port.
  private static func host(_ peer: String) -> String {
    var rest = Substring(peer)
    if let scheme = peer.firstRange(of: "://") { rest = peer[scheme.upperBound...] }
    guard let colon = rest.lastIndex(of: ":"), rest[..<colon].last != ":" else {
      return String(rest)
    }
    return String(rest[..<colon])
  }
}
