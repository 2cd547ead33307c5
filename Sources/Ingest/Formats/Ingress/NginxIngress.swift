internal import ByteScan
package import Evidence

/// ingress-nginx's access line (`log_format upstreaminfo`), also its forms without request id and
/// without alternative upstream.
///
/// <https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/log-format/>
package enum NginxIngress: GlancingFormat {
  package static let format = Format.nginxIngress

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    CombinedLine.mayStart(s, from, to)
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    guard let line = CombinedLine(s, from, to), line.hasAgent, line.next + 5 < to,
      s[line.next] == 32, let tail = Tail(s, line.next + 1, to)
    else { return nil }
    if let target = RequestLine(s, line.requestStart, line.requestEnd),
      sink.isOnlyCounted(line.status, s, target.targetStart, target.targetEnd, context)
    {
      sink.pass(line.status, s, from, to, Self.self, context)
      return ReadLine(format: format, time: Instant(line.stamp, context))
    }
    var request = line.request(s, format, context, &sink)
    request.hop = .edge
    request.requestBytes = Int32(clamping: tail.requestLength)
    request.duration = tail.duration
    request.stampEnd(line.stamp, context)
    if !Quoted.isAbsent(s, tail.serviceStart, tail.serviceEnd) {
      request.service = sink.intern(s, tail.serviceStart, tail.serviceEnd)
    }
    tail.upstream.set(&request, s, &sink)
    RequestLine.set(&request, s, line.requestStart, line.requestEnd, &sink)
    if tail.idStart < to, !request.path.isNone || Sink.isKept(request.status) {
      request.requestID = sink.internPresent(s, tail.idStart, to)
    }
    sink.add(request, context)
    return ReadLine(format: format, time: Instant(line.stamp, context))
  }

  package static func glance(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ memory: inout GlanceMemory
  ) -> Glance? {
    let first = memory.marks.firstPlace
    let newline = memory.marks.newlinePlace
    guard memory.marks.isLine(from, to), newline &- first >= 16,
      memory.marks.quoteCount == CombinedGlance.quotes, s.count &- to >= CombinedGlance.reach
    else { return nil }
    // Counted from where the stretch begins, as its places are.
    let base = memory.marks.start
    let stretch = s.extracting(base..<s.count)
    let bytes = unsafe stretch.bytes
    let client = Int(memory.marks.places[first])
    guard CombinedGlance.isAddress(stretch, from &- base, client),
      let time = memory.head.read(bytes, client),
      let line = CombinedGlance(bytes, memory.marks.places.span, first, newline, tail: 10),
      isTail(
        bytes, to &- base, memory.marks.places.span, first &+ line.agent, newline),
      !LineMarks.mayNameOAuth(
        stretch, line.target.lowerBound, line.target.upperBound, vectors: memory.marks.vectors)
        || !Route.isOAuth(stretch, line.target.lowerBound, line.target.upperBound)
    else { return nil }
    return Glance(status: line.status, time: time)
  }

  /// ` 911 0.014 [shop-orders-8080] [] 10.244.2.17:8080 112 0.013 401 5f0c…` up to the end of a line, behind the
  /// quote that is the place `agent`: one peer was asked once. The id may be missing, and nothing else. All
  /// other places up to the newline are blanks.
  @inline(__always)
  private static func isTail(
    _ s: RawSpan, _ to: Int, _ places: Span<UInt16>, _ agent: Int, _ newline: Int
  ) -> Bool {
    @inline(__always) func blank(_ number: Int) -> Int {
      Int(unsafe places[unchecked: agent &+ number])
    }
    let length = blank(2)
    let seconds = blank(3)
    let service = blank(4)
    guard CombinedGlance.isNumber(s, blank(1) &+ 1, length), isSeconds(s, length &+ 1, seconds),
      CombinedGlance.word(s, seconds) & 0xffff == 0x5b20,
      // `] [] `
      CombinedGlance.word(s, service &- 1) & 0xff_ffff_ffff == 0x20_5d5b_205d,
      isOneName(s, seconds &+ 2, service &- 1)
    else { return false }
    let address = blank(6)
    let size = blank(7)
    let time = blank(8)
    let status = newline &- agent == 10 ? blank(9) : to
    // Of each list the last byte, and the one behind the blank: no comma, no colon.
    let ends =
      CombinedGlance.word(s, address &- 1) & 0xff_00ff
      | (CombinedGlance.word(s, size &- 1) & 0xff_00ff) &<< 8
      | (CombinedGlance.word(s, time &- 1) & 0xff_00ff) &<< 32
      | (CombinedGlance.word(s, status &- 1) & 0xff_00ff) &<< 40
    let separators: UInt64 = 0x3a3a_2c2c_3a3a_2c2c
    return Bytes.matches(0, ends ^ separators) == 0 && address &- service > 5
      && size &- address > 1 && time &- size > 1 && status &- time > 1
  }

  /// Whether there is no bracket in `s[from..<to]`, which one follows.
  @inline(__always)
  private static func isOneName(_ s: RawSpan, _ from: Int, _ to: Int) -> Bool {
    var i = from
    while i < to {
      let brackets = Bytes.matches(UInt8(ascii: "]"), CombinedGlance.word(s, i))
      if brackets != 0 { return i &+ brackets.trailingZeroBitCount &>> 3 == to }
      i &+= 8
    }
    return i == to
  }

  /// `0.014`
  @inline(__always)
  private static func isSeconds(_ s: RawSpan, _ from: Int, _ to: Int) -> Bool {
    let count = to &- from
    guard count >= 3, count <= 8 else { return false }
    let others =
      Bytes.nonDigits(CombinedGlance.word(s, from))
      & (.max &>> UInt64(truncatingIfNeeded: 64 &- count &* 8))
    let dot = others.trailingZeroBitCount &>> 3
    return others != 0 && others & (others &- 1) == 0 && dot > 0 && dot < count &- 1
      && CombinedGlance.word(s, from &+ dot) & 0xff == 0x2e
  }

  /// ` 911 0.014 [shop-orders-8080] [] 10.244.2.17:8080 112 0.013 401 5f0c…`
  private struct Tail {
    var requestLength = -1
    var duration: Int64 = -1
    var serviceStart = 0
    var serviceEnd = 0
    var upstream = NginxUpstream()
    /// `to` where there is no request id.
    var idStart: Int

    init?(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
      idStart = to
      var i = Bytes.digitsEnd(s, from, to)
      guard i > from, i + 1 < to, s[i] == 32 else { return nil }
      requestLength = Bytes.number(s, from, i)
      let timeEnd = Quoted.wordEnd(s, i + 1, to)
      duration = Bytes.microseconds(s, i + 1, timeEnd)
      guard duration >= 0, timeEnd + 2 < to, s[timeEnd + 1] == UInt8(ascii: "[") else { return nil }
      serviceStart = timeEnd + 2
      serviceEnd = Bytes.find(UInt8(ascii: "]"), s, serviceStart, to)
      guard serviceEnd >= 0, serviceEnd + 2 < to, s[serviceEnd + 1] == 32 else { return nil }
      i = serviceEnd + 2
      if s[i] == UInt8(ascii: "[") {
        let close = Bytes.find(UInt8(ascii: "]"), s, i, to)
        guard close >= 0, close + 2 < to, s[close + 1] == 32 else { return nil }
        i = close + 2
      }
      guard let end = upstream.read(s, i, to) else { return nil }
      if end + 1 < to { idStart = end + 1 }
    }
  }
}
