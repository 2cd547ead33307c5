internal import ByteScan
internal import Evidence

/// What an Apache error message says, by its `AH` number where it has one (the numbers are stable,
/// the texts are not), and by the system or APR error before it.
///
/// <https://httpd.apache.org/docs/2.4/logs.html#errorlog>; numbers from httpd's `docs/log-message-tags`
/// and modules.
struct ApacheErrorStatement {
  var statement = Statement.other
  private var subject = (start: 0, end: 0)
  private var peer = (start: 0, end: 0)
  private var path = (start: 0, end: 0)

  init(_ s: Span<UInt8>, _ from: Int, _ to: Int, _ errno: Int) {
    func has(_ text: StaticString) -> Bool { Bytes.contains(text, s, from, to) }
    let tag = Bytes.find("AH", s, from, to)
    if tag >= 0, tag + 7 <= to, s[tag + 2] == UInt8(ascii: "0") || s[tag + 2] == UInt8(ascii: "1") {
      let number = Bytes.number(s, tag + 2, tag + 7)
      if number > 0 { numbered(number, s, from, to, errno) }
      if statement != .other || number > 0 { return }
    }
    let oidc = OpenIDCMessage(s, from, to)
    statement = oidc.statement
    subject = oidc.subject
    peer = oidc.peer
    if statement == .other, let row = MessageSignatures.match(s, from, to, voice: .others) {
      statement = row.statement
      let found = SubjectReader.find(row, s, from, to)
      subject = (found.from, found.to)
    }
  }

  private mutating func numbered(
    _ number: Int, _ s: Span<UInt8>, _ from: Int, _ to: Int, _ errno: Int
  ) {
    func has(_ text: StaticString) -> Bool { Bytes.contains(text, s, from, to) }
    switch number {
    case 957, 1114, 958:
      // attempt to connect to ADDRESS failed; failed to make connection to backend, which has no error of its own
      if number == 957 || errno != 0 { statement = ApacheErrorStatement.connect(errno) }
      setPeer(s, from, to)
    case 940, 959, 1167, 1170:
      // disabled worker; all workers in error state
      statement = .noLiveUpstream
    case 898, 1102, 1095, 1097, 1086:
      // error reading from remote server
      if has("DNS lookup failure") {
        statement = .upstreamNameNotFound
      } else if has("imeout") || errno == 70_007 {
        statement = .upstreamTimedOut
      } else if errno == 104 {
        statement = .upstreamReset
      } else {
        statement = .upstreamClosed
      }
    case 2039, 2005, 2411: statement = .upstreamTLSVerify
    case 961, 2003, 1961: statement = .upstreamTLSFailed
    case 561, 565, 566, 567, 560, 562: statement = .requestHeaderTooLarge
    case 1617: statement = .basicPasswordMismatch
    case 1618: statement = .basicUserNotFound
    case 1614, 1628: statement = .unsupportedScheme
    case 1631: statement = .roleMissing
    case 1630, 1797: statement = .accessRuleDenied
    case 1996: statement = .plainToTLSPort
    case 2008, 1998, 2261: statement = .clientTLSFailed
    case 489: statement = .edgeStarted
    case 493, 494: statement = .configurationReloaded
    case 169, 492, 491: statement = .edgeStopped
    default: break
    }
    if number == 1617 || number == 1618 || number == 1631 { setUser(s, from, to) }
  }

  private static func connect(_ errno: Int) -> Statement {
    switch errno {
    case 111: .upstreamRefused
    case 110, 70_007: .upstreamConnectTimedOut
    case 113, 101: .upstreamUnreachable
    case 104: .upstreamReset
    default: .upstreamUnreachable
    }
  }

  /// `attempt to connect to 10.0.0.1:8080 (host) failed`
  private mutating func setPeer(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    let at = Bytes.find("connect to ", s, from, to)
    if at >= 0 {
      peer = (at + 11, Quoted.wordEnd(s, at + 11, to))
      return
    }
    let backend = Bytes.find("backend: ", s, from, to)
    if backend >= 0 { peer = (backend + 9, Quoted.wordEnd(s, backend + 9, to)) }
  }

  /// `user U: authentication failure for "/x"`, `user U: authorization failure for "/x"`, `user U not found: /x`
  private mutating func setUser(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    let at = Bytes.find("user ", s, from, to)
    guard at >= 0 else { return }
    var end = at + 5
    while end < to, s[end] != 32, s[end] != UInt8(ascii: ":") { end += 1 }
    subject = (at + 5, end)
    let slash = Bytes.find(UInt8(ascii: "/"), s, end, to)
    guard slash >= 0 else { return }
    var stop = slash
    while stop < to, s[stop] != UInt8(ascii: "\""), s[stop] != UInt8(ascii: "?"), s[stop] != 32 {
      stop += 1
    }
    path = (slash, stop)
  }

  func fill(_ message: inout Message, _ s: Span<UInt8>, _ sink: inout Sink) {
    if subject.end > subject.start {
      message.subject = sink.internMasked(s, subject.start, subject.end)
    }
    if peer.end > peer.start { message.peer = sink.intern(s, peer.start, peer.end) }
    if path.end > path.start { message.path = sink.internMasked(s, path.start, path.end) }
  }
}
