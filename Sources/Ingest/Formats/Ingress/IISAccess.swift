internal import ByteScan
package import Evidence

/// A line as Internet Information Services writes it by default, with or without the referer (IIS 6 and 7 had none), and
/// what `W3CText` makes of other orders, host and forwarded address behind it: `date time s-ip cs-method cs-uri-stem
/// cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken`.
/// Stamped in UTC when the answer was sent; milliseconds.
///
/// <https://learn.microsoft.com/windows/win32/http/w3c-logging>
package enum IISAccess: LineFormat {
  package static let format = Format.iisAccess

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    to - from > 50 && s[from + 4] == UInt8(ascii: "-") && s[from + 10] == 32
      && s[from + 19] == 32 && Bytes.isDigit(s[from])
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    guard var stamp = TimeStamp.iso(s, from, to), stamp.end == from + 19,
      let line = Line(s, from, to)
    else { return nil }
    stamp.hasZone = true
    var request = Request(citation: context.citation)
    request.format = format
    request.hop = .edge
    request.writer = context.writer
    request.status = line.status
    if let taken = line.taken {
      request.duration = Bytes.microseconds(s, taken.from, taken.to) / 1000
    }
    request.stampEnd(stamp, context)
    if sink.isOnlyCounted(line.status, s, line.path.from, line.path.to, context) {
      sink.pass(line.status, s, from, to, Self.self, context)
      return ReadLine(format: format, time: request.end)
    }
    request.method = sink.intern(s, line.method.from, line.method.to)
    sink.setTarget(&request, s, line.path.from, line.path.to)
    if let query = line.query {
      request.targetLength = UInt16(
        clamping: Int(request.targetLength) + 1 + query.to - query.from)
      request.isLoginCallback =
        !request.path.isNone
        && LoginCallback.isAnswer(
          s, path: line.path.from..<line.path.to, query: query.from..<query.to)
    }
    let peer = Address(s, line.client.from, line.client.to)
    request.client = sink.intern(s, peer.start, peer.end)
    if let forwarded = line.forwarded {
      sink.notePeer(request.client)
      let address = Address(s, forwarded.from, forwarded.to)
      request.client = sink.intern(s, address.start, address.end)
    }
    if let host = line.host { request.host = sink.intern(s, host.from, host.to) }
    if let user = line.user { request.remoteUser = sink.intern(s, user.from, user.to) }
    if let agent = line.agent {
      var text: [UInt8] = []
      for i in agent.from..<agent.to { text.append(s[i] == UInt8(ascii: "+") ? 32 : s[i]) }
      request.userAgent = sink.internMasked(text.span, 0, text.count)
    }
    if let detail = line.detail, Sink.isKept(request.status) {
      // `401.2`, as Microsoft's documentation names them.
      var text: [UInt8] = []
      Bytes.append(s, line.code.from, line.code.to, to: &text)
      text.append(UInt8(ascii: "."))
      Bytes.append(s, detail.from, detail.to, to: &text)
      request.detail = sink.intern(text.span, 0, text.count)
    }
    sink.add(request, context)
    return ReadLine(format: format, time: request.end)
  }

  private struct Line {
    let method: Extent
    let path: Extent
    let query: Extent?
    let user: Extent?
    let client: Extent
    let agent: Extent?
    let code: Extent
    let status: UInt16
    /// The substatus; `nil` for 0.
    let detail: Extent?
    let taken: Extent?
    let host: Extent?
    let forwarded: Extent?

    init?(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
      // Fifteen words, and two more behind them.
      var words: [Extent] = []
      words.reserveCapacity(17)
      var start = from
      while start <= to {
        guard words.count < 17 else { return nil }
        let blank = Bytes.find(32, s, start, to)
        let end = blank < 0 ? to : blank
        guard end > start else { return nil }
        words.append(Extent(start, end))
        start = end + 1
      }
      func present(_ place: Int) -> Extent? {
        guard place < words.count else { return nil }
        let word = words[place]
        return Quoted.isAbsent(s, word.from, word.to) ? nil : word
      }
      func isAddress(_ place: Int) -> Bool {
        AddressText.isAddress(s, words[place].from, words[place].to)
      }
      func status(_ place: Int) -> UInt16? {
        guard place + 3 < words.count, words[place].to - words[place].from == 3 else { return nil }
        return Bytes.status(s, words[place].from, words[place].to)
      }
      guard words.count >= 14, present(2) == nil || isAddress(2),
        AccessText.isToken(s, words[3].from, words[3].to), s[words[4].from] == UInt8(ascii: "/"),
        present(6).map({ Bytes.digitsEnd(s, $0.from, $0.to) == $0.to }) ?? true,
        present(8) == nil || isAddress(8)
      else { return nil }
      var place = 11
      if let found = status(11), words.count == 15 || words.count == 17 {
        self.status = found
      } else if words.count == 14, let found = status(10) {
        self.status = found
        place = 10
      } else {
        return nil
      }
      code = words[place]
      let numbers = words[(place + 1)...(place + 3)]
      for word in numbers {
        for i in word.from..<word.to {
          guard Bytes.isDigit(s[i]) || "-.".utf8.contains(s[i]) else { return nil }
        }
      }
      method = words[3]
      path = words[4]
      query = present(5)
      user = present(7)
      client = words[8]
      agent = present(9)
      let substatus = present(place + 1)
      detail = substatus.flatMap { Bytes.number(s, $0.from, $0.to) > 0 ? $0 : nil }
      taken = present(place + 3)
      host = present(15)
      forwarded = present(16).flatMap { word in
        let comma = Bytes.find(UInt8(ascii: ","), s, word.from, word.to)
        let first = Extent(word.from, comma < 0 ? word.to : comma)
        return AddressText.isAddress(s, first.from, first.to) ? first : nil
      }
    }
  }
}
