@testable import Captures
@testable import Evidence

/// Reads a capture in two halves, as two threads do.
enum Halves {
  static func read(
    _ bytes: [UInt8], _ source: UInt16, _ options: CaptureOptions = CaptureOptions()
  ) -> Observations {
    var batches: [PacketBatch] = []
    // As from a file, window by window.
    var given = 0
    var feed = ByteFeed(pull: { buffer, at in
      let count = min(buffer.count - at, bytes.count - given)
      for i in 0..<count { buffer[at + i] = bytes[given + i] }
      given += count
      return count
    })
    let account = CaptureReader.takeApart(&feed, filter: options.filter) { batch in
      batches.append(batch)
      batch = PacketBatch()
    }
    var observations = Observations()
    var next = batches.makeIterator()
    CaptureReader.join(source: source, options: options, into: &observations) { batch in
      guard let another = next.next() else { return account }
      batch = another
      return nil
    }
    return observations
  }

  /// All of it, in the order of reading, as numbers.
  static func numbers(_ seen: Observations) -> [Int] {
    var all: [Int] = []
    func add(_ r: Request) {
      all += [
        r.citation.number, Int(r.status), Int(r.authorization.rawValue), Int(r.token),
        Int(r.presented), Int(r.issued), Int(r.requestBytes), Int(r.responseBytes),
        Int(r.targetLength), Int(r.dateOffset), Int(r.clientPort),
      ]
      all += [r.start.nanoseconds, r.end.nanoseconds, r.duration].map(Int.init)
      all += [
        r.method, r.host, r.path, r.route, r.client, r.userAgent, r.requestID, r.traceID, r.service,
        r.upstreamAddress, r.detail, r.challenge, r.reason, r.oauthClient, r.location,
        r.forwardedFor, r.headers, r.remoteUser,
      ].map { Int($0.index) }
    }
    seen.requests.forEach(add)
    seen.captured.items.map(\.request).forEach(add)
    all += [seen.captured.offered, seen.symbols.count, seen.messages.count]
    for token in seen.tokens {
      all += [token.citation.number, Int(token.length), Int(token.issuer.index)]
      all += [Int(truncatingIfNeeded: token.hash), Int(truncatingIfNeeded: token.claimsHash)]
    }
    for event in seen.network {
      all += [event.citation.number, Int(event.count), Int(event.detail.index)]
      all += [Int(event.sourcePort), Int(event.name.index), Int(event.time.nanoseconds)]
    }
    for coverage in seen.coverage.values {
      all += [coverage.lines, coverage.bytes, coverage.formats[.capture] ?? 0]
      all += coverage.problems.flatMap { $0.utf8.map(Int.init) }
    }
    return all
  }
}
