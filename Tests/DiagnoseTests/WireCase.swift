import Evidence

@testable import Diagnose

/// Captured exchanges with one service, for tests of what their tokens prove.
struct WireCase {
  var file: CaseFile
  private var count = 0
  static let start: Int64 = 1_700_000_000

  init() {
    file = CaseFile(
      observations: Observations(), sources: Sources([Source(name: "a.pcap", isCapture: true)]))
    file.parties = [Party(kind: .application, name: "orders")]
    file.actors = [Actor(client: symbol("10.0.0.1"), userAgent: .none)]
    file.outermost = .wire
  }

  mutating func symbol(_ text: String) -> Symbol { file.observations.symbols.intern(text) }

  /// What a token claims; times in seconds after `start`.
  struct Claims {
    var issuer = "https://sso/realms/shop"
    var audience = "orders"
    var key = "k1"
    var type = "Bearer"
    var session = "s1"
    var issued: Int64 = -60
    var expires: Int64 = 240
    var hash: UInt64 = 1
    var claimsHash: UInt64 = 1
    var length: UInt16 = 900
  }

  mutating func token(_ claims: Claims, form: BearerToken.Form = .jwt) -> Int32 {
    var token = BearerToken(citation: Citation(source: 0, number: count + 1), form: form)
    token.issuer = symbol(claims.issuer)
    token.audience = symbol(claims.audience)
    token.keyID = symbol(claims.key)
    token.type = symbol(claims.type)
    token.algorithm = symbol("RS256")
    token.session = symbol(claims.session)
    token.issuedAt = Self.start + claims.issued
    token.expires = Self.start + claims.expires
    token.hash = claims.hash
    token.claimsHash = claims.claimsHash
    token.length = claims.length
    file.observations.tokens.append(token)
    return Int32(file.observations.tokens.count - 1)
  }

  /// One exchange, a second after the one before it; packets are numbered from 1.
  mutating func ask(
    _ status: UInt16, token: Int32 = -1, presented: Int32 = -1, path: String = "/api/orders",
    authorization: Seen? = nil
  ) {
    count += 1
    var r = Request(citation: Citation(source: 0, number: count))
    r.format = .capture
    r.hop = .wire
    r.start = Instant(nanoseconds: (Self.start + Int64(count)) * 1_000_000_000)
    r.end = r.start.advanced(seconds: 0.01)
    r.status = status
    r.method = symbol("GET")
    r.path = symbol(path)
    r.route = r.path
    r.client = symbol("10.0.0.1")
    r.responseBytes = 100
    r.token = token
    r.presented = presented
    r.authorization = authorization ?? (token >= 0 ? .present : .absent)
    file.exchanges.append(Exchange(request: r, party: 0, actor: 0, endpoint: .none))
  }

  /// Requests with the same claims, each with a token of its own.
  mutating func ask(_ status: UInt16, times: Int, from hash: UInt64, _ claims: Claims) {
    for i in 0..<UInt64(times) {
      var own = claims
      own.hash = hash + i
      own.claimsHash = hash + i
      ask(status, token: token(own))
    }
  }

  /// What is proven about the refusals.
  var proof: WireProof {
    let scene = Scene(file)
    let group = Grouping.groups(scene)[0]
    return WireProof(group, Profile(group, scene), scene)
  }
}

extension WireProof {
  /// The sum of all that speaks for a cause.
  func odds(_ cause: CauseID) -> Double {
    claims[cause, default: []].reduce(0) { $0 + $1.logOdds }
  }
  func packets(_ cause: CauseID) -> Set<Int> {
    Set(claims[cause, default: []].flatMap { $0.citations.map(\.number) })
  }
}
