internal import Evidence

/// What captures show of the tokens that services accepted, of the keys and issuers that Keycloak
/// published, and of sessions that were ended: the contrast to refused tokens.
struct WireContrast {
  struct Sighting {
    var count = 0
    var first = Instant.unknown
    var last = Instant.unknown
    var citation: Citation

    init(citation: Citation) { self.citation = citation }
    init(_ r: Request) {
      (count, first, last, citation) = (1, r.start, r.start, r.citation)
    }

    mutating func add(_ other: Sighting) {
      count += other.count
      if !first.isKnown || other.first < first { first = other.first }
      if !last.isKnown || other.last > last { last = other.last }
      citation = min(citation, other.citation)
    }
  }
  /// Tokens that one party accepted.
  struct Accepted {
    var issuers: [Symbol: Sighting] = [:]
    var keys: [Symbol: Sighting] = [:]
    /// By keyed hash of the whole credential.
    var credentials: [UInt64: Sighting] = [:]
    /// By keyed hash of the claims: hashes and lengths of whole tokens.
    var claims: [UInt64: (hash: UInt64, length: UInt16, citation: Citation)] = [:]
    /// Audiences that all of them have.
    var audience: Set<Substring>?
    var citations: [Citation] = []
  }
  private(set) var byParty: [Int32: Accepted] = [:]
  private(set) var everywhere = Accepted()
  /// Key ids of JWKS answers.
  private(set) var published: [String: Sighting] = [:]
  /// Issuers of discovery documents.
  private(set) var discovered: [String: Sighting] = [:]
  /// Sessions of tokens sent to the logout or revocation end-point.
  private(set) var ended: [Symbol: Sighting] = [:]
  /// Calls of the admin API that end sessions.
  private(set) var administered: [Sighting] = []
  /// By client id of the caller: audiences of all tokens that Keycloak called active.
  private(set) var introspected: [Symbol: (tokens: Int, audience: Set<Substring>)] = [:]
  /// Anything at all was captured of HTTP.
  private(set) var isEmpty = true
  /// That a party accepted a token.
  private struct Use {
    /// -1: Keycloak called it active.
    var party: Int32
    var token: Int32
    var sighting: Sighting
  }
  /// In the order of first sight; and where they are, by party and token.
  private var uses: [Use] = []
  private var placeOfUse: [UInt64: Int] = [:]
  /// Routes that were looked at: of the admin API or not.
  private var routes: [Symbol: Bool] = [:]

  private mutating func isAdministration(_ route: Symbol, _ file: CaseFile) -> Bool {
    if let known = routes[route] { return known }
    let answer = file.text(route).contains("/admin/realms/")
    routes[route] = answer
    return answer
  }

  init() {}

  init(_ file: CaseFile) {
    guard file.outermost == .wire || file.legs.contains(where: { $0.hop == .wire }) else { return }
    var partyOfRoute: [Symbol: Int32] = [:]
    for e in file.exchanges where !e.endpoint.isKeycloak {
      partyOfRoute[e.request.route] = e.party
    }
    if file.outermost == .wire {
      for e in file.exchanges { add(e.request, partyOfRoute, file) }
    }
    for leg in file.legs where leg.hop == .wire { add(leg, partyOfRoute, file) }
    for use in uses {
      let token = file.observations.tokens[Int(use.token)]
      if use.party >= 0 {
        WireContrast.accept(token, use.sighting, &byParty[use.party, default: Accepted()], file)
      }
      WireContrast.accept(token, use.sighting, &everywhere, file)
    }
    uses = []
    placeOfUse = [:]
  }

  private mutating func add(_ r: Request, _ parties: [Symbol: Int32], _ file: CaseFile) {
    isEmpty = false
    let tokens = file.observations.tokens
    if r.presented >= 0, Int(r.presented) < tokens.count, r.status < 400 {
      let path = file.text(r.path)
      if path.hasSuffix("/logout") || path.hasSuffix("/revoke") {
        let session = tokens[Int(r.presented)].session
        if !session.isNone { WireContrast.note(&ended, session, Sighting(r)) }
      }
    }
    if !r.reason.isNone, r.status == 200 { document(r, file) }
    if r.issued >= 0, Int(r.issued) < tokens.count {
      let token = tokens[Int(r.issued)]
      everywhere.claims[token.claimsHash] = (token.hash, token.length, r.citation)
    }
    let path = r.status < 300 && isAdministration(r.route, file) ? file.text(r.path) : ""
    if !path.isEmpty,
      path.hasSuffix("/logout") || path.contains("/sessions/") || path.hasSuffix("/logout-all")
        || path.hasSuffix("/push-revocation")
    {
      administered.append(
        Sighting(r))
    }
    guard WireContrast.isAccepted(r.status), r.token >= 0, Int(r.token) < tokens.count,
      let party = parties[r.route]
    else { return }
    if tokens[Int(r.token)].form == .jwt { use(party, r.token, r) }
  }

  private mutating func use(_ party: Int32, _ token: Int32, _ r: Request) {
    let key = UInt64(UInt32(bitPattern: party)) << 32 | UInt64(UInt32(bitPattern: token))
    let place = placeOfUse[key] ?? uses.count
    if place == uses.count {
      placeOfUse[key] = place
      uses.append(Use(party: party, token: token, sighting: Sighting(citation: r.citation)))
    }
    uses[place].sighting.add(Sighting(r))
  }

  /// Answers that come after authentication.
  private static func isAccepted(_ status: UInt16) -> Bool {
    switch status {
    case 200..<300, 304, 406, 409, 412, 415, 422: true
    default: false
    }
  }

  private static func accept(
    _ token: BearerToken, _ seen: Sighting, _ accepted: inout Accepted, _ file: CaseFile
  ) {
    if accepted.citations.count < 3 { accepted.citations.append(seen.citation) }
    if !token.issuer.isNone { note(&accepted.issuers, token.issuer, seen) }
    if !token.keyID.isNone { note(&accepted.keys, token.keyID, seen) }
    let isNew = accepted.credentials[token.hash] == nil
    note(&accepted.credentials, token.hash, seen)
    guard isNew else { return }
    accepted.claims[token.claimsHash] = (token.hash, token.length, seen.citation)
    let audience = Set(file.text(token.audience).split(separator: " "))
    accepted.audience = accepted.audience?.intersection(audience) ?? audience
  }

  private mutating func document(_ r: Request, _ file: CaseFile) {
    let text = file.text(r.reason)
    if text == "active: true", r.presented >= 0, Int(r.presented) < file.observations.tokens.count {
      let token = file.observations.tokens[Int(r.presented)]
      use(-1, r.presented, r)
      let audience = Set(file.text(token.audience).split(separator: " "))
      let known = introspected[r.oauthClient]
      introspected[r.oauthClient] = (
        (known?.tokens ?? 0) + 1, known?.audience.intersection(audience) ?? audience
      )
      return
    }
    if text.hasPrefix("keys:") {
      for key in text.dropFirst(5).split(separator: " ") {
        WireContrast.note(&published, String(key), Sighting(r))
      }
    } else if text.hasPrefix("issuer: ") {
      WireContrast.note(&discovered, String(text.dropFirst(8)), Sighting(r))
    }
  }

  private static func note<Key: Hashable>(
    _ table: inout [Key: Sighting], _ key: Key, _ seen: Sighting
  ) {
    table[key, default: Sighting(citation: seen.citation)].add(seen)
  }
}
