import Foundation
import Testing

/// Words of a challenge, and names of a gateway's policies.
struct ChallengeWordsTests {
  @Test func `a challenge that speaks of a token was not given for want of one`() throws {
    let stripped = "ingress.auth_header_stripped"
    let told = try Self.challenged(
      "Bearer error=\\\"invalid_token\\\", error_description=\\\"the seal is broken\\\"")
    #expect(!told.isEmpty && !told.contains(stripped))
    #expect(try Self.challenged(nil).first == stripped)
  }

  @Test func `a service that finds no keys at the address it asks looks at a wrong one`() throws {
    func causes(_ words: String) throws -> [String] {
      try Self.challenged(
        "Bearer error=\\\"invalid_token\\\", error_description=\\\"\(words)\\\"")
    }
    let wrong = "resource_server.keycloak_url_wrong"
    #expect(try causes("The JWK Set did not contain any keys").first == wrong)
    #expect(!(try causes("The JWK Set did not contain that key")).contains(wrong))
  }

  @Test func `words of a challenge are looked up among those of all products`() throws {
    func causes(_ words: String) throws -> [String] {
      try Self.challenged("Bearer error=\\\"invalid_token\\\", error_description=\\\"\(words)\\\"")
    }
    // Microsoft.IdentityModel's way to say that a token was issued by somebody else.
    #expect(
      try causes("IDX10205: Issuer validation failed. Issuer: '[PII is hidden]'").first
        == "token.issuer_mismatch")
    #expect(!(try causes("IDX99999: something failed")).contains("token.issuer_mismatch"))
    // RFC 9470: of everybody from one moment on, so that it is the service's new demand.
    let demand = "Bearer error=\\\"insufficient_user_authentication\\\", acr_values=\\\"2\\\""
    #expect(try Self.challenged(demand).first == "resource_server.settings_wrong")
    let other = "Bearer error=\\\"insufficient_moonlight\\\", acr_values=\\\"2\\\""
    #expect(try Self.challenged(other).first != "resource_server.settings_wrong")
  }

  /// Six clients of two services behind Caddy; one of the services refuses everybody from the 40th second to the
  /// 62nd.
  private static func challenged(_ challenge: String?) throws -> [String] {
    var log = CaddyLog()
    for client in 0..<6 {
      log.token(0.1 * Double(client), client: client)
      for k in 0..<40 {
        let time = 2 + 2 * Double(k) + 0.1 * Double(client)
        log.call(time, client: client, "/depot/items/\(k % 9)", (200, 320 + k % 7))
        let isRefused = (40..<62).contains(time)
        log.call(
          time + 0.05, client: client, "/ledger/items/\(k % 9)",
          isRefused ? (401, 0) : (200, 220 + k % 7), challenge: isRefused ? challenge : nil)
      }
    }
    return try log.causes()
  }

  @Test
  func
    `an issuer that a gateway does not know is another realm's where the tokens came from there`()
    throws
  {
    #expect(try Self.issuer(realm: "partners") == ["token.other_realm"])
    #expect(try Self.issuer(realm: "shop") == ["token.issuer_mismatch"])
    #expect(try Self.issuer(realm: "partners", served: "partners") == ["token.issuer_mismatch"])
  }

  /// Two of five clients are refused; they get more tokens than all others together, from some realm.
  /// - Parameter served: the realm of one who is served.
  private static func issuer(realm: String, served: String = "shop") throws -> [String] {
    var log = IstioLog()
    for client in 0..<5 {
      let isRefused = client < 2
      for k in 0..<40 {
        let time = 2 + 2 * Double(k) + 0.1 * Double(client)
        if k % (isRefused ? 4 : 20) == 0 {
          log.call(
            time - 0.5, client: client,
            "/realms/\(isRefused ? realm : client == 2 ? served : "shop")/protocol/openid-connect/token",
            (200, 1400),
            method: "POST")
        }
        log.call(
          time, client: client, "/ledger/items/\(k % 9)",
          isRefused ? (401, 28) : (200, 220 + k % 7),
          details: isRefused ? "jwt_authn_access_denied{Jwt_issuer_is_not_configured}" : nil)
      }
    }
    return try log.causes()
  }

  @Test func `a gateway that finds no token after a redirect has none that is expired`() throws {
    #expect(try Self.redirected(by: 0.006) == ["ingress.redirect_drops_auth"])
    let alone = try Self.redirected(by: nil)
    #expect(!alone.contains("ingress.redirect_drops_auth") && !alone.contains("token.expired"))
  }

  /// One of five clients was served and then comes without a token.
  /// - Parameter delay: seconds after an answer of the edge that sent it elsewhere.
  private static func redirected(by delay: Double?) throws -> [String] {
    var log = IstioLog()
    for client in 0..<5 {
      log.token(1 + 0.1 * Double(client), client: client)
      for k in 0..<40 {
        let time = 2 + 2 * Double(k) + 0.1 * Double(client)
        if client > 0, k % 10 == 9 { log.token(time - 0.4, client: client) }
        let isRefused = client == 0 && k > 15
        if isRefused, let delay {
          log.call(
            time - delay, client: client, "/ledger/items/\(k % 9)", (301, 0),
            details: "direct_response")
        }
        log.call(
          time, client: client, "/ledger/items/\(k % 9)",
          isRefused ? (401, 14) : (200, 220 + k % 7),
          details: isRefused ? "jwt_authn_access_denied{Jwt_is_missing}" : nil)
      }
    }
    return try log.causes()
  }

  @Test func `a gateway's policy that is named after a claim refuses for it, others for roles`()
    throws
  {
    #expect(try Self.policy("require-email-verified") == ["token.claim_rejected"])
    #expect(try Self.policy("require-clerks") == ["user.role_missing"])
  }

  /// Six clients of a service, two of whom a policy of the gateway refuses.
  private static func policy(_ name: String) throws -> [String] {
    var log = IstioLog()
    for client in 0..<6 {
      log.token(0.3 + 0.1 * Double(client), client: client)
      for k in 0..<40 {
        let time = 2 + 2 * Double(k) + 0.1 * Double(client)
        if client < 2 {
          log.call(
            time, client: client, "/ledger/items/\(k % 9)", (403, 19),
            details: "rbac_access_denied_matched_policy[ns[shop]-policy[\(name)]-rule[0]]")
        } else {
          log.call(time, client: client, "/ledger/items/\(k % 9)", (200, 220 + k % 7))
        }
      }
    }
    return try log.causes()
  }
}
