internal import Evidence

/// Errors of an edge that name neither the request nor its client (Traefik's `502 Bad Gateway
/// error="dial tcp …"`, Apache's `AH00957: http: attempt to connect to …`): each goes to a failure that the edge answered by itself with that status in
/// the same second, when all such failures are calls of one party, or of the peer that it names.
struct NamelessErrors {
  private let exchanges: Exchanges
  private let hosts: [Symbol: String]
  private var taken: Set<Int> = []
  /// Seconds that Apache waits for a connection, by default (`ProxyTimeout`, `Timeout`).
  private static let longest = 61.0

  init(_ file: CaseFile) {
    exchanges = file.exchanges
    var hosts: [Symbol: String] = [:]
    for m in file.observations.messages where NamelessErrors.isOne(m) {
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
  }

  static func isOne(_ message: Message) -> Bool {
    guard message.format == .traefikMessage || message.format == .apacheError,
      message.client.isNone, message.requestID.isNone,
      message.traceID.isNone
    else { return false }
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
    var rivals: [Int] = []
    // Apache stamps a request without its duration with its start, and answers 503 by itself.
    let isApache = message.format == .apacheError
    let reach = isApache ? NamelessErrors.longest : 1.2
    failures.forEach(near: time.advanced(seconds: -reach), time.advanced(seconds: 1)) { i in
      let r = exchanges[i].request
      guard r.status == 502 || r.status == 504 || r.status == (isApache ? 503 : 500),
        r.answeredBy != .upstream, time - r.end < (r.duration < 0 ? reach : 1.2),
        r.end - time < 2
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
    let free = rivals.filter { !taken.contains($0) }
    // With one time-out for all, the first that asked is the first that is told of.
    let best =
      isApache
      ? free.min()
      : free.min {
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
