package import ByteScan
package import Evidence

/// Where formats put what they read. One per reading thread.
package struct Sink: Sendable {
  package var observations = Observations()
  /// Reused buffers, so that reading a line allocates nothing.
  package var scratch: [UInt8] = []
  package var routeScratch: [UInt8] = []
  /// The unescaped text of a JSON string while it is read.
  package var textScratch: [UInt8] = []
  /// What the record being read has said so far.
  var said = SaidStatements()
  /// Takes what is added, instead of `observations`, for `why401 records`.
  package var recorder: Recorder?
  /// Watches how a line is read, for `why401 formats --why`.
  package var witness: LineWitness?
  /// Lines are read for what they tell the reader only (before the start of a block); nothing is added.
  package var isMuted = false
  /// What is stamped outside is not added; set by who feeds lines.
  package var window: TimeWindow?
  /// By source.
  package var zones: [UInt16: ZoneNotes] = [:]
  /// Lines by source and block.
  package var blockLines: [UInt16: [Int: Int]] = [:]
  /// Why compressed files ended before their time, by source.
  package var brokenOff: [UInt16: ByteStream.Fault] = [:]
  /// Lines that were cut, by source.
  package var tooLong: [UInt16: Int] = [:]
  /// The source that was last noted for events of success.
  var successEventsOf: UInt16?
  /// By field: its last texts (`intern(_:_:_:again:)`).
  var latest = FieldTexts()
  /// Reused (`intern(_:_:)`).
  var lookups: [SymbolTable.Wanted] = []
  var wantedTexts: [WantedText] = []
  private var statuses = [Int](repeating: 0, count: Sink.largestStatus + 1)
  /// The status of the requests counted last, which are not in `statuses` yet, and how many they are.
  private var run: UInt16 = 0
  private var runCount = 0
  /// Plain successes are read in full when the sample is settled (`settleSample`), not as they come.
  package var readsSuccessesLate = false
  private var unread = UnreadSuccesses()
  /// Routes that hold a secret, and what they are masked.
  private var secretRoutes: [Symbol: Symbol] = [:]
  /// A line is read that was counted before.
  private var isReadingLate = false

  package init() {}

  /// `why401 records` wants every line, also those from which no verdict will follow.
  var isRecording: Bool { recorder != nil }

  /// The record of the next request tells its connection's peer besides the client.
  mutating func notePeer(_ address: Symbol) { recorder?.peer = address }

  // MARK: Texts

  @inlinable package mutating func intern(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Symbol {
    observations.symbols.intern(s, from, to)
  }
  /// A text; `.none` for what is written where there is none (`-`). Two lines that lack an id are no
  /// sightings of one request.
  mutating func internPresent(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Symbol {
    Quoted.isAbsent(s, from, to) ? .none : intern(s, from, to)
  }

  package mutating func intern(_ text: String) -> Symbol { observations.symbols.intern(text) }

  /// Three texts that are waited for together; one without bytes is `.none`.
  mutating func intern(
    _ s: Span<UInt8>, _ a: Range<Int>, _ b: Range<Int>, _ c: Range<Int>
  ) -> (Symbol, Symbol, Symbol) {
    lookups.removeAll(keepingCapacity: true)
    lookups.append(SymbolTable.Wanted(from: a.lowerBound, to: a.upperBound))
    lookups.append(SymbolTable.Wanted(from: b.lowerBound, to: b.upperBound))
    lookups.append(SymbolTable.Wanted(from: c.lowerBound, to: c.upperBound))
    observations.symbols.intern(s, &lookups)
    return (lookups[0].symbol, lookups[1].symbol, lookups[2].symbol)
  }

  /// Interns free text with secrets masked (`Redaction`).
  package mutating func internMasked(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Symbol {
    if !Redaction.mayHoldSecret(s, from, to) { return intern(s, from, to) }
    var masked: [UInt8] = []
    swap(&masked, &scratch)
    masked.removeAll(keepingCapacity: true)
    Redaction.mask(s, from, min(to, from + SymbolTable.longest), into: &masked)
    let symbol = observations.symbols.intern(masked.span, 0, masked.count)
    swap(&masked, &scratch)
    return symbol
  }

  // MARK: Requests

  /// Fills path, route and target length from a request target (`/a/b?c=d`, or an absolute URL, of
  /// which the path is taken). The query is never kept, but for the error that a login brought back. Call after
  /// `status` is set: plain successes get a route only. `path` is that of the target, if it was interned before.
  package mutating func setTarget(
    _ request: inout Request, _ s: Span<UInt8>, _ from: Int, _ to: Int, path: Symbol = .none
  ) {
    guard from >= 0, from < to, to <= s.count else { return }
    request.targetLength = UInt16(clamping: to - from)
    var start = from
    if s[start] != UInt8(ascii: "/") {
      let scheme = Bytes.find("://", s, start, min(to, start + 12))
      if scheme >= 0 {
        let slash = Bytes.find(UInt8(ascii: "/"), s, scheme + 3, to)
        if request.host.isNone {
          // Who asked (`user:password@`) is none of the host.
          let host = URLHost.start(s, scheme + 3, slash < 0 ? to : slash)
          request.host = intern(s, host, slash < 0 ? to : slash)
        }
        if slash < 0 { return }
        start = slash
      }
    }
    var end = Bytes.find(UInt8(ascii: "?"), s, start, to)
    if end < 0 { end = to }
    var route: [UInt8] = []
    swap(&route, &routeScratch)
    Route.template(s, start, end, into: &route)
    request.route = maskedRoute(route)
    swap(&route, &routeScratch)
    if recorder != nil || Sink.isKept(request.status) || Route.isOAuth(s, start, end) {
      request.path = path.isNone ? internMasked(s, start, end) : path
      request.isLoginCallback =
        end + 1 < to && LoginCallback.isAnswer(s, path: start..<end, query: end + 1..<to)
      if request.isLoginCallback, request.reason.isNone {
        let words = LoginCallback.error(s, query: end + 1..<to)
        if !words.isEmpty { request.reason = internMasked(words.span, 0, words.count) }
      }
    }
  }

  /// Interns a route with secrets masked. Routes are few: only new ones are looked at.
  private mutating func maskedRoute(_ route: [UInt8]) -> Symbol {
    let known = observations.symbols.count
    let symbol = observations.symbols.intern(route.span, 0, route.count)
    guard observations.symbols.count > known else {
      return secretRoutes.isEmpty ? symbol : secretRoutes[symbol] ?? symbol
    }
    guard Redaction.mayHoldSecret(route.span, 0, route.count) else { return symbol }
    let masked = internMasked(route.span, 0, route.count)
    if masked != symbol { secretRoutes[symbol] = masked }
    return masked
  }

  /// Failures and redirects are kept in full; other answers only on OAuth paths.
  @inlinable package static func isKept(_ status: UInt16) -> Bool {
    (status >= 300 && status != 304) || status < 100
  }

  /// Adds a request: in full, or as a sampled success. Call last.
  package mutating func add(_ request: Request, _ context: LineContext) {
    guard !isMuted, isWithin(request.stamp) else { return }
    if !isReadingLate { count(request.status) }
    if recorder != nil {
      recorder?.request(request, observations)
      return
    }
    if !request.path.isNone || Sink.isKept(request.status) {
      observations.requests.makeRoom(few: Sink.few, most: Sink.expected)
      observations.requests.append(request)
    } else {
      observations.successes.offer(request, priority: context.priority)
    }
  }

  /// Requests and events that room is made for when the first comes, and requests, and half the events, when those
  /// were not all.
  private static let few = 1 << 10
  private static let expected = 1 << 18

  /// Whether a plain success is not read in full, because the sample has no room for it, or not now.
  func isUnwanted(_ status: UInt16, _ context: LineContext) -> Bool {
    recorder == nil && window == nil && !Sink.isKept(status) && !isReadingLate
      && (readsSuccessesLate || !observations.successes.wants(context.priority))
  }

  /// Whether a request would only be counted, because it is a plain success on a plain path
  /// (`pass`): asked before a `Request` is built. The target is `s[from..<to]`.
  package func isOnlyCounted(
    _ status: UInt16, _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext
  ) -> Bool {
    isUnwanted(status, context)
      && from < to && s[from] == UInt8(ascii: "/") && !Route.isOAuth(s, from, to)
  }

  /// The same for a target out of a JSON string; one with escapes is read in full.
  package func isOnlyCounted(
    _ status: UInt16, _ s: Span<UInt8>, json target: JSONValue?, _ context: LineContext
  ) -> Bool {
    guard let target, target.isString, !target.isEscaped else { return false }
    return isOnlyCounted(status, s, target.start, target.end, context)
  }

  /// The same for a request line.
  func isOnlyCounted(
    _ status: UInt16, _ s: Span<UInt8>, line from: Int, _ to: Int, _ context: LineContext
  ) -> Bool {
    guard isUnwanted(status, context), let line = RequestLine(s, from, to) else { return false }
    return isOnlyCounted(status, s, line.targetStart, line.targetEnd, context)
  }

  /// The same for a request line whose target is a whole URL.
  func isOnlyCountedURL(
    _ status: UInt16, _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext
  ) -> Bool {
    guard isUnwanted(status, context), let line = RequestLine(s, from, to) else { return false }
    let scheme = Bytes.find(
      "://", s, line.targetStart, min(line.targetEnd, line.targetStart + 12))
    guard scheme >= 0 else { return false }
    let path = Bytes.find(UInt8(ascii: "/"), s, scheme + 3, line.targetEnd)
    return path >= 0 && isOnlyCounted(status, s, path, line.targetEnd, context)
  }

  /// Counts a plain success on a plain path for which the sample has no room, and says so: for formats
  /// whose lines cannot be put aside (`pass`).
  mutating func isCountedAlone(
    _ status: UInt16, _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext
  ) -> Bool {
    guard recorder == nil, !Sink.isKept(status), !observations.successes.wants(context.priority),
      from < to, s[from] == UInt8(ascii: "/"), !Route.isOAuth(s, from, to)
    else { return false }
    if !isMuted {
      count(status)
      observations.successes.skip()
    }
    return true
  }

  /// Whether lines may be counted without being read.
  var mayPassOver: Bool { recorder == nil && witness == nil && !isMuted }

  /// Whether that is so for a plain success of this priority.
  @inline(__always) func isGlanceEnough(_ priority: UInt64) -> Bool {
    readsSuccessesLate || !observations.successes.wants(priority)
  }

  /// Counts a plain success, the line `s[from..<to]`. What the sample may keep is put aside.
  mutating func pass(
    _ status: UInt16, _ s: Span<UInt8>, _ from: Int, _ to: Int, _ format: any LineFormat.Type,
    _ context: LineContext
  ) {
    guard !isMuted else { return }
    count(status)
    guard observations.successes.wants(context.priority) else {
      observations.successes.skip()
      return
    }
    if !unread.hasRoom(for: to - from) {
      dropUnwanted()
      // Where that frees less than a quarter, all is read: else it would be moved over again and again.
      if !unread.hasRoom(for: UnreadSuccesses.mostBytes / 4) { settleSample() }
    }
    unread.append(s, from, to, format, context)
    guard unread.isFull else { return }
    dropUnwanted()
    guard unread.isFull else { return }
    if let limit = unread.limit(keeping: Sample.capacity) {
      lowerSample(to: limit)
    }
  }

  /// Counts plain successes for which the sample has no room.
  mutating func pass(_ plain: PlainLines) {
    count(plain.status, plain.lines)
    observations.successes.skip(plain.lines)
  }

  /// The sample has no room from this priority on.
  package mutating func lowerSample(to limit: UInt64) {
    guard limit < observations.successes.limit else { return }
    observations.successes.lower(to: limit)
    // Until there are many, what has no room any more costs less than being moved over.
    if unread.isFull { dropUnwanted() }
  }

  private mutating func dropUnwanted() {
    observations.successes.skip(unread.drop(from: observations.successes.limit))
  }

  /// Adds to `counts` what came since the last time, and gives up what the sample of all readers that do so
  /// has no room for.
  package mutating func shareSample(_ counts: inout [Int]) {
    unread.takeCounts(into: &counts)
    if let limit = UnreadSuccesses.limit(keeping: Sample.capacity, counted: counts) {
      lowerSample(to: limit)
    }
  }

  /// Priorities of all that is in the sample or may come into it.
  package var samplePriorities: [UInt64] {
    observations.successes.items.map(\.priority) + unread.lines.map(\.context.priority)
  }

  /// Reads what was put aside.
  package mutating func settleSample() {
    guard !unread.lines.isEmpty else { return }
    var late = UnreadSuccesses()
    swap(&late, &unread)
    isReadingLate = true
    for line in late.lines {
      guard observations.successes.wants(line.context.priority) else {
        observations.successes.skip()
        continue
      }
      _ = late.formats[line.format].read(
        late.bytes.span, line.start, line.end, line.context, &self)
    }
    isReadingLate = false
    late.removeAll()
    swap(&late, &unread)
  }

  @inline(__always) mutating func count(_ status: UInt16, _ requests: Int = 1) {
    if status != run { endRun(status) }
    runCount &+= requests
  }

  private mutating func endRun(_ next: UInt16) {
    statuses[min(Int(run), Sink.largestStatus)] &+= runCount
    run = next
    runCount = 0
  }

  /// Larger numbers are counted as this one: no status has more than three digits.
  static let largestStatus = 1023

  /// Moves the counts of the block just read into the coverage of its source.
  mutating func foldStatuses(into coverage: inout Coverage) {
    endRun(run)
    for status in 0...Sink.largestStatus where statuses[status] > 0 {
      coverage.statuses[UInt16(status), default: 0] += statuses[status]
      statuses[status] = 0
    }
  }

  // MARK: Others

  package mutating func add(_ event: TokenEvent) {
    guard !isMuted, isWithin(event.time) else { return }
    if recorder != nil {
      recorder?.tokenEvent(event, observations)
      return
    }
    // Millions may come: each time that they are moved, all of their memory is touched twice.
    let count = observations.tokenEvents.count
    observations.tokenEvents.makeRoom(few: Sink.few, most: max(2 * Sink.expected, 4 * count))
    observations.tokenEvents.append(event)
  }
  package mutating func add(_ event: AdminEvent) {
    guard !isMuted, isWithin(event.time) else { return }
    if recorder != nil {
      recorder?.adminEvent(event, observations)
      return
    }
    observations.adminEvents.append(event)
  }
  package mutating func add(_ message: Message) {
    guard !isMuted, isWithin(message.time) else { return }
    if recorder != nil {
      recorder?.message(message, observations)
      return
    }
    observations.messages.append(message)
  }

  /// Ends a line of which a record is to be made (`Recorder.endLine`).
  mutating func endLine(
    _ kind: Recorder.Kind, _ format: Format, _ time: Instant, _ context: LineContext, _ length: Int
  ) {
    guard recorder != nil, isWithin(time) else { return }
    recorder?.endLine(kind, format, time, context, length, observations)
  }

  private func isWithin(_ time: Instant) -> Bool { window?.holds(time) ?? true }
}
