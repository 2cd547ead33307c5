internal import ByteScan
package import Evidence

/// HAProxy's other lines: those of the process (`[NOTICE]   (9946) : New worker (9951) forked`, also
/// without level on its second output), health checks (`Server be/srv is DOWN, reason: …`), and
/// connections that failed before a request (`… frontend/bind: SSL handshake failure`).
package enum HAProxyMessage: LineFormat {
  package static let format = Format.haproxyMessage

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from > 12 else { return false }
    let c = s[from]
    return Bytes.isDigit(c) || c == UInt8(ascii: "[") || c >= 65 && c <= 90
      || Bytes.has("backend ", s, from, to)
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    let begin = HAProxyHead.bodyStart(s, from, to)
    var time = context.wrapperTime.isKnown ? context.wrapperTime : context.previousTime
    var level = Level.unknown
    var i = begin
    var client: Address?
    var isConnection = false
    if let head = leveled(s, begin, to) {
      level = head.level
      i = head.next
    } else if let head = connection(s, begin, to) {
      time = Instant(head.stamp, context)
      client = head.client
      isConnection = true
      i = head.next
    } else if begin == from, !isProcessText(s, begin, to) {
      return nil
    }
    if client == nil, Bytes.has("Connect from ", s, i, to) {
      client = Address(s, i + 13, Quoted.wordEnd(s, i + 13, to), hasPort: true)
    }
    var message = Message(citation: context.citation)
    message.statement = statement(s, i, to)
    if isConnection, message.statement == .other { return nil }
    if message.statement != .other || level >= .error || sink.isRecording {
      message.time = time
      message.format = format
      message.level = level
      message.writer = context.writer
      message.text = sink.internMasked(s, i, to)
      if let client { message.client = sink.intern(s, client.start, client.end) }
      if Bytes.has("Server ", s, i, to) {
        message.subject = sink.intern(s, i + 7, Quoted.wordEnd(s, i + 7, to))
      }
      sink.add(message)
    }
    // What is wrong with a configuration is told over several lines.
    let goesOn = level != .unknown && Bytes.has("config : ", s, i, to)
    return ReadLine(format: format, time: time, isMessage: goesOn)
  }

  /// What it prints about itself when it starts.
  private static let greetings: [StaticString] = [
    "Note: setting global.", "Available polling systems", "Available filters", "Available services",
    "Using epoll() as the polling mechanism", "Total: ",
  ]

  /// `[NOTICE]   (9946) : `, in old versions `[NOTICE] 233/100000 (9946) : `.
  private static func leveled(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> (
    level: Level, next: Int
  )? {
    guard from < to, s[from] == UInt8(ascii: "[") else { return nil }
    let level: Level
    if Bytes.has("[NOTICE]", s, from, to) {
      level = .notice
    } else if Bytes.has("[WARNING]", s, from, to) {
      level = .warn
    } else if Bytes.has("[ALERT]", s, from, to) {
      level = .error
    } else if Bytes.has("[EMERG]", s, from, to) {
      level = .fatal
    } else {
      return nil
    }
    let end = Bytes.find(" : ", s, from, min(to, from + 60))
    return end < 0 ? nil : (level, end + 3)
  }

  /// `10.0.1.2:33317 [21/Aug/2026:10:00:00.655] frontend/bind: `
  private static func connection(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> (
    client: Address, stamp: TimeStamp, next: Int
  )? {
    let clientEnd = Quoted.wordEnd(s, from, to)
    guard clientEnd > from, clientEnd + 26 < to, s[clientEnd + 1] == UInt8(ascii: "["),
      let stamp = TimeStamp.common(s, clientEnd + 2, to), Bytes.has("] ", s, stamp.end, to)
    else { return nil }
    let name = Quoted.wordEnd(s, stamp.end + 2, to)
    guard name < to, s[name - 1] == UInt8(ascii: ":") else { return nil }
    return (Address(s, from, clientEnd, hasPort: true), stamp, name + 1)
  }

  /// What the process logs without a level when no syslog prefix names it.
  private static func isProcessText(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    if Bytes.has("Proxy ", s, from, to) {
      return Bytes.contains(" stopped (", s, from, to) || Bytes.contains(" started.", s, from, to)
    }
    if Bytes.has("Server ", s, from, to) {
      return Bytes.contains(" is DOWN", s, from, to) || Bytes.contains(" is UP", s, from, to)
        || Bytes.contains(" is going DOWN for maintenance (", s, from, to)
    }
    if Bytes.has("Connect from ", s, from, to) { return Bytes.contains("/HTTP)", s, from, to) }
    if Bytes.has("backend ", s, from, to) {
      return Bytes.contains(" has no server available!", s, from, to)
    }
    // Most lines begin with a digit.
    guard s[from] >= 65 else { return false }
    if Bytes.has("Total: ", s, from, to) { return Bytes.contains(" usable)", s, from, to) }
    return greetings.contains { Bytes.has($0, s, from, to) }
  }

  private static func statement(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Statement {
    func has(_ text: StaticString) -> Bool { Bytes.contains(text, s, from, to) }
    func starts(_ text: StaticString) -> Bool { Bytes.has(text, s, from, to) }
    if starts("Reloading HAProxy") || starts("New worker") { return .configurationReloaded }
    // What keeps it from starting.
    if has("could not resolve address '") { return .upstreamNameNotFound }
    if starts("Exiting Master process") || starts("All workers exited") { return .edgeStopped }
    if has("has no server available!") { return .noLiveUpstream }
    if has(" is DOWN") {
      if has("Connection refused") { return .upstreamRefused }
      if has("Layer4 timeout") { return .upstreamConnectTimedOut }
      if has("certificate verify failed") { return .upstreamTLSVerify }
      if has("SSL handshake failure") { return .upstreamTLSFailed }
      if has("Layer7 timeout") || has("Layer6 timeout") { return .upstreamTimedOut }
      if has("Layer6 invalid response") { return .upstreamTLSFailed }
      // It answers, and says itself that it cannot serve; with another status the check asks for the wrong thing.
      if has("Layer7 wrong status") { return has("code: 5") ? .noLiveUpstream : .other }
      return .upstreamUnreachable
    }
    // Why a server lost its address (resolvers section).
    if has(" is going DOWN for maintenance (") {
      if has("(DNS NX status)") || has("(No IP for server") { return .upstreamNameNotFound }
      return has("DNS ") ? .upstreamNameFailed : .other
    }
    if has("SSL handshake") {
      return has("HTTP request") ? .plainToTLSPort : .clientTLSFailed
    }
    if has("No servers available for auth-request") || has("Failure in auth-request backend") {
      return .authServiceCallFailed
    }
    if has("Invalid status code in auth-request backend") { return .authRequestUnexpectedStatus }
    return .other
  }
}
