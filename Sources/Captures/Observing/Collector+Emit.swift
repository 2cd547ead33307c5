internal import ByteScan
internal import Evidence

/// What is kept of finished exchanges: failures, OAuth and redirects in full, plain successes as
/// `SuccessChoice` and the sample have it.
extension Collector {
  /// More requests than these are counted only.
  static let mostRequests = 2_000_000

  mutating func emit(_ exchange: Exchange) {
    count(status: exchange.request.status)
    guard !isInFull, exchange.isPlainSuccess else {
      guard observations.requests.count < Self.mostRequests else { return }
      guard exchange.late != nil else {
        observations.requests.append(exchange.request)
        return
      }
      var whole = exchange
      settle(&whole)
      observations.requests.append(whole.request)
      return
    }
    if let head = exchange.late {
      observations.captured.skip()
      giveBack(head)
    } else if successes.isFirst(exchange.request.token) {
      successes.tookFirst(exchange.request.token)
      observations.requests.append(exchange.request)
    } else {
      observations.captured.offer(exchange.request, priority: exchange.priority)
    }
  }

  // MARK: Heads that may not be needed

  private static let mostWaiting = 65_536
  private static let longestWaiting = 8192

  /// Fills in what the head of a request says; a plain success that will only be counted needs none of
  /// it, so unless it is wanted in any case the head is put by until the answer is known.
  mutating func describeOrWait(
    _ s: Span<UInt8>, _ head: Head, path: Field, _ exchange: inout Exchange
  ) {
    let isNeeded =
      isInFull || exchange.isOAuth || !head.isWhole || head.hidesCredential
      || waitingHeads >= Self.mostWaiting
      || observations.captured.wants(exchange.priority)
      || successes.isFirst(exchange.request.token)
    // The first word of the credential tells its scheme; what it was is known by its number.
    let cut =
      head.authorization.isPresent
      ? Field(
        start: min(head.authorization.end, head.authorization.start + 16),
        end: head.authorization.end)
      : Field(start: head.end, end: head.end)
    guard !isNeeded, head.method.isPresent,
      cut.start - head.method.start + head.end - cut.end <= Self.longestWaiting
    else { return describe(s, head, path: path, &exchange) }
    var bytes: [UInt8] = []
    if let spare = spareHeads.popLast() { bytes = spare }
    Bytes.append(s, head.method.start, cut.start, to: &bytes)
    Bytes.append(s, cut.end, head.end, to: &bytes)
    exchange.late = bytes
    waitingHeads += 1
  }

  /// The head is needed after all.
  mutating func settle(_ exchange: inout Exchange) {
    guard let bytes = exchange.late.take() else { return }
    var head = Head()
    if head.parse(bytes.span, 0, bytes.count) > 0 {
      let path = Self.target(bytes.span, head.target).path
      describe(bytes.span, head, path: path, &exchange)
    }
    giveBack(bytes)
  }

  private mutating func giveBack(_ head: [UInt8]) {
    waitingHeads -= 1
    guard spareHeads.count < 64 else { return }
    var spare = head
    spare.removeAll(keepingCapacity: true)
    spareHeads.append(spare)
  }
}
