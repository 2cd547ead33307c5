internal import ByteScan
internal import Evidence

/// Where the fields of one line stand that a user's pattern has found.
struct PatternLine {
  var status = -1
  private var upstreamStatus = 0
  private var stamp: TimeStamp?
  private var duration: Int64 = -1
  private var responseBytes = -1
  private var countsHeaders = false
  private var requestBytes = -1
  private var client = Extent(0, 0)
  private var forwarded = Extent(0, 0)
  private var requestLine = Extent(0, 0)
  private var target = Extent(0, 0)
  private var texts: [(PatternField, Extent)] = []

  /// `false` when the field cannot hold this.
  mutating func take(_ field: PatternField, _ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    let isAbsent = Quoted.isAbsent(s, from, to)
    switch field {
    case .other, .query, .message, .level, .logger: return true
    case .anyTime: stamp = StructuredFields.stamp(s, from, to)
    case .status:
      guard to - from == 3 || isAbsent || to - from == 1 else { return false }
      status = isAbsent ? 0 : Bytes.number(s, from, to)
      return status >= 0
    case .upstreamStatus:
      // nginx lists several, separated by commas and colons: the last one counts.
      var start = to
      while start > from, Bytes.isDigit(s[start - 1]) { start -= 1 }
      upstreamStatus = max(0, Bytes.number(s, start, to))
    case .commonTime: stamp = TimeStamp.common(s, from, to)
    case .commonTimeInBrackets:
      stamp = TimeStamp.common(s, from < to && s[from] == UInt8(ascii: "[") ? from + 1 : from, to)
    case .isoTime: stamp = TimeStamp.iso(s, from, to)
    case .epoch: stamp = TimeStamp.epoch(s, from, to)
    case .epochMilliseconds:
      let value = Bytes.number(s, from, to)
      if value > 0, value < 10_000_000_000_000 {
        stamp = TimeStamp(
          nanoseconds: Int64(value) &* 1_000_000, end: to, hasZone: true, isCoarse: false)
      }
    case .seconds: duration = isAbsent ? -1 : max(-1, Bytes.microseconds(s, from, to))
    case .milliseconds, .microseconds, .nanoseconds:
      let value = Bytes.number(s, from, Bytes.digitsEnd(s, from, to))
      if value >= 0, value < 1 << 50 {
        duration =
          field == .nanoseconds
          ? Int64(value) / 1000 : Int64(value) &* (field == .milliseconds ? 1000 : 1)
      }
    case .responseBytes, .responseBytesWithHeaders:
      responseBytes = isAbsent ? 0 : Bytes.number(s, from, to)
      countsHeaders = field == .responseBytesWithHeaders
    case .requestBytes: requestBytes = Bytes.number(s, from, to)
    case .client, .clientAndPort: client = Extent(from, isAbsent ? from : to)
    case .forwardedFor: forwarded = Extent(from, isAbsent ? from : to)
    case .requestLine: requestLine = Extent(from, to)
    case .target, .path: target = Extent(from, isAbsent ? from : to)
    case .remoteUser, .method, .host, .userAgent, .requestID, .traceID, .traceparent, .service,
      .upstreamAddress, .detail, .flags, .challenge, .location:
      if !isAbsent { texts.append((field, Extent(from, to))) }
    }
    switch field {
    case .commonTime, .commonTimeInBrackets, .isoTime, .epoch, .epochMilliseconds, .anyTime:
      return stamp != nil
    default: return true
    }
  }

