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
}
