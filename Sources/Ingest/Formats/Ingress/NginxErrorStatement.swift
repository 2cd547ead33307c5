internal import ByteScan
internal import Evidence

/// What an nginx error message says. Matches the stable parts of the messages in nginx's sources
/// (`ngx_http_upstream.c`, `ngx_http_request.c`, `ngx_http_auth_request_module.c` …) and, because the
/// texts of system errors differ between C libraries, their numbers.
struct NginxErrorStatement {
  var statement = Statement.other
  var subjectStart = 0
  var subjectEnd = 0
  /// What of the message may be kept: messages about a header print its value.
  var textEnd: Int

  init(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    textEnd = to
    func has(_ text: StaticString) -> Bool { Bytes.contains(text, s, from, to) }
    func starts(_ text: StaticString) -> Bool { Bytes.has(text, s, from, to) }

    if starts("connect() ") {
      connect(NginxErrorStatement.errno(s, from, to))
    } else if starts("upstream timed out") {
      statement =
        has("while connecting to upstream") || has("while SSL handshaking to upstream")
        ? .upstreamConnectTimedOut : .upstreamTimedOut
    } else if starts("auth request unexpected status: ") {
      statement = .authRequestUnexpectedStatus
      subject(s, after: "auth request unexpected status: ", from, to)
    } else if starts("upstream sent too big header") {
      statement = .upstreamHeaderTooBig
    } else if starts("upstream prematurely closed connection") {
      statement = .upstreamClosed
    } else if starts("no live upstreams") || has("no peer was returned, balancer:") {
      statement = .noLiveUpstream
    } else if starts("upstream SSL certificate verify error") || starts("upstream SSL certificate")
    {
      statement = .upstreamTLSVerify
    } else if has("could not be resolved (") {
      resolved(s, from, to)
    } else if starts("no resolver defined to resolve ") || starts("host not found in upstream") {
      statement = starts("no") ? .upstreamNameFailed : .upstreamNameNotFound
      quotedSubject(s, from, to)
    } else if has("SSL_do_handshake() failed") || has("peer closed connection in SSL handshake") {
      tls(has("to upstream"), has("certificate verify failed"), has("http request"))
    } else if starts("recv() failed") || starts("send() failed") || starts("writev() failed")
      || starts("readv() failed")
    {
      if has("upstream") { statement = .upstreamReset }
    } else if starts("client sent plain HTTP request to HTTPS port") {
      statement = .plainToTLSPort
    } else if starts("client sent too long header line") || starts("client sent too large request")
      || starts("client sent too long URI")
    {
      statement = .requestHeaderTooLarge
      header(s, from, to)
    } else if starts("client sent invalid header line") {
      statement = .invalidHeaderDropped
      header(s, from, to)
    } else if starts("client sent duplicate header line") || starts("client sent invalid header") {
      header(s, from, to)
    } else if starts("no user/password was provided") {
      statement = .basicMissing
    } else if starts("user \"") {
      if has("was not found in") {
        statement = .basicUserNotFound
      } else if has(": password mismatch") {
        statement = .basicPasswordMismatch
      }
    } else if starts("access forbidden by rule") {
      statement = .accessRuleDenied
    } else if starts("client SSL certificate verify error") || starts("client sent no required SSL")
    {
      statement = .clientTLSFailed
    } else if has("client prematurely closed connection") || has("client closed connection") {
      statement = .clientGaveUp
    } else if has("[lua] ") || has(".lua:") {
      script(s, from, to)
    } else {
      process(s, from, to)
      if statement == .other { script(s, from, to) }
    }
  }

  /// Plug-ins of OpenResty and scripts of njs speak with the words of their libraries.
  private mutating func script(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    guard let row = MessageSignatures.match(s, from, to, voice: .others) else { return }
    statement = row.statement
    let found = SubjectReader.find(row, s, from, to)
    (subjectStart, subjectEnd) = (found.from, found.to)
  }

  /// `… header line: "x_token: secret"`: the subject is the header's name, its value is left out.
  private mutating func header(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    let open = Bytes.find(" line: \"", s, from, to)
    guard open >= 0 else { return }
    subjectStart = open + 8
    var end = subjectStart
    while end < to, s[end] != UInt8(ascii: ":"), s[end] != UInt8(ascii: "\""), s[end] > 32 {
      end += 1
    }
    subjectEnd = end
    textEnd = end
  }

  /// Messages of the master process.
  private mutating func process(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    if Bytes.has("signal 1 (SIGHUP) received", s, from, to)
      || Bytes.equals("reconfiguring", s, from, to)
      || Bytes.equals("start worker processes", s, from, to)
    {
      statement = .configurationReloaded
    } else if Bytes.has("nginx/", s, from, to) || Bytes.has("openresty/", s, from, to) {
      statement = .edgeStarted
    } else if Bytes.has("signal 15 (SIGTERM) received", s, from, to)
      || Bytes.has("signal 3 (SIGQUIT) received", s, from, to)
      || Bytes.has("signal 2 (SIGINT) received", s, from, to)
    {
      statement = .edgeStopped
    } else if Bytes.has("no host in upstream", s, from, to)
      || Bytes.has("invalid URL prefix in", s, from, to)
    {
      statement = .settingsWrong
    }
  }

  private mutating func connect(_ errno: Int) {
    statement =
      switch errno {
      // 99: no address or port was left to call from, as for a name that means the host itself.
      case 111, 104, 99: .upstreamRefused
      case 110: .upstreamConnectTimedOut
      default: .upstreamUnreachable
      }
  }

  /// `NAME could not be resolved (3: Host not found)`; the codes are DNS return codes, 110 is a
  /// resolver that never answered.
  private mutating func resolved(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    let at = Bytes.find(" could not be resolved (", s, from, to)
    statement = Bytes.has("3:", s, at + 24, to) ? .upstreamNameNotFound : .upstreamNameFailed
    var start = at
    while start > from, s[start - 1] != 32 { start -= 1 }
    subjectStart = start
    subjectEnd = max(start, at)
  }

  private mutating func tls(_ isUpstream: Bool, _ isVerify: Bool, _ isPlain: Bool) {
    if isUpstream {
      statement = isVerify ? .upstreamTLSVerify : .upstreamTLSFailed
    } else {
      statement = isPlain ? .plainToTLSPort : .clientTLSFailed
    }
  }

  /// The number in `(111: Connection refused)`; -1 without one.
  private static func errno(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    let open = Bytes.find(" (", s, from, to)
    guard open >= 0 else { return -1 }
    return Bytes.number(s, open + 2, Bytes.digitsEnd(s, open + 2, to))
  }

  private mutating func subject(
    _ s: Span<UInt8>, after text: StaticString, _ from: Int, _ to: Int
  ) {
    subjectStart = from + text.utf8CodeUnitCount
    subjectEnd = Quoted.wordEnd(s, subjectStart, to)
  }

  private mutating func quotedSubject(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    let open = Bytes.find(UInt8(ascii: "\""), s, from, to)
    if open < 0 {
      subject(s, after: "no resolver defined to resolve ", from, to)
      return
    }
    let close = Bytes.find(UInt8(ascii: "\""), s, open + 1, to)
    guard close > 0 else { return }
    subjectStart = open + 1
    subjectEnd = close
  }
}
