internal import ByteScan
internal import Evidence

/// The little that is read of bodies: OAuth forms, and the reason in a refusal.
extension Collector {
  /// `application/x-www-form-urlencoded` of an OAuth end-point: who asks, and with which grant.
  /// Nothing else is kept of it.
  mutating func form(_ body: [UInt8], _ exchange: inout Exchange) {
    let s = body.span
    var detail: [UInt8] = []
    var presented = Field()
    Self.pairs(s, 0, s.count) { name, value in
      if Bytes.equals("client_id", s, name.start, name.end) {
        let text = Bytes.formDecoded(s, value.start, value.end)
        exchange.request.oauthClient = observations.symbols.intern(text.span)
      } else if Bytes.equals("grant_type", s, name.start, name.end) {
        detail = Array("grant=".utf8) + Bytes.formDecoded(s, value.start, value.end)
      } else if Bytes.equals("token_type_hint", s, name.start, name.end) {
        if detail.isEmpty {
          detail = Array("token_type_hint=".utf8) + Bytes.formDecoded(s, value.start, value.end)
        }
      } else if Bytes.equals("refresh_token", s, name.start, name.end)
        || Bytes.equals("token", s, name.start, name.end)
        || Bytes.equals("id_token_hint", s, name.start, name.end)
        || Bytes.equals("subject_token", s, name.start, name.end)
      {
        presented = value
      }
    }
    if presented.count > 16 {
      exchange.request.presented = token(s, presented, exchange.request.citation)
    }
    guard !detail.isEmpty else { return }
    let old = observations.symbols.bytes(of: exchange.request.detail)
    if !old.isEmpty { detail += [UInt8(ascii: ";"), 32] + old }
    exchange.request.detail = observations.symbols.intern(detail.span)
  }

  /// `error` and `error_description` of a redirect's query.
  mutating func reason(fromQuery s: Span<UInt8>, _ from: Int, _ to: Int) -> Symbol {
    var error: [UInt8] = []
    var description: [UInt8] = []
    Self.pairs(s, from, to) { name, value in
      if Bytes.equals("error", s, name.start, name.end) {
        error = Bytes.formDecoded(s, value.start, value.end)
      } else if Bytes.equals("error_description", s, name.start, name.end) {
        description = Bytes.formDecoded(s, value.start, value.end)
      }
    }
    return internReason(error, description)
  }

  mutating func answerBody(_ body: [UInt8], _ exchange: inout Exchange) {
    guard exchange.request.reason.isNone else { return }
    var plain = body
    if exchange.isGzip {
      plain = [UInt8](repeating: 0, count: 32 << 10)
      guard let made = Inflater()?.step(body.span, into: &plain, at: 0).made else { return }
      plain.removeSubrange(made...)
    }
    if exchange.request.status < 300 {
      document(plain, &exchange)
    } else {
      exchange.request.reason = reason(fromBody: plain)
    }
  }

  /// The words of a refusal: members of a JSON error (RFC 6749 §5.2, RFC 9457), the title of a page,
  /// or a line of text.
  private mutating func reason(fromBody body: [UInt8]) -> Symbol {
    let s = body.span
    var at = 0
    while at < s.count, s[at] <= 32 { at += 1 }
    guard at < s.count else { return .none }
    if s[at] == UInt8(ascii: "{") { return reason(fromJSON: s, at) }
    if s[at] == UInt8(ascii: "<") {
      if let text = Self.errorOfPage(s, at) { return internReason([], text) }
      let title = Bytes.find("<title>", s, at, s.count)
      guard title >= 0 else { return .none }
      let end = Bytes.find(UInt8(ascii: "<"), s, title + 7, s.count)
      return end < 0 ? .none : internReason([], Array(body[(title + 7)..<end]))
    }
    guard s[at] != UInt8(ascii: "[") else { return .none }
    var end = at
    while end < s.count, end - at < 200, s[end] >= 32 || s[end] == 9 { end += 1 }
    // Text only: a byte below 32 other than a line end says it is something else.
    guard end == s.count || s[end] == 10 || s[end] == 13 || end - at == 200 else { return .none }
    return internReason([], Array(body[at..<end]))
  }

  private mutating func reason(fromJSON s: Span<UInt8>, _ at: Int) -> Symbol {
    var error: [UInt8] = []
    var description: [UInt8] = []
    var message: [UInt8] = []
    _ = JSONWalk.members(s, at, s.count) { from, to, value in
      guard value.kind == .string else { return }
      func text() -> [UInt8] {
        var out: [UInt8] = []
        JSONWalk.unescape(s, value.start, value.end, into: &out)
        return out
      }
      if Bytes.equals("error", s, from, to) {
        error = text()
      } else if Bytes.equals("error_description", s, from, to)
        || Bytes.equals("errorMessage", s, from, to)
      {
        description = text()
      } else if Bytes.equals("message", s, from, to) || Bytes.equals("detail", s, from, to)
        || Bytes.equals("title", s, from, to) || Bytes.equals("msg", s, from, to)
      {
        if message.isEmpty { message = text() }
      }
    }
    return internReason(error, description.isEmpty ? message : description)
  }

  private mutating func internReason(_ error: [UInt8], _ description: [UInt8]) -> Symbol {
    var text = error
    if !description.isEmpty {
      if !text.isEmpty { text += [UInt8(ascii: ":"), 32] }
      text += description
    }
    guard !text.isEmpty else { return .none }
    Masking.mask(&text)
    return maskedSymbol(text.span, Field(start: 0, end: text.count))
  }

  // MARK: Forms

  /// `a=b&c=d`.
  static func pairs(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ pair: (Field, Field) -> Void
  ) {
    var at = from
    while at < to {
      var end = Bytes.find(UInt8(ascii: "&"), s, at, to)
      if end < 0 { end = to }
      let equals = Bytes.find(UInt8(ascii: "="), s, at, end)
      if equals >= 0 {
        pair(Field(start: at, end: equals), Field(start: equals + 1, end: end))
      }
      at = end + 1
    }
  }
}
