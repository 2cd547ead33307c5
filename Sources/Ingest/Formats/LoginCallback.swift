internal import ByteScan

/// The answer of an authorization server in a query: `code` or `error`, and `state`.
///
/// <https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2>
enum LoginCallback {
  /// Whether the query `s[from..<to]` is one.
  static func isAnswer(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var hasState = false
    var hasResult = false
    var i = from
    while i < to {
      if Bytes.has("state=", s, i, to) {
        hasState = true
      } else if Bytes.has("code=", s, i, to) || Bytes.has("error=", s, i, to) {
        hasResult = true
      }
      let next = Bytes.find(UInt8(ascii: "&"), s, i, to)
      if next < 0 { break }
      i = next + 1
    }
    return hasState && hasResult
  }
}
