/// The header tables of HPACK (RFC 7541 §2.3). Indices count from the newest entry, so what was
/// inserted since a capture began resolves exactly; what is older is unknown, not an error.
struct HeaderTable {
  struct Entry {
    /// `nil`: named by an entry older than the capture.
    var name: [UInt8]?
    var value: [UInt8]
  }

  /// RFC 7541 Appendix A.
  private static let fixed: [Entry] = [
    (":authority", ""),
    (":method", "GET"),
    (":method", "POST"),
    (":path", "/"),
    (":path", "/index.html"),
    (":scheme", "http"),
    (":scheme", "https"),
    (":status", "200"),
    (":status", "204"),
    (":status", "206"),
    (":status", "304"),
    (":status", "400"),
    (":status", "404"),
    (":status", "500"),
    ("accept-charset", ""),
    ("accept-encoding", "gzip, deflate"),
    ("accept-language", ""),
    ("accept-ranges", ""),
    ("accept", ""),
    ("access-control-allow-origin", ""),
    ("age", ""),
    ("allow", ""),
    ("authorization", ""),
    ("cache-control", ""),
    ("content-disposition", ""),
    ("content-encoding", ""),
    ("content-language", ""),
    ("content-length", ""),
    ("content-location", ""),
    ("content-range", ""),
    ("content-type", ""),
    ("cookie", ""),
    ("date", ""),
    ("etag", ""),
    ("expect", ""),
    ("expires", ""),
    ("from", ""),
    ("host", ""),
    ("if-match", ""),
    ("if-modified-since", ""),
    ("if-none-match", ""),
    ("if-range", ""),
    ("if-unmodified-since", ""),
    ("last-modified", ""),
    ("link", ""),
    ("location", ""),
    ("max-forwards", ""),
    ("proxy-authenticate", ""),
    ("proxy-authorization", ""),
    ("range", ""),
    ("referer", ""),
    ("refresh", ""),
    ("retry-after", ""),
    ("server", ""),
    ("set-cookie", ""),
    ("strict-transport-security", ""),
    ("transfer-encoding", ""),
    ("user-agent", ""),
    ("vary", ""),
    ("via", ""),
    ("www-authenticate", ""),
  ].map { Entry(name: Array($0.0.utf8), value: Array($0.1.utf8)) }

  /// Newest last. More is kept than peers allow (64 KiB at most in practice): valid references never
  /// reach further back.
  private var entries: [Entry] = []
  private var bytes = 0

  private static let mostBytes = 128 << 10

  /// `nil`: older than the capture (or index 0, which is invalid).
  func entry(_ index: Int) -> Entry? {
    if index >= 1, index <= Self.fixed.count { return Self.fixed[index - 1] }
    let back = index - Self.fixed.count
    return back >= 1 && back <= entries.count ? entries[entries.count - back] : nil
  }

  mutating func insert(_ entry: Entry) {
    entries.append(entry)
    bytes += entry.value.count + (entry.name?.count ?? 0) + 32
    guard bytes > Self.mostBytes else { return }
    var dropped = 0
    while bytes > Self.mostBytes / 2, dropped < entries.count {
      bytes -= entries[dropped].value.count + (entries[dropped].name?.count ?? 0) + 32
      dropped += 1
    }
    entries.removeFirst(dropped)
  }

  /// After a loss nothing is known any more.
  mutating func forget() {
    entries = []
    bytes = 0
  }
}
