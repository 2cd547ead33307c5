internal import ByteScan
internal import Evidence

/// The parts of a Traefik log line, whatever its encoding; offsets only.
struct TraefikMessageParts {
  var stamp: TimeStamp
  var level: Level
  var messageStart = 0
  var messageEnd = 0
  /// Value of `error`; empty without one.
  var errorStart = 0
  var errorEnd = 0
  private var end = 0

  /// `2026-08-21T10:00:00Z ERR [file.go:286 > ]message key=value key="value"`
  init?(console s: Span<UInt8>, _ from: Int, _ to: Int) {
    guard let stamp = TimeStamp.iso(s, from, to), stamp.end + 4 < to + 1, s[stamp.end - 1] != 32,
      stamp.end < to, s[stamp.end] == 32,
      let level = TraefikMessageParts.short(s, stamp.end + 1, to)
    else { return nil }
    self.stamp = stamp
    self.level = level
    messageStart = min(to, stamp.end + 5)
    let caller = Bytes.find(" > ", s, messageStart, min(to, messageStart + 120))
    if caller > 0, Bytes.contains(".go:", s, messageStart, caller) { messageStart = caller + 3 }
    end = to
    messageEnd = to
    let error = Bytes.find(" error=", s, messageStart, to)
    if error >= 0 {
      messageEnd = error
      setError(s, error + 7, to)
    }
  }

  /// `time="…" level=error msg="…" error="…"`
  init?(logrus s: Span<UInt8>, _ from: Int, _ to: Int) {
    guard let stamp = TimeStamp.iso(s, from + 6, to), Bytes.has("\" level=", s, stamp.end, to)
    else { return nil }
    let name = stamp.end + 8
    let nameEnd = Quoted.wordEnd(s, name, to)
    guard let level = TraefikMessageParts.long(s, name, nameEnd),
      Bytes.has(" msg=", s, nameEnd, to)
    else { return nil }
    self.stamp = stamp
    self.level = level
    messageStart = nameEnd + 5
    if messageStart < to, s[messageStart] == UInt8(ascii: "\"") {
      messageStart += 1
      let close = Quoted.end(s, messageStart, to)
      messageEnd = close < 0 ? to : close
    } else {
      messageEnd = Quoted.wordEnd(s, messageStart, to)
    }
    end = to
    let error = Bytes.find(" error=", s, messageEnd, to)
    if error >= 0 { setError(s, error + 7, to) }
    // logrus is everybody's: only what names a part of Traefik is Traefik's.
    guard TraefikMessageParts.isTraefik(s, messageEnd, to) || isProxyError(s) || isKnown(s) else {
      return nil
    }
  }

  /// `{"level":"error","error":"…","time":"…","message":"…"}`
  init?(json s: Span<UInt8>, _ from: Int, _ to: Int) {
    var level = Level.unknown
    var time: JSONValue?
    var message: JSONValue?
    var error: JSONValue?
    var isTraefik = false
    let close = JSONWalk.members(s, from, to) { start, end, value in
      @inline(__always) func key(_ name: StaticString) -> Bool {
        Bytes.equals(name, s, start, end)
      }
      if key("level") { level = TraefikMessageParts.long(s, value.start, value.end) ?? .unknown }
      if key("time") { time = value }
      if key("message") || key("msg") { message = value }
      if key("error") { error = value }
      if key("middlewareName") || key("routerName") || key("providerName")
        || key("entryPointName") || key("middlewareType")
      {
        isTraefik = true
      }
    }
    guard close > 0, level != .unknown, let time, let message, message.kind == .string,
      let stamp = TimeStamp.iso(s, time.start, time.end)
    else { return nil }
    self.stamp = stamp
    self.level = level
    messageStart = message.start
    messageEnd = message.end
    errorStart = error?.start ?? 0
    errorEnd = error?.end ?? 0
    end = messageEnd
    guard isTraefik || isProxyError(s) || isKnown(s) else { return nil }
  }

  private mutating func setError(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    if from < to, s[from] == UInt8(ascii: "\"") {
      errorStart = from + 1
      let close = Quoted.end(s, errorStart, to)
      errorEnd = close < 0 ? to : close
    } else {
      errorStart = from
      errorEnd = Quoted.wordEnd(s, from, to)
    }
  }

