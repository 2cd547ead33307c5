import Foundation
import Testing

struct TokenTests {
  static func token(_ header: String, _ claims: String, signature: String = "c2lnbmF0dXJl")
    -> String
  {
    func encode(_ text: String) -> String {
      Data(text.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
        .replacing("=", with: "")
    }
    return "\(encode(header)).\(encode(claims)).\(signature)"
  }
  static let good = token(
    #"{"alg":"RS256","kid":"k1"}"#,
    #"{"iss":"https://auth.example/realms/shop","aud":"orders","exp":1772616000,"typ":"Bearer"}"#)

  @Test func `a token is judged at the time given`() throws {
    let before = try Tool.run(["token", "--at", "2026-03-04T09:15:00Z"], input: TokenTests.good)
    #expect(before.status == 0)
    #expect(before.output.contains("Nothing in it speaks against it."))
    let after = try Tool.run(
      ["token", "--at", "2026-03-04T09:25:00Z"], input: "Authorization: Bearer \(TokenTests.good)\n"
    )
    #expect(after.status == 1)
    #expect(after.output.contains("token.expired  by every verifier: exp was 5 min ago"))
  }

  @Test func `neither signature nor encoded parts are printed`() throws {
    let output = try Tool.run(["token"], input: TokenTests.good).output
    #expect(output.contains("9 bytes, not shown"))
    for part in TokenTests.good.split(separator: ".") { #expect(!output.contains(part)) }
  }

  @Test(arguments: [
    ("undefined", "a variable was not set"), ("", "nothing after the scheme"),
    ("abc", "1 part between dots"), ("a.b.c.d", "4 parts between dots"),
    ("a.b.c.d.e", "encrypted token"), ("!!!!.e30.x", "the header is not base64url"),
    ("e30.e30=.x", "plain base64 or padded"), ("W10.e30.x", "the header is not a JSON object"),
  ])
  func `what is no token is malformed, and why`(_ text: String, _ reason: String) throws {
    let result = try Tool.run(["token"], input: text)
    #expect(result.status == 1)
    #expect(result.output.contains(reason))
    #expect(result.output.contains("token.malformed"))
  }

  @Test(arguments: [
    (#""exp":"tomorrow""#, 1, "exp: it is no number of seconds"),
    (#""exp":1e30"#, 1, "exp: no clock gets there"), (#""nbf":[1]"#, 1, "nbf: it is no number"),
    (#""exp":1772616000000"#, 0, "exp: it is thousands of years ahead (milliseconds?)"),
    (#""exp":1772616000,"iat":-5"#, 0, "iat: it is before 1970"),
  ])
  func `a time that is none is told`(_ claim: String, _ status: Int32, _ words: String) throws {
    let token = TokenTests.token(
      #"{"alg":"RS256","kid":"k1"}"#, "{\"iss\":\"https://a/r\",\"aud\":\"o\",\(claim)}")
    let result = try Tool.run(["token", "--at", "2026-03-04T09:15:00Z"], input: token)
    #expect(result.status == status)
    #expect(result.output.contains(words), "\(result.output)")
    #expect(!result.output.contains("? ago"))
  }

  @Test func `nesting without end neither hangs nor crashes`() throws {
    let deep = TokenTests.token(
      #"{"alg":"RS256"}"#, "{\"a\":" + String(repeating: "[", count: 100_000))
    let result = try Tool.run(["token"], input: deep)
    #expect(result.status == 1)
  }
}
