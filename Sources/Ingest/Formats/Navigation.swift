internal import ByteScan
internal import Evidence

/// Whether a browser opened a page, by the request's headers.
///
/// <https://www.w3.org/TR/fetch-metadata/#sec-fetch-mode-header>
enum Navigation {
  static func seen(_ s: Span<UInt8>, fetchMode: JSONValue?, accept: JSONValue?) -> Seen {
    if let fetchMode, fetchMode.end > fetchMode.start {
      return Bytes.equals("navigate", s, fetchMode.start, fetchMode.end) ? .present : .absent
    }
    // Scripts ask for what they want, or for anything; pages are wanted by navigations alone.
    guard let accept else { return .unknown }
    return Bytes.has("text/html", s, accept.start, accept.end) ? .present : .unknown
  }
}
