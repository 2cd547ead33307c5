internal import Evidence

/// Sizes of Apache behind TLS count what goes over the wire: each record has 22 bytes around it (RFC 8446 section 5.2),
/// and the first answer of a connection the handshake, some 2 kB that depend on the certificate. Answers of one kind have
/// one size again when both are taken away.
enum RecordSizes {
  /// Takes records and handshakes out of the sizes of failures, where several of them show that they are in.
  static func normalize(_ briefs: inout [Brief], _ file: CaseFile) {
    var sizes: [Scene.PartyStatus: Set<Int32>] = [:]
    for (i, b) in briefs.enumerated() where isCounted(b, file.exchanges.requests[i]) {
      sizes[Scene.PartyStatus(party: b.party, status: b.status), default: []].insert(b.bytes)
    }
    sizes = sizes.filter { $0.value.count <= most }
    let pairs = sizes.values.count { all in all.contains { all.contains($0 + record) } }
    let handshake = handshake(sizes.values)
    guard pairs >= 2 || pairs >= 1 && handshake != nil else { return }
    for i in briefs.indices where isCounted(briefs[i], file.exchanges.requests[i]) {
      let place = Scene.PartyStatus(party: briefs[i].party, status: briefs[i].status)
      guard let all = sizes[place] else { continue }
      briefs[i].bytes = plain(briefs[i].bytes, all, handshake)
    }
  }

  private static func isCounted(_ b: Brief, _ r: Request) -> Bool {
    r.format == .apacheAccess && b.status >= 400 && b.status != 408 && b.bytes >= smallest
      && !b.endpoint.isKeycloak
  }

  private static func plain(_ bytes: Int32, _ all: Set<Int32>, _ handshake: Int32?) -> Int32 {
    var bytes = bytes
    if let handshake, bytes > handshake {
      let rest = bytes - handshake
      if all.contains(rest) || all.contains(rest - record) || all.contains(rest + record) {
        bytes = rest
      }
    }
    if all.contains(bytes - record) { bytes -= record }
    return bytes
  }

  /// By how much the most sizes exceed others of their kind, if that is as much as a handshake.
  private static func handshake(_ sizes: some Collection<Set<Int32>>) -> Int32? {
    var counts: [Int32: Int] = [:]
    for all in sizes {
      let large = all.filter { $0 >= handshakes.lowerBound + smallest }.sorted().prefix(40)
      for s in large {
        for t in all where handshakes.contains(s - t) { counts[s - t, default: 0] += 1 }
      }
    }
    let best = counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }
    return best.flatMap { $0.value >= 3 ? $0.key : nil }
  }

  /// Header, type and tag.
  static let record: Int32 = 22
  private static let handshakes: ClosedRange<Int32> = 1200...6000
  /// With headers no answer is smaller.
  private static let smallest: Int32 = 120
  /// Sizes of one party and status that are looked at: where there are more, they repeat what was asked for.
  private static let most = 200
}
