internal import Evidence

/// One exchange in the few numbers that comparisons ask of very many.
struct Brief: Sendable, BitwiseCopyable {
  var start: Instant
  var end: Instant
  /// Of `ClientNumbers`; 0 where no address was logged.
  var client: Int32
  var actor: Int32
  var party: Int32
  /// Bytes of the answer; -1 unknown.
  var bytes: Int32
  var status: UInt16
  var endpoint: Endpoint
  var isSuccess: Bool
  var isFailure: Bool
  var isProbe: Bool
  /// A scanner by name or by what it looks for.
  var isScanner: Bool
  /// No line of a hop tells of it (`Request.isOfEvent`).
  var isOfEvent: Bool

  init(_ e: Exchange, _ clients: borrowing ClientNumbers, _ marks: borrowing TextMarks) {
    start = e.request.start
    end = e.request.end
    client = clients.of(e.request.client)
    actor = e.actor
    party = e.party
    bytes = e.request.responseBytes
    status = e.request.status
    endpoint = e.endpoint
    isSuccess = e.isSuccess
    isFailure = e.isFailure
    let mark = marks.of(e.request.route, e.request.userAgent)
    isProbe = mark & TextMarks.probe != 0
    isScanner = mark & TextMarks.scanner != 0
    isOfEvent = e.request.isOfEvent
  }

  static func all(
    _ file: CaseFile, _ clients: ClientNumbers, _ marks: TextMarks, _ crew: Crew
  ) -> [Brief] {
    unsafe crew.fill(file.exchanges.count) { (span, places) in
      // Lent, not held: counting who holds an array makes processors wait for one another.
      let requests = file.exchanges.requests.span
      let links = file.exchanges.links.span
      for i in span {
        unsafe places.initializeElement(
          at: i - span.lowerBound,
          to: Brief(Exchange(request: requests[i], links: links[i]), clients, marks))
      }
    }
  }

  var isRedirect: Bool { status == 301 || status == 302 || status == 307 || status == 308 }
}

/// Small numbers for clients' addresses, in order of appearance; 0 is the absent one.
struct ClientNumbers: Sendable {
  private var numbers: [Int32]
  private(set) var count = 1

  init(_ exchanges: Exchanges, symbols: Int) {
    numbers = [Int32](repeating: -1, count: max(1, symbols))
    numbers[0] = 0
    for r in exchanges.requests {
      let k = Int(r.client.index)
      if numbers[k] < 0 {
        numbers[k] = Int32(truncatingIfNeeded: count)
        count += 1
      }
    }
  }

  /// -1 for an address that no exchange shows.
  func of(_ client: Symbol) -> Int32 {
    let k = Int(client.index)
    return k < numbers.count ? numbers[k] : -1
  }
}
