import Evidence
import Testing

@testable import Diagnose

/// Arithmetic on captured tokens.
@Suite struct WireProofTests {
  private typealias Claims = WireCase.Claims

  @Test func `where nothing was captured nothing is proven`() {
    var wire = WireCase()
    wire.ask(401, authorization: .unknown)
    wire.file.outermost = .edge
    #expect(wire.proof.claims.isEmpty)
  }

  @Test func `requests without a header blame no token`() {
    var wire = WireCase()
    for _ in 0..<4 { wire.ask(401) }
    let proof = wire.proof
    #expect(proof.odds(.tokenExpired) < 0 && proof.odds(.keysRotated) < 0)
    #expect(proof.odds(.tokenMissing) == 0)
    #expect(proof.packets(.tokenExpired) == [1, 2])
  }

  @Test func `a header that was sent rules out that none was`() {
    var wire = WireCase()
    wire.ask(401, times: 3, from: 1, Claims())
    #expect(wire.proof.odds(.benignNoToken) <= -5)
  }

  @Test func `expired and unexpired tokens are told by the capture's clock`() {
    var wire = WireCase()
    wire.ask(401, times: 3, from: 1, Claims(issued: -400, expires: -100))
    #expect(wire.proof.odds(.tokenExpired) > 1)
    wire = WireCase()
    wire.ask(401, times: 3, from: 1, Claims())
    #expect(wire.proof.odds(.tokenExpired) <= -6)
  }

  @Test func `another realm is proven by accepted tokens, and both are cited`() {
    var wire = WireCase()
    wire.ask(200, times: 3, from: 1, Claims())
    wire.ask(401, times: 3, from: 10, Claims(issuer: "https://sso/realms/other", key: "k2"))
    let proof = wire.proof
    #expect(proof.odds(.tokenOtherRealm) > 3)
    #expect(proof.packets(.tokenOtherRealm).isSuperset(of: [1, 4]))
    #expect(proof.odds(.foreignOtherIDP) < 0)
  }

  @Test func `the same realm under http speaks for missing forwarded headers`() {
    var wire = WireCase()
    wire.ask(200, times: 3, from: 1, Claims())
    wire.ask(401, times: 3, from: 10, Claims(issuer: "http://sso/realms/shop"))
    let proof = wire.proof
    #expect(proof.odds(.proxyForwardedHeadersMissing) > 2)
    #expect(proof.odds(.tokenIssuerMismatch) > 2)
    #expect(proof.odds(.tokenOtherRealm) < 0)
  }

  @Test(arguments: [("account", true), ("orders account", false)])
  func `an audience that accepted tokens share is missing or there`(
    _ audience: String, _ isMissing: Bool
  ) {
    var wire = WireCase()
    wire.ask(200, times: 4, from: 1, Claims())
    wire.ask(401, times: 4, from: 10, Claims(audience: audience))
    #expect(wire.proof.odds(.tokenAudienceMismatch) == (isMissing ? 3.4 : -3))
  }

  @Test func `another key of the same issuer speaks for a rotation, the same one against it`() {
    var wire = WireCase()
    wire.ask(200, times: 3, from: 1, Claims())
    wire.ask(401, times: 3, from: 10, Claims(key: "k2"))
    #expect(wire.proof.odds(.keysRotated) == 3.2)
    wire = WireCase()
    wire.ask(200, times: 3, from: 1, Claims())
    wire.ask(401, times: 3, from: 10, Claims())
    #expect(wire.proof.odds(.keysRotated) <= -3)
  }

  @Test(arguments: [(UInt16(900), CauseID.tokenBadSignature), (700, .tokenMalformed)])
  func `claims known with another signature were altered, with another length cut`(
    _ length: UInt16, _ cause: CauseID
  ) {
    var wire = WireCase()
    var claims = Claims()
    for i in UInt64(1)...3 {
      (claims.hash, claims.claimsHash) = (i, i)
      wire.ask(200, token: wire.token(claims))
    }
    claims.length = length
    for i in UInt64(1)...3 {
      (claims.hash, claims.claimsHash) = (i + 100, i)
      wire.ask(401, token: wire.token(claims))
    }
    #expect(wire.proof.odds(cause) >= 4)
  }

  @Test func `the very same tokens, accepted before, are no forgeries`() {
    var wire = WireCase()
    wire.ask(200, times: 3, from: 1, Claims())
    wire.ask(401, times: 3, from: 1, Claims())
    #expect(wire.proof.odds(.tokenBadSignature) <= -3)
    #expect(wire.proof.odds(.tokenAudienceMismatch) < 0)
  }

  @Test func `a captured logout of the tokens' session explains their refusal`() {
    var wire = WireCase()
    let ended = wire.token(Claims(hash: 50, claimsHash: 50))
    wire.ask(204, presented: ended, path: "/realms/shop/protocol/openid-connect/logout")
    wire.ask(401, times: 3, from: 1, Claims())
    let proof = wire.proof
    #expect(proof.odds(.sessionLoggedOut) >= 5)
    #expect(proof.packets(.sessionLoggedOut).isSuperset(of: [1, 2]))
  }

  @Test func `a name and a password are another method, broken values are no tokens`() {
    var wire = WireCase()
    for _ in 0..<3 { wire.ask(401, token: wire.token(Claims(), form: .basic)) }
    #expect(wire.proof.odds(.foreignBasicAuth) == 4)
    wire = WireCase()
    for _ in 0..<3 { wire.ask(401, token: wire.token(Claims(), form: .malformed)) }
    #expect(wire.proof.odds(.tokenExpired) < 0)
    #expect(wire.proof.odds(.foreignBasicAuth) == 0)
  }

  @Test func `an ID token explains what else is wrong with it`() {
    var wire = WireCase()
    wire.ask(200, times: 4, from: 1, Claims())
    wire.ask(401, times: 4, from: 10, Claims(audience: "web", type: "ID"))
    let proof = wire.proof
    #expect(proof.odds(.tokenAudienceMismatch) == -3)
    #expect(proof.odds(.tokenWrongType) == 0)
  }
}
