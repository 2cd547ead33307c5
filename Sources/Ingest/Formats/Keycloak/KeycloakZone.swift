internal import ByteScan

/// The zone of Keycloak's log. The head of a text line has none, but the `%t` of an access line has,
/// and both are written by the same process.
package enum KeycloakZone {
  /// Seconds east of UTC, from an access line inside the log (`… [23/Nov/2026:18:18:12 +0000] "GET …`);
  /// nil when the line has none. For estimating `LineContext.assumedOffset`.
  package static func offset(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    let logger = Bytes.find("http.access-log]", s, from, min(to, from + 200))
    guard logger >= 0 else { return nil }
    let open = Bytes.find(" [", s, logger + 16, to)
    guard open >= 0, let stamp = TimeStamp.common(s, open + 2, to), stamp.hasZone else {
      return nil
    }
    return zone(s, stamp.end)
  }

  /// `+hhmm` that ends at `end`.
  private static func zone(_ s: Span<UInt8>, _ end: Int) -> Int? {
    guard end >= 5, end <= s.count else { return nil }
    let hours = Bytes.two(s, end - 4)
    let minutes = Bytes.two(s, end - 2)
    guard hours >= 0, hours <= 18, minutes >= 0, minutes < 60 else { return nil }
    let seconds = hours * 3600 + minutes * 60
    switch s[end - 5] {
    case UInt8(ascii: "+"): return seconds
    case UInt8(ascii: "-"): return -seconds
    default: return nil
    }
  }
}