  /// Makes the request.
  func add(
    _ stampsStart: Bool, _ hop: Hop, _ s: Span<UInt8>, _ context: LineContext,
    _ sink: inout Sink
  ) -> ReadLine? {
    var request = Request(citation: context.citation)
    request.format = .user
    request.status = UInt16(clamping: status)
    request.upstreamStatus = UInt16(clamping: upstreamStatus)
    request.duration = duration
    if let stamp {
      if stampsStart {
        request.stampStart(stamp, context)
      } else {
        request.stampEnd(stamp, context)
      }
    } else if context.wrapperTime.isKnown {
      request.start = context.wrapperTime
      request.end = context.wrapperTime
    }
    let path = pathExtent(s)
    if sink.isCountedAlone(request.status, s, path.from, path.to, context) {
      return ReadLine(format: .user, time: stampsStart ? request.start : request.end)
    }
    request.writer = context.writer
    request.responseBytes = Int32(clamping: responseBytes)
    request.sizeCountsHeaders = countsHeaders
    request.requestBytes = Int32(clamping: requestBytes)
    let address = Address(s, client.from, client.to)
    if address.end > address.start {
      request.client = sink.intern(s, address.start, address.end)
      request.clientPort = address.port
    }
    if !forwarded.isEmpty {
      // The address that the nearest proxy saw first.
      var first = forwarded.from
      while first < forwarded.to, s[first] != UInt8(ascii: ","), s[first] != 32 { first += 1 }
      request.client = sink.intern(s, forwarded.from, first)
    }
    for (field, extent) in texts {
      let (from, to) = (extent.from, extent.to)
      switch field {
      case .remoteUser: request.remoteUser = sink.intern(s, from, to)
      case .method: request.method = sink.intern(s, from, to)
      case .host: request.host = sink.intern(s, from, to)
      case .userAgent: request.userAgent = sink.internMasked(s, from, to)
      case .requestID: request.requestID = sink.intern(s, from, to)
      case .traceID: request.traceID = sink.internTrace(s, from, to)
      case .traceparent:
        if to - from >= 35 { request.traceID = sink.intern(s, from + 3, from + 35) }
      case .service: request.service = sink.intern(s, from, to)
      case .upstreamAddress: request.upstreamAddress = sink.intern(s, from, to)
      case .detail: request.detail = sink.internMasked(s, from, to)
      case .flags: request.flags = sink.intern(s, from, to)
      case .challenge: request.challenge = sink.internMasked(s, from, to)
      case .location:
        var end = Bytes.find(UInt8(ascii: "?"), s, from, to)
        if end < 0 { end = to }
        request.location = sink.intern(s, from, end)
      default: break
      }
    }
    if !requestLine.isEmpty {
      RequestLine.set(&request, s, requestLine.from, requestLine.to, &sink)
    } else {
      sink.setTarget(&request, s, target.from, target.to)
    }
    // Whoever names an upstream stands before it.
    if !request.service.isNone || !request.upstreamAddress.isNone || upstreamStatus > 0 {
      request.hop = .edge
      request.answeredBy =
        upstreamStatus == status ? .upstream : upstreamStatus > 0 ? .edge : .unknown
    }
    if hop != .unknown { request.hop = hop }
    sink.add(request, context)
    return ReadLine(format: .user, time: stampsStart ? request.start : request.end)
  }

  /// The target, wherever it stands.
  private func pathExtent(_ s: Span<UInt8>) -> Extent {
    guard !requestLine.isEmpty else { return target }
    guard let line = RequestLine(s, requestLine.from, requestLine.to) else { return .none }
    return Extent(line.targetStart, line.targetEnd)
  }

  // MARK: Messages

  /// What a line that is no request says besides its text.
  func fill(
    _ record: inout ApplicationRecord, _ s: Span<UInt8>, _ context: LineContext,
    _ sink: inout Sink
  ) {
    record.time =
      stamp.map { Instant.ofMessage($0, context) } ?? RecordHead.time(nil, context)
    let address = Address(s, client.from, client.to)
    if address.end > address.start {
      record.client = sink.intern(s, address.start, address.end)
    }
    for (field, extent) in texts {
      switch field {
      case .host: record.host = sink.intern(s, extent.from, extent.to)
      case .requestID: record.requestID = sink.intern(s, extent.from, extent.to)
      case .traceID: record.traceID = sink.internTrace(s, extent.from, extent.to)
      case .userAgent: record.userAgent = sink.internMasked(s, extent.from, extent.to)
      default: break
      }
    }
  }

  /// Of the request that a message is about, without query.
  func path(_ s: Span<UInt8>, _ sink: inout Sink) -> Symbol {
    guard !target.isEmpty else { return .none }
    let query = Bytes.find(UInt8(ascii: "?"), s, target.from, target.to)
    return sink.internMasked(s, target.from, query < 0 ? target.to : query)
  }
}
