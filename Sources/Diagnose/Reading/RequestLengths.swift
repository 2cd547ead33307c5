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
    (text: $0, bytes: "Authorization: Bearer \r\n".utf8.count + $0.utf8.count)
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

  init(_ file: CaseFile, _ briefs: [Brief]) {
    plain = [Int32](repeating: 0, count: max(1, file.observations.symbols.count))
    bare = plain
    var served: [[Int]] = []
    for i in briefs.indices where file.exchanges.requests[i].requestBytes > 0 {
      let r = file.exchanges.requests[i]
      let agent = Int(r.userAgent.index)
      if plain[agent] == 0 {
        let length = file.observations.symbols.bytes(of: r.userAgent).count
        plain[agent] = Int32(clamping: RequestLengths.frame + length)
        if file.isBrowser(r.userAgent) { browsers.insert(r.userAgent) }
      }
      let b = briefs[i]
      let own = r.lengthWithoutTarget
      if b.endpoint.isKeycloak {
        let takesNone = b.endpoint != .userinfo && b.endpoint != .admin
        if takesNone, own < RequestLengths.longestForm, bare[agent] == 0 || own < bare[agent] {
          bare[agent] = Int32(clamping: own)
        }
        continue
      }
      guard b.isSuccess, !b.isProbe else { continue }
      for party in [b.party, RequestLengths.anywhere] {
        let key = Int(keys.number(of: Numbering.key(party, r.userAgent)))
        if key == served.count { served.append([]) }
        if served[key].count < 200 { served[key].append(own) }
      }
    }
    typical = served.map { $0.count >= 3 ? $0.sorted()[$0.count / 2] : -1 }
    findPlaceholders(file, briefs)
  }

  /// Refusals of one service to one user agent, of a length that is that of others and a header with a known
  /// placeholder, which have another answer.
  private mutating func findPlaceholders(_ file: CaseFile, _ briefs: [Brief]) {
    var answers: [Sent: [Int32: Int]] = [:]
    for (i, b) in briefs.enumerated() where b.status == 401 && !b.endpoint.isKeycloak {
      let r = file.exchanges.requests[i]
      guard r.requestBytes > 0, b.bytes > 0, r.lengthWithoutTarget < RequestLengths.longestForm,
        answers.count < RequestLengths.mostLengths
      else { continue }
      let sent = Sent(party: b.party, agent: r.userAgent, length: r.lengthWithoutTarget)
      answers[sent, default: [:]][b.bytes, default: 0] += 1
    }
    for (sent, sizes) in answers where sizes.count == 1 && (sizes.values.first ?? 0) >= 3 {
      for filling in RequestLengths.fillings {
        var without = sent
        without.length -= filling.bytes
        guard let others = answers[without], others.count == 1,
          others.keys.first != sizes.keys.first
        else { continue }
        placeholders[sent] = filling.text
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
