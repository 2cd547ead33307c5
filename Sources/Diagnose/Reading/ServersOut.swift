internal import Evidence

/// Why HAProxy had taken servers out of use, in its own words (`Server be/s1 is DOWN, reason: …`,
/// `… is going DOWN for maintenance (DNS timeout status)`).
struct ServersOut: Sendable {
  private struct Word: Sendable {
    var time: Instant
    var kind: Trouble.Kind
    var citation: Citation
  }
  /// By backend, in order of time.
  private var words: [String: [Word]] = [:]

  init() {}

  init(_ scene: Scene) {
    for (statement, kind) in ServersOut.kinds {
      for i in scene.messagesOf[statement] ?? [] {
        let m = scene.file.observations.messages[i]
        guard m.format == .haproxyMessage else { continue }
        let server = scene.text(m.subject)
        guard let slash = server.firstIndex(of: "/") else { continue }
        words[String(server[..<slash]), default: []].append(
          Word(time: m.time, kind: kind, citation: m.citation))
      }
    }
    words = words.mapValues { $0.sorted { ($0.time, $0.citation) < ($1.time, $1.citation) } }
  }

  /// What was said last of a server of the backend before a request, if not long before.
  func reason(before r: Request, _ scene: Scene) -> (Trouble.Kind, Citation)? {
    guard !words.isEmpty, !r.service.isNone, let all = words[scene.text(r.service)] else {
      return nil
    }
    let until = r.start.advanced(seconds: 1)
    let last = all[..<all.partitioningIndex { $0.time > until }].last
    guard let last, !last.time.isKnown || r.start - last.time <= ServersOut.longest else {
      return nil
    }
    return (last.kind, last.citation)
  }

  private static let kinds: [(Statement, Trouble.Kind)] = [
    (.upstreamNameFailed, .name), (.upstreamNameNotFound, .name), (.upstreamRefused, .refused),
    (.upstreamConnectTimedOut, .dropped), (.upstreamTLSVerify, .tls), (.upstreamTLSFailed, .tls),
  ]
  /// Seconds.
  private static let longest = 601.0
}
