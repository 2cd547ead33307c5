import Evidence
import Testing

@testable import Pipeline

/// Answers of HTTP that somebody pasted with their heads, the question to them elsewhere.
@Suite struct WrittenAnswersTests {
  @Test(arguments: [
    (
      "HTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n{\n    \"error\": \"invalid_grant\",\n    \"error_description\": \"Invalid user credentials\"\n}",
      CauseID.userInvalidCredentials
    ),
    (
      "HTTP/1.1 403 Forbidden\nContent-Type: application/json\n\n{\"error\":\"invalid_request\",\"error_description\":\"HTTPS required\"}",
      .proxyHTTPSRequired
    ),
    (
      "HTTP/1.1 400 Bad Request\nContent-Type: application/json\n\n{\"error\":\"invalid_grant\",\"error_description\":\"Account is not fully set up\"}",
      .userActionRequired
    ),
    (
      "HTTP/2 404\ncontent-type: application/json\n\n{\"error\":\"Realm does not exist\"}",
      .realmNotFound
    ),
  ])
  func `the body of an answer that was pasted with its head says why`(
    _ lines: String, _ cause: CauseID
  ) throws {
    #expect(try WordsTests.findings(lines).first?.cause == cause)
  }

  @Test func `a refused issuer is no place where a service looks for Keycloak`() throws {
    let answer =
      "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer error=\"invalid_token\", error_description=\"The issuer 'http://localhost:8080/realms/a' is invalid\""
    #expect(try WordsTests.findings(answer).first?.cause == .tokenIssuerMismatch)
  }

  private static let login =
    "Request URL: https://sso.example.org/realms/shop/protocol/openid-connect/auth?client_id=web"

  @Test(arguments: [
    """
    Request URL: https://sso.example.org/realms/shop/protocol/openid-connect/auth?client_id=web&redirect_uri=https%3A%2F%2Fapp.example.org%2F
    Request Method: GET
    Status Code: 400 Bad Request
    Remote Address: 203.0.113.7:443
    """,
    """
    Request URL
    https://sso.example.org/realms/shop/protocol/openid-connect/auth?client_id=web
    Request Method
    GET
    Status Code
    400 Bad Request
    Referrer Policy
    no-referrer
    """,
  ])
  func `the login page's 400 in a browser's inspector is a client that Keycloak does not know so`(
    _ lines: String
  ) throws {
    #expect(try WordsTests.findings(lines).first?.cause == .clientRedirectURIInvalid)
  }

  @Test(arguments: [
    "Status Code: 400\nsomething else",
    // Of another request than the address above.
    login + "\n\nStatus Code: 400",
    login + "\n2024-01-15 11:37:35,466 INFO  [com.example.Main] (main) here\nStatus Code: 400",
    login + "\nRequest URL: https://sso.example.org/login-status-iframe.html\nStatus Code: 400",
    // Another end-point than the login page.
    login.replacing("/auth?", with: "/auth/device?") + "\nStatus Code: 400",
    "Request URL: nowhere\nRequest Method: GET\nStatus Code: 400",
    "Request URL: https://sso.example.org/realms/shop/account\nRequest Method: GET\nStatus Code: 200",
  ])
  func `half a summary, or a good answer, says nothing`(_ lines: String) throws {
    #expect(try WordsTests.findings(lines).allSatisfy { $0.cause == .undecided })
  }

  @Test func `the frame that checks a session is refused for its origin`() throws {
    let lines =
      "Request URL: http://localhost:8080/auth/realms/a/protocol/openid-connect/login-status-iframe.html/init?client_id=web\nRequest Method: GET\nStatus Code: 403 Forbidden"
    #expect(try WordsTests.findings(lines).first?.cause == .clientRedirectURIInvalid)
  }

  @Test func `answers whose bodies nobody knows speak for one another as others do`() throws {
    let head = "HTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n"
    let one = head + "{\"error\":\"acme: refresh token was rotated\"}"
    let other = head + "{\"error\":\"acme: cannot use refresh token, expired\"}"
    let alone = try #require(try WordsTests.findings(other).first)
    let both = try WordsTests.findings(other, one)
    #expect(try #require(both.first { $0.cause == alone.cause }).confidence > alone.confidence)
  }
}