  private static func isTraefik(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    Bytes.contains(" middlewareName=", s, from, to) || Bytes.contains(" providerName=", s, from, to)
      || Bytes.contains(" routerName=", s, from, to)
      || Bytes.contains(" entryPointName=", s, from, to)
  }

  private func isKnown(_ s: Span<UInt8>) -> Bool {
    Bytes.has("Traefik ", s, messageStart, messageEnd)
      || Bytes.has("Configuration received", s, messageStart, messageEnd)
      || Bytes.has("Configuration loaded from ", s, messageStart, messageEnd)
      || Bytes.has("Error calling ", s, messageStart, messageEnd)
  }

  /// `502 Bad Gateway` (v3) or `'502 Bad Gateway' caused by: …` (v2).
  func isProxyError(_ s: Span<UInt8>) -> Bool {
    var i = messageStart
    if i < messageEnd, s[i] == UInt8(ascii: "'") { i += 1 }
    guard i + 4 < messageEnd, s[i + 3] == 32 else { return false }
    let status = Bytes.number(s, i, i + 3)
    return status == 500 || status == 499 || status >= 502 && status <= 504
  }

  func remoteStatus(_ s: Span<UInt8>) -> (start: Int, end: Int)? {
    let at = Bytes.find("StatusCode: ", s, messageStart, end)
    guard at >= 0 else { return nil }
    return (at + 12, Bytes.digitsEnd(s, at + 12, end))
  }

  /// The message, and the error behind it.
  func text(_ s: Span<UInt8>, _ sink: inout Sink) -> Symbol {
    var both: [UInt8] = []
    JSONWalk.unescape(s, messageStart, messageEnd, into: &both)
    if errorEnd > errorStart {
      both.append(contentsOf: [UInt8(ascii: ":"), 32])
      JSONWalk.unescape(s, errorStart, errorEnd, into: &both)
    }
    return sink.internMasked(both.span, 0, both.count)
  }

  /// Peer and subject: the called address and the auth service's status.
  func fill(_ message: inout Message, _ s: Span<UInt8>, _ sink: inout Sink) {
    if let code = remoteStatus(s) { message.subject = sink.intern(s, code.start, code.end) }
    let scheme = Bytes.find("http", s, messageStart, messageEnd)
    if scheme >= 0, Bytes.contains("://", s, scheme, min(messageEnd, scheme + 8)) {
      let peer = UpstreamURL.authority(s, scheme, messageEnd)
      message.peer = sink.intern(s, peer.start, peer.end)
      return
    }
    // `dial tcp 10.0.0.1:8080: connect: connection refused`
    let dial = Bytes.find("dial tcp ", s, errorStart, errorEnd)
    guard dial >= 0 else { return }
    var peerEnd = Quoted.wordEnd(s, dial + 9, errorEnd)
    while peerEnd > dial + 9, s[peerEnd - 1] == UInt8(ascii: ":") { peerEnd -= 1 }
    message.peer = sink.intern(s, dial + 9, peerEnd)
  }

  private static func short(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Level? {
    guard at + 3 <= to, at + 3 == to || s[at + 3] == 32 else { return nil }
    if Bytes.has("INF", s, at, to) { return .info }
    if Bytes.has("ERR", s, at, to) { return .error }
    if Bytes.has("WRN", s, at, to) { return .warn }
    if Bytes.has("DBG", s, at, to) { return .debug }
    if Bytes.has("TRC", s, at, to) { return .trace }
    if Bytes.has("FTL", s, at, to) || Bytes.has("PNC", s, at, to) { return .fatal }
    return nil
  }

  static func long(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Level? {
    if Bytes.equals("info", s, from, to) { return .info }
    if Bytes.equals("error", s, from, to) { return .error }
    if Bytes.equals("debug", s, from, to) { return .debug }
    if Bytes.equals("warn", s, from, to) || Bytes.equals("warning", s, from, to) { return .warn }
    if Bytes.equals("fatal", s, from, to) || Bytes.equals("panic", s, from, to) { return .fatal }
    if Bytes.equals("trace", s, from, to) { return .trace }
    return nil
  }
}
