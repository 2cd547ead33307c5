import Testing

@testable import Ingest

/// Which texts are read as a whole.
@Suite struct DocumentKindTests {
  private static func kind(_ text: String) -> DocumentKind? {
    let bytes = Array(text.utf8)
    return DocumentKind.of(bytes.span, 0, bytes.count)
  }

  @Test(arguments: [
    "Request URL: https://sso.example.org/realms/shop/account\nStatus Code: 400",
    "Request URL\nhttps://sso.example.org/realms/shop/account\nStatus Code\n400",
    "General\r\nRequest URL:\r\nhttps://sso.example.org/realms/shop/account\r\n",
  ])
  func `the summary of a browser's inspector is a transcript`(_ text: String) {
    #expect(Self.kind(text) == .transcript)
  }

  @Test(arguments: [
    "Request URL validation failed for https://sso.example.org/realms/shop\nsomething",
    "Request URL: http://kc/realms/a/protocol/openid-connect/login-status-iframe.html/init\n",
    "Request URL\nhttp://kc/realms/a/protocol/openid-connect/login-status-iframe.html/init\n",
    "Request URL\n",
  ])
  func `a line of a log that begins so, or a frame's check, is none`(_ text: String) {
    #expect(Self.kind(text) == nil)
  }

  @Test func `each text of a spread list of lines is on its line`() {
    let list = "[\n  \"a \\\"b\\\" c\",\n\n  \"d\", \"e\"\n]\n"
    #expect(Self.kind(list) == .spreadJSON)
    let flat = String(decoding: SpreadJSON.flat(Array(list.utf8)), as: UTF8.self)
    #expect(flat == "\n[\"a \\\"b\\\" c\"]\n\n[\"d\"][\"e\"]\n\n")
  }
}
