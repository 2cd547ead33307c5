internal import ByteScan
internal import Evidence

/// What is kept of finished exchanges: failures, OAuth and redirects in full, plain successes as
/// `SuccessChoice` and the sample have it.
extension Collector {
  /// More requests than these are counted only.
  static let mostRequests = 2_000_000

  mutating func emit(_ exchange: Exchange) {
    var given = exchange
    emit(&given)
  }

  /// The same in place; the exchange is done with.
  mutating func emit(_ exchange: inout Exchange) {
    count(status: exchange.request.status)
    guard !isInFull, exchange.isPlainSuccess else {
      if observations.requests.count < Self.mostRequests {
        keep(&exchange)
      } else if exchange.late >= 0 {
        lateHeads.remove(exchange.late)
      }
      return
    }
    if successes.isFirst(exchange.request.token) {
      successes.tookFirst(exchange.request.token)
      keep(&exchange)
    } else if exchange.late >= 0 {
      if observations.captured.wants(exchange.priority) {
        putAside(&exchange)
      } else {
        observations.captured.skip()
      }
      if exchange.late >= 0 { lateHeads.remove(exchange.late) }
    } else {
      observations.captured.offer(exchange.request, priority: exchange.priority)
    }
  }

  private mutating func keep(_ exchange: inout Exchange) {
    settle(&exchange)
    observations.requests.append(exchange.request)
  }

  // MARK: Successes that the sample may keep

  /// Most of these give way to others before what they say is needed.
  private mutating func putAside(_ exchange: inout Exchange) {
    let isKept = unread.append(
      exchange.request, exchange.priority, lateHeads[exchange.late].span)
    guard isKept else {
      settle(&exchange)
      return observations.captured.offer(exchange.request, priority: exchange.priority)
    }
    if unread.isFull { trimUnread() }
  }

  private mutating func trimUnread() {
    observations.captured.skip(unread.trim(to: Sample.capturedCapacity))
    observations.captured.lower(to: unread.limit)
  }

  /// Reads what was put aside: no more will come.
  mutating func readUnread() {
    trimUnread()
    let unread = self.unread
    self.unread = UnreadExchanges()
    for item in unread.items {
      guard observations.captured.wants(item.priority) else {
        observations.captured.skip()
        continue
      }
      var whole = Exchange(request: item.request)
      describe(unread.bytes.span, Int(item.start), Int(item.end), &whole)
      observations.captured.offer(whole.request, priority: item.priority)
    }
  }

  // MARK: Heads that may not be needed

  /// Fills in what the head of a request says; a plain success that will only be counted needs none of
  /// it, so unless it is wanted in any case the head is put by until the answer is known.
  mutating func describeOrWait(
    _ s: Span<UInt8>, _ head: Head, path: Field, _ exchange: inout Exchange
  ) {
    let isNeeded =
      isInFull || publish != nil || exchange.isOAuth || !head.isWhole || head.hidesCredential
      || lateHeads.isFull || successes.isFirst(exchange.request.token)
    // The first word of the credential tells its scheme; what it was is known by its number.
    let cut =
      head.authorization.isPresent
      ? Field(
        start: min(head.authorization.end, head.authorization.start + 16),
        end: head.authorization.end)
      : Field(start: head.end, end: head.end)
    guard !isNeeded, head.method.isPresent,
      cut.start - head.method.start + head.end - cut.end <= LateHeads.longest
    else { return describe(s, head, path: path, &exchange) }
    exchange.late = lateHeads.add(s, head.method.start, head.end, without: cut)
  }

  /// The head is needed after all.
  mutating func settle(_ exchange: inout Exchange) {
    guard exchange.late >= 0 else { return }
    let bytes = lateHeads[exchange.late]
    describe(bytes.span, 0, bytes.count, &exchange)
    lateHeads.remove(exchange.late)
    exchange.late = -1
  }

  /// What the bytes of a head say that was put by.
  private mutating func describe(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ exchange: inout Exchange
  ) {
    var head = Head()
    guard head.parse(s, from, to) > 0 else { return }
    describe(s, head, path: Self.target(s, head.target).path, &exchange)
  }
}
