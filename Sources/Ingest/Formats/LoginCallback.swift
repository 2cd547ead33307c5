internal import ByteScan

/// The answer of an authorization server that a browser brings back in a query: `code` or `error`, and
/// `state`. Other services may use such names, too: Keycloak adds `session_state` or `iss`, and paths say
/// what they are for.
///
/// <https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2>,
/// <https://openid.net/specs/openid-connect-session-1_0.html#CreatingUpdatingSessions>
enum LoginCallback {
  /// Whether a target with path `s[path]` and query `s[query]` is one.
  static func isAnswer(_ s: Span<UInt8>, path: Range<Int>, query: Range<Int>) -> Bool {
    var hasState = false
    var hasResult = false
    var isMarked = false
    var i = query.lowerBound
    while i < query.upperBound {
      @inline(__always) func name(_ text: StaticString) -> Bool {
        Bytes.has(text, s, i, query.upperBound)
      }
      if name("state=") { hasState = true }
      if name("code=") || name("error=") { hasResult = true }
      if name("session_state=") || name("iss=") { isMarked = true }
      let next = Bytes.find(UInt8(ascii: "&"), s, i, query.upperBound)
      if next < 0 { break }
      i = next + 1
    }
    guard hasState, hasResult else { return false }
    @inline(__always) func says(_ text: StaticString) -> Bool {
      Bytes.contains(text, s, path.lowerBound, path.upperBound)
    }
    return isMarked || says("callback") || says("oauth") || says("redirect")
  }

  /// What went wrong, as the query tells it: `error: error_description`, decoded. Empty: nothing.
  static func error(_ s: Span<UInt8>, query: Range<Int>) -> [UInt8] {
    var code: [UInt8] = []
    var description: [UInt8] = []
    var i = query.lowerBound
    while i < query.upperBound {
      var end = Bytes.find(UInt8(ascii: "&"), s, i, query.upperBound)
      if end < 0 { end = query.upperBound }
      if Bytes.has("error=", s, i, end) {
        code = Bytes.formDecoded(s, i + 6, end)
      } else if Bytes.has("error_description=", s, i, end) {
        description = Bytes.formDecoded(s, i + 18, end)
      }
      i = end + 1
    }
    return code.isEmpty || description.isEmpty ? code : code + Array(": ".utf8) + description
  }
}
