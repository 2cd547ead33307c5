import Evidence
import Testing

@testable import Diagnose

struct RefusalTextsTests {
  @Test func `quotes that a challenge escapes are read as quotes`() {
    func said(_ claim: String) -> Statement? {
      RefusalTexts.statement(
        of:
          #"Bearer error="invalid_token", error_description="Token is missing the \"\#(claim)\" claim""#
      )
    }
    #expect(said("email") == .tokenClaim)
    #expect(said("aud") == .tokenAudience)
  }

  @Test func `any claim may be refused, issuer and audience have causes of their own`() {
    #expect(RefusalTexts.statement(of: "The acr claim is not valid") == .tokenClaim)
    #expect(RefusalTexts.statement(of: "The iss claim is not valid") == .tokenIssuer)
    #expect(RefusalTexts.statement(of: "The aud claim is not valid") == .tokenAudience)
  }
}
