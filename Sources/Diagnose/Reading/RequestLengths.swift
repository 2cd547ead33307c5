internal import Evidence

/// What the lengths of requests (`$request_length`) tell of credentials. Programs differ in what else they
/// send, so a request is compared with others of the same user agent alone: with those that are served by
/// the same service, else by any; and with those to Keycloak, which take no token. Targets are not counted.
struct RequestLengths: Sendable {
  /// Parties and user agents of served requests.
  private var keys = Numbering()
  /// By key: the median of served requests, of which at least three are needed; -1 without.
  private var typical: [Int] = []
  /// By symbol of the user agent: bytes of a request's line, `Host` and `User-Agent` alone; the host's name
  /// is guessed. 0: not met.
  private var plain: [Int32]
  /// By symbol of the user agent: its shortest request to Keycloak, headers and a form; 0 none.
  private var bare: [Int32]
  private var browsers: Set<Symbol> = []
  /// What stands in place of a token, by party, user agent and length.
  private var placeholders: [Sent: String] = [:]

  private struct Sent: Hashable {
    var party: Int32
    var agent: Symbol
    var length: Int
  }

  /// What programs send when they have no token, by the bytes of the header's line: `Authorization: Bearer undefined`
  /// and the end of a line.
  private static let fillings = ["", "null", "undefined", "[object Object]"].map {
    (text: $0, bytes: headerBytes($0))
  }
  static func headerBytes(_ text: String) -> Int {
    "Authorization: Bearer \r\n".utf8.count + text.utf8.count
  }

  private static let anywhere: Int32 = -1
  /// `GET  HTTP/1.1`, `Host: shop.example.com`, `User-Agent: `, line ends.
  private static let frame = 65
  /// A token is longer, and so is what a program sends besides it.
  private static let token = 300
  /// Longer requests to Keycloak carry cookies or a refresh token.
  private static let longestForm = 700

  init() {
    plain = []
    bare = []
  }

  init(_ file: CaseFile, _ briefs: [Brief], _ outlines: [Outline]) {
    plain = [Int32](repeating: 0, count: max(1, file.observations.symbols.count))
    bare = plain
    var served: [[Int]] = []
    for i in briefs.indices where outlines[i].hasLength {
      let userAgent = outlines[i].agent
      let agent = Int(userAgent.index)
      if plain[agent] == 0 {
        let length = file.observations.symbols.bytes(of: userAgent).count
        plain[agent] = Int32(clamping: RequestLengths.frame + length)
        if file.isBrowser(userAgent) { browsers.insert(userAgent) }
      }
      let b = briefs[i]
      let own = Int(outlines[i].length)
      if b.endpoint.isKeycloak {
        let takesNone = b.endpoint != .userinfo && b.endpoint != .admin
        if takesNone, own < RequestLengths.longestForm, bare[agent] == 0 || own < bare[agent] {
          bare[agent] = Int32(clamping: own)
        }
        continue
      }
      guard b.isSuccess, !b.isProbe else { continue }
      for party in [b.party, RequestLengths.anywhere] {
        let key = Int(keys.number(of: Numbering.key(party, userAgent)))
        if key == served.count { served.append([]) }
        if served[key].count < 200 { served[key].append(own) }
      }
    }
    typical = served.map { $0.count >= 3 ? $0.sorted()[$0.count / 2] : -1 }
    findPlaceholders(briefs, outlines)
  }

  /// Refusals of one service to one user agent, of a length that is that of others and a header with a known
  /// placeholder, which have another answer.
  private mutating func findPlaceholders(_ briefs: [Brief], _ outlines: [Outline]) {
    var senders = Numbering()
    var lengths = Numbering()
    /// By number of a sender's length.
    var answers: [(sent: Sent, sender: Int32, bytes: Int32, count: Int, isOne: Bool)] = []
    for (i, b) in briefs.enumerated() where b.status == 401 && !b.endpoint.isKeycloak {
      let o = outlines[i]
      guard o.hasLength, b.bytes > 0, o.length < RequestLengths.longestForm else { continue }
      if answers.count >= RequestLengths.mostLengths { break }
      let sender = senders.number(of: Numbering.key(b.party, o.agent))
      let number = Int(lengths.number(of: Numbering.key(sender, o.length)))
      if number == answers.count {
        let sent = Sent(party: b.party, agent: o.agent, length: Int(o.length))
        answers.append((sent, sender, b.bytes, 0, true))
      }
      answers[number].count += 1
      if answers[number].bytes != b.bytes { answers[number].isOne = false }
    }
    for own in answers where own.isOne && own.count >= 3 {
      for filling in RequestLengths.fillings {
        let length = Int32(clamping: own.sent.length - filling.bytes)
        let without = Int(lengths.known(Numbering.key(own.sender, length)))
        guard without >= 0, answers[without].isOne, answers[without].bytes != own.bytes
        else { continue }
        placeholders[own.sent] = filling.text
      }
    }
  }
  private static let mostLengths = 10_000

  /// What a request is long enough to hold in place of a token; `nil` where it is not just that.
  func placeholder(_ r: Request, _ party: Int32) -> String? {
    if placeholders.isEmpty || r.requestBytes <= 0 { return nil }
    return placeholders[
      Sent(party: party, agent: r.userAgent, length: r.lengthWithoutTarget)]
  }

  private func typicalLength(_ party: Int32, _ agent: Symbol) -> Int? {
    let key = Int(keys.known(Numbering.key(party, agent)))
    return key >= 0 && typical[key] >= 0 ? typical[key] : nil
  }

  func credentials(_ r: Request, _ party: Int32) -> Seen {
    guard r.requestBytes > 0 else { return .unknown }
    if r.status == 401, placeholder(r, party) != nil { return .present }
    let own = r.lengthWithoutTarget
    let plain = Int(plain[Int(r.userAgent.index)])
    let bare = Int(bare[Int(r.userAgent.index)])
    let room = own - plain
    let typical =
      typicalLength(party, r.userAgent) ?? typicalLength(RequestLengths.anywhere, r.userAgent)
    if let typical {
      // Compressed headers (HTTP/2) take less than their text: they tell nothing.
      if typical - plain < RequestLengths.token { return .unknown }
      if own > typical - 250 { return .present }
      if own >= typical - 450 { return .unknown }
    }
    if bare > 0 {
      if own <= bare + 150 { return room >= 0 ? .absent : .unknown }
      // Another, shorter token.
      if own >= bare + RequestLengths.token { return .present }
    }
    if room >= 0, room < 60 || typical != nil && own < 600 { return .absent }
    return own > (typical == nil ? 1100 : 600) && !browsers.contains(r.userAgent)
      ? .present : .unknown
  }
}
