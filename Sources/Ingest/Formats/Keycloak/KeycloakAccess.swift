internal import ByteScan
package import Evidence

/// Keycloak's HTTP access log in a file of its own (26.6 on): the bare pattern, without a log head.
/// Nothing but the paths tells it from other servers' common format, so only lines without referrer
/// and user agent on Keycloak's own paths are taken.
package enum KeycloakAccess: LineFormat {
  package static let format = Format.keycloakAccess

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    to - from > 50 && s[to - 1] != UInt8(ascii: "\"")
      && (Bytes.isDigit(s[to - 1]) || s[to - 1] == UInt8(ascii: "-"))
      && Bytes.find("- [", s, from, min(to, from + 120)) >= 0
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    guard let line = CommonLogLine.read(s, from, to), line.end == to,
      Bytes.has("/realms/", s, line.target.from, line.target.to)
        || Bytes.has("/admin/realms", s, line.target.from, line.target.to)
        || Bytes.has("/auth/realms/", s, line.target.from, line.target.to)
    else { return nil }
    var request = Request(citation: context.citation)
    request.format = .keycloakAccess
    request.hop = .keycloak
    request.writer = context.writer
    request.stampEnd(line.stamp, context)
    line.fill(&request, s, &sink)
    sink.add(request, context)
    return ReadLine(format: .keycloakAccess, time: request.end)
  }
}
