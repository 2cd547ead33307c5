internal import ByteScan
internal import Evidence

/// What a record of an application says, whatever its layout: a request it answered, or a message.
struct ApplicationRecord {
  var context: LineContext
  var format: Format
  var time = Instant.unknown
  var isCoarse = false
  var level = Level.unknown
  var writer = Symbol.none
  var requestID = Symbol.none
  var traceID = Symbol.none
  var client = Symbol.none
  var userAgent = Symbol.none
  var host = Symbol.none

  init(_ context: LineContext, _ format: Format) {
    self.context = context
    self.format = format
    writer = context.writer
  }

  /// Reads the text `s[from..<to]`. `path` is the request that the record is about, where it has one.
  func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ sink: inout Sink,
    path: Symbol = .none, logger: (inout Sink) -> Symbol
  ) -> ReadLine {
    if let access = AccessText.read(s, from, to) {
      add(access, s, &sink)
      return ReadLine(format: .applicationAccess, time: time)
    }
    let judged = MessageReader.judge(s, from, to, level: level, voice: .others)
    if let judged {
      var message = message(path)
      message.logger = logger(&sink)
      sink.begins(judged.statement, time)
      MessageReader.add(judged, s, from, to, message, &sink)
    } else if sink.isRecording, !client.isNone || !path.isNone {
      sink.add(message(path))
    }
    return ReadLine(format: format, time: time, isMessage: true)
  }

  private func message(_ path: Symbol) -> Message {
    var message = Message(citation: context.citation)
    message.time = time
    message.format = format
    message.level = level
    message.writer = writer
    message.requestID = requestID
    message.traceID = traceID
    message.client = client
    message.host = host
    message.path = path
    return message
  }

  /// A request that the application answered; its record is written at the end.
  func add(_ access: AccessText, _ s: Span<UInt8>, _ sink: inout Sink) {
    var request = Request(citation: context.citation)
    request.format = .applicationAccess
    request.hop = .application
    request.writer = writer
    request.status = access.status
    request.method = sink.intern(s, access.method.from, access.method.to)
    if !access.client.isEmpty {
      let address = Address(
        s, access.client.from, access.client.to, hasPort: access.hasPort)
      request.client = sink.intern(s, address.start, address.end)
      request.clientPort = address.port
    }
    if request.client.isNone { request.client = client }
    request.host = host
    sink.setTarget(&request, s, access.target.from, access.target.to)
    if !Quoted.isAbsent(s, access.user.from, access.user.to) {
      request.remoteUser = sink.intern(s, access.user.from, access.user.to)
    }
    request.userAgent =
      Quoted.isAbsent(s, access.userAgent.from, access.userAgent.to)
      ? userAgent : sink.internMasked(s, access.userAgent.from, access.userAgent.to)
    request.responseBytes = access.bytes
    request.duration = access.duration
    setTime(&request)
    request.requestID = requestID
    request.traceID = traceID
    sink.add(request, context)
  }

  func setTime(_ request: inout Request) {
    request.end = time
    request.isCoarse = isCoarse
    request.start =
      request.duration > 0
      ? Instant(nanoseconds: time.nanoseconds &- min(request.duration, 86_400_000_000) &* 1000)
      : time
    if !time.isKnown { request.start = .unknown }
  }
}
