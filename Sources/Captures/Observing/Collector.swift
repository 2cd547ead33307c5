#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif
internal import ByteScan
internal import Evidence

/// Turns what the protocol readers find into observations. The only place of this module that
/// writes them.
struct Collector: ~Copyable {
  var observations: Observations
  let source: UInt16
  private var messages = 0
  /// Exchanges by status.
  private var statuses = [Int](repeating: 0, count: 1000)
  /// What is said of the source besides.
  var remarks = Coverage()
  /// Latest time of any packet so far.
  var now: Int64 = .min
  /// Bytes held back by all streams together (`StreamHalf`).
  var heldBytes = 0
  /// Holes in streams that were given up.
  var holes = 0
  /// HTTP/2 heads that refer only to what was sent before the capture began.
  var unreadableHeads = 0
  private var ttls: [IPAddress: UInt8] = [:]
  var tokens = CredentialReader()
  private var scratch: [UInt8] = []
  /// Of the request before: the next one mostly says the same.
  var last = (method: Symbol.none, host: Symbol.none, agent: Symbol.none)
  /// Texts about the headers that hops change, by what they are made of (`changeable`).
  var headerTexts: [UInt16: Symbol] = [:]
  var lastHeaders: (key: UInt16, text: Symbol) = (0, .none)
  private var connections = 0
  var successes = SuccessChoice()
  /// Secrets of TLS connections: given, or found in the capture so far.
  var keys = KeyLog()
  var secrecy = Secrecy()
  private(set) lazy var crypto = RecordCrypto()
  /// Heads that were read ahead (`PacketBatch`), and the one that the segment at hand begins with; -1 none.
  var foreseen: [Head] = []
  var foreseenHead: Int32 = -1
  /// `CaptureOptions.isInFull`.
  var isInFull = false
  /// How many heads wait to be taken apart (`Exchange.late`), and buffers of such to be used again.
  var waitingHeads = 0
  var spareHeads: [[UInt8]] = []
  /// `CaptureOptions.publish`.
  var publish: ((Observations) -> Void)?
  private var published = 0.0

  static let mostHeld = 256 << 20
  static let mostConnected = 100_000
  static let mostEvents = 500_000

  init(source: UInt16, observations: consuming Observations) {
    self.source = source
    self.observations = observations
  }

  // MARK: Texts

  func citation(_ packet: Int) -> Citation { Citation(source: source, number: packet) }

  mutating func symbol(_ s: Span<UInt8>, _ field: Field) -> Symbol {
    field.isPresent ? observations.symbols.intern(s, field.start, field.end) : .none
  }
  mutating func symbol(_ text: String) -> Symbol { observations.symbols.intern(text) }

  /// The same with secrets masked (`Redaction`).
  mutating func maskedSymbol(_ s: Span<UInt8>, _ field: Field) -> Symbol {
    guard field.isPresent, Redaction.mayHoldSecret(s, field.start, field.end) else {
      return symbol(s, field)
    }
    var text = takeScratch()
    Redaction.mask(s, field.start, field.end, into: &text)
    return internAndReturn(text)
  }

  /// The same for a text that mostly is the one met `last`.
  @inline(__always) mutating func symbol(
    _ s: Span<UInt8>, _ field: Field, last: Symbol
  ) -> Symbol {
    guard field.isPresent else { return .none }
    if observations.symbols.stands(last, for: s, field.start, field.end) { return last }
    return observations.symbols.intern(s, field.start, field.end)
  }

  mutating func symbol(_ address: IPAddress) -> Symbol {
    var text = takeScratch()
    address.write(into: &text)
    return internAndReturn(text)
  }

  /// `10.0.0.1:80`, `[::1]:80`.
  mutating func symbol(_ address: IPAddress, _ port: UInt16) -> Symbol {
    var text = takeScratch()
    if !address.isV4 { text.append(UInt8(ascii: "[")) }
    address.write(into: &text)
    if !address.isV4 { text.append(UInt8(ascii: "]")) }
    text.append(UInt8(ascii: ":"))
    IPAddress.decimal(Int(port), into: &text)
    return internAndReturn(text)
  }

  /// The reusable buffer, empty; give it back with `internAndReturn`.
  mutating func takeScratch() -> [UInt8] {
    var text: [UInt8] = []
    swap(&text, &scratch)
    text.removeAll(keepingCapacity: true)
    return text
  }
  mutating func internAndReturn(_ text: consuming [UInt8]) -> Symbol {
    let symbol = observations.symbols.intern(text.span, 0, text.count)
    scratch = text
    return symbol
  }

  /// The same with secrets masked.
  mutating func maskAndReturn(_ text: consuming [UInt8]) -> Symbol {
    guard Redaction.mayHoldSecret(text.span, 0, text.count) else { return internAndReturn(text) }
    var masked: [UInt8] = []
    Redaction.mask(text.span, 0, text.count, into: &masked)
    scratch = text
    return observations.symbols.intern(masked.span, 0, masked.count)
  }

  // MARK: Captures without end

  /// Hands out a copy of what is known, at most once a second; less often the larger it is.
  mutating func publishIfDue() {
    guard let publish else { return }
    let now = Self.monotonic()
    guard now - published >= max(1, Double(observations.requests.count) / 50_000) else { return }
    published = now
    var copy = observations
    copy.coverage[source, default: Coverage()].absorb(coverage)
    publish(copy)
  }

  private static func monotonic() -> Double {
    var time = timespec()
    guard unsafe clock_gettime(CLOCK_MONOTONIC, &time) == 0 else { return 0 }
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  // MARK: Messages

  mutating func sawMessage() { messages += 1 }
  mutating func count(status: UInt16) { statuses[min(Int(status), statuses.count - 1)] += 1 }

  /// What was counted so far, for the coverage of the source.
  var coverage: Coverage {
    var coverage = remarks
    if messages > 0 { coverage.formats[.capture, default: 0] += messages }
    for (status, count) in statuses.enumerated() where count > 0 {
      coverage.statuses[UInt16(status), default: 0] += count
    }
    return coverage
  }

  mutating func emit(unanswered exchange: Exchange, why: String, _ ends: Ends, isEvent: Bool) {
    var given = exchange
    settle(&given)
    given.request.status = 0
    let reason = symbol(why)
    if given.request.detail.isNone { given.request.detail = reason }
    given.request.reason = reason
    let request = given.request
    emit(given)
    guard isEvent else { return }
    var event = NetworkEvent(citation: request.citation, kind: .requestUnanswered)
    event.time = request.start
    event.detail = reason
    event.name = request.host
    add(event, from: ends.client, ends.clientPort, to: ends.server, ends.serverPort)
  }

  // MARK: Events below HTTP

  /// Remembers with which TTL a server answers, to tell a firewall's RST from its own.
  mutating func sawServer(_ address: IPAddress, ttl: UInt8) {
    if ttls.count < 65_536 || ttls[address] != nil { ttls[address] = ttl }
  }
  func usualTTL(_ address: IPAddress) -> UInt8? { ttls[address] }

  mutating func add(
    _ event: NetworkEvent, from: IPAddress, _ fromPort: UInt16, to: IPAddress, _ toPort: UInt16
  ) {
    if event.kind == .connected {
      connections += 1
      if connections > Self.mostConnected { return }
    } else if observations.network.count - min(connections, Self.mostConnected)
      > Self.mostEvents
    {
      return
    }
    var event = event
    event.source = symbol(from)
    event.sourcePort = fromPort
    event.destination = symbol(to)
    event.destinationPort = toPort
    observations.network.append(event)
  }
}
