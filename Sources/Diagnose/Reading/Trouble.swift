internal import Evidence

/// A spell in which the edge's own calls to Keycloak failed, and what the failures look like.
struct Trouble {
  enum Kind: String {
    case refused, unreachable, dropped, slow, timedOut, tls, name, starting, internalError
    case headerTooBig, reset, unknown
    /// Keycloak turns calls away that it has no thread or place in its queue for, and answers others.
    case shedding
  }
  var kind: Kind
  /// Exchanges, in order of time.
  var rows: [Int]
  var first: Instant
  var last: Instant
  /// Lines that say why (the edge's error log, Keycloak's log).
  var proof: [Citation]
}

/// Finds the spells: failures of Keycloak's end-points at the edge, cut where answers were good for
/// a while.
enum TroubleFinder {
  static let gap = 20.0

  static func find(_ scene: Scene) -> [Trouble] {
    var rows: [(index: Int, kind: Trouble.Kind, proof: Citation?)] = []
    let large = UnusableAnswers.find(scene)
    for (i, e) in scene.briefs.enumerated() where e.endpoint.isKeycloak && e.status >= 500 {
      let (kind, proof) =
        large.contains(i) && scene.file.messages[i] == nil
        ? (.headerTooBig, scene.exchange(i).request.citation) : classify(i, scene)
      rows.append((i, kind, proof))
    }
    guard !rows.isEmpty else { return [] }
    var troubles: [Trouble] = []
    for row in rows {
      let r = scene.file.exchanges[row.index].request
      if var open = troubles.last, r.start - open.last < gap,
        open.kind == .headerTooBig ? row.kind == .headerTooBig : row.kind != .headerTooBig
      {
        open.rows.append(row.index)
        if r.end > open.last { open.last = r.end }
        if let proof = row.proof { open.proof.append(proof) }
        troubles[troubles.count - 1] = open
      } else {
        troubles.append(
          Trouble(
            kind: row.kind, rows: [row.index], first: r.start, last: r.end,
            proof: row.proof.map { [$0] } ?? []))
      }
    }
    let kinds = Dictionary(uniqueKeysWithValues: rows.map { ($0.index, $0.kind) })
    let proofs = Dictionary(
      uniqueKeysWithValues: rows.compactMap { row in row.proof.map { (row.index, $0) } })
    let proven = Set(proofs.keys)
    return troubles.flatMap { parts(of: $0, kinds, proofs, scene) }
      .map { settle($0, kinds, proven, scene) }
  }

  /// A spell in which nobody answered first and then too late, or the other way round, is two: where it
  /// turns, and both sides are of one mind.
  private static func parts(
    of trouble: Trouble, _ kinds: [Int: Trouble.Kind], _ proofs: [Int: Citation], _ scene: Scene
  ) -> [Trouble] {
    // +1: nobody there; -1: somebody slow.
    let signs = trouble.rows.map { i -> Int in
      switch kinds[i] {
      case .refused, .reset, .unreachable: 1
      case .slow, .timedOut: -1
      default: 0
      }
    }
    let gone = signs.count { $0 > 0 }
    let late = signs.count { $0 < 0 }
    guard gone >= 3, late >= 3 else { return [trouble] }
    var sum = 0
    var best = (weight: 0, place: 0)
    for (k, sign) in signs.enumerated() {
      sum += sign
      // What is before minus what is after.
      let weight = abs(2 * sum - (gone - late))
      if weight > best.weight { best = (weight, k + 1) }
    }
    let sides = [signs[..<best.place], signs[best.place...]].map { side in
      (gone: side.count { $0 > 0 }, late: side.count { $0 < 0 })
    }
    let isTurn = sides.allSatisfy {
      max($0.gone, $0.late) >= 3 && min($0.gone, $0.late) * 5 <= max($0.gone, $0.late)
    }
    guard isTurn, (sides[0].gone > sides[0].late) != (sides[1].gone > sides[1].late) else {
      return [trouble]
    }
    return [trouble.rows[..<best.place], trouble.rows[best.place...]].map { rows in
      Trouble(
        kind: trouble.kind, rows: Array(rows),
        first: rows.map { scene.briefs[$0].start }.min() ?? trouble.first,
        last: rows.map { scene.briefs[$0].end }.max() ?? trouble.last,
        proof: rows.compactMap { proofs[$0] })
    }
  }

  /// One kind for a spell: the one that explains most rows, timeouts told apart by what Keycloak did.
  private static func settle(
    _ trouble: Trouble, _ kinds: [Int: Trouble.Kind], _ proven: Set<Int>, _ scene: Scene
  ) -> Trouble {
    var result = trouble
    var counts: [Trouble.Kind: Int] = [:]
    // Guesses from a status do not outvote what the edge itself says of its like.
    let isTold = trouble.rows.count(where: proven.contains) >= 3
    for i in trouble.rows where !isTold || proven.contains(i) || !isGuess(i, scene) {
      counts[kinds[i] ?? .unknown, default: 0] += 1
    }
    // A process that comes back answers 503 for a while: part of the same story.
    if counts.count > 1 { counts[.starting] = nil }
    let best = counts.leading?.key ?? .unknown
    result.kind = best
    // Kernels rate-limit what tells of a rejection: the callers that are not told so wait.
    if best == .dropped || best == .timedOut, (counts[.unreachable] ?? 0) > 0 {
      result.kind = .unreachable
      return result
    }
    if best == .starting, isShedding(trouble, scene) { result.kind = .shedding }
    if best == .timedOut { result.kind = timeoutKind(trouble, scene) }
    if best == .refused, isUnexplained(trouble, scene) {
      result.kind = unconnectedKind(trouble, scene)
    }
    return result
  }

  /// Good answers to calls for tokens within a spell that took long, in microseconds.
  private static func lateTokens(
    _ trouble: Trouble, longerThan least: Int64, _ scene: Scene
  ) -> [Int] {
    let from = scene.briefs.partitioningIndex {
      $0.start >= trouble.first.advanced(seconds: -Distress.longestWait)
    }
    return scene.briefs[from...].indices.prefix { scene.briefs[$0].start < trouble.last }.filter {
      let b = scene.briefs[$0]
      return b.endpoint == .token && b.isSuccess && b.end > trouble.first && b.end < trouble.last
        && Int64((b.end - b.start) * 1e6) > least
    }
  }

  /// Lines of the longest two.
  static func lateTokens(_ trouble: Trouble, _ scene: Scene) -> [Citation] {
    let late = lateTokens(trouble, longerThan: 100_000, scene).sorted {
      (scene.briefs[$0].end - scene.briefs[$0].start, $1)
        > (scene.briefs[$1].end - scene.briefs[$1].start, $0)
    }
    return OtherSide.lines(late.prefix(2), scene)
  }

  /// Keycloak itself answers 503 at once, and in between serves others later than it turns those away: it sheds load
  /// (`http-max-queued-requests`, Quarkus' worker threads).
  private static func isShedding(_ trouble: Trouble, _ scene: Scene) -> Bool {
    let requests = trouble.rows.map { scene.exchange($0).request }
    let own = requests.filter {
      $0.status == 503 && ($0.upstreamStatus == 503 || $0.answeredBy == .upstream)
    }
    guard own.count * 10 >= requests.count * 8, own.count >= 3 else { return false }
    let turned = own.map(\.duration).sorted()[own.count / 2]
    guard turned >= 0, turned < atOnce / 9 else { return false }
    let late = lateTokens(trouble, longerThan: max(10 * turned, 100_000), scene).count
    let stops = Signals.messages(
      [.keycloakStopping, .keycloakStopped, .keycloakStarting, .keycloakStarted], trouble.first,
      trouble.last, margin: 20, scene)
    return late >= 3 && late * 10 >= own.count && stops.isEmpty
  }

  /// The edge could not connect, and its log tells no refusal from a TLS handshake that failed.
  static func isUnexplained(_ trouble: Trouble, _ scene: Scene) -> Bool {
    isUnconnected(trouble, scene) || isOfFlagAlone(trouble, scene)
      || isOfTargetAlone(trouble, scene) || isOfStatusAlone(trouble, scene)
  }

  /// Nothing but 502 is logged, not even how long it took.
  private static func isOfStatusAlone(_ trouble: Trouble, _ scene: Scene) -> Bool {
    trouble.rows.allSatisfy {
      let r = scene.exchange($0).request
      return r.status == 502 && r.duration < 0 && r.detail.isNone && r.flags.isNone
    }
  }

  /// A load balancer of AWS had no answer of the target: it was refused, reset, did not get through the TLS handshake
  /// or could not read what came, and its log writes all of these alike.
  ///
  /// <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html#http-502-issues>
  static func isOfTargetAlone(_ trouble: Trouble, _ scene: Scene) -> Bool {
    trouble.rows.allSatisfy {
      let r = scene.exchange($0).request
      return r.format == .awsALB && r.status == 502 && r.upstreamStatus == 0
    }
  }

  /// HAProxy could not connect (SC).
  private static func isUnconnected(_ trouble: Trouble, _ scene: Scene) -> Bool {
    trouble.rows.allSatisfy {
      let r = scene.exchange($0).request
      return r.format.isHAProxy && scene.text(r.detail).hasPrefix("SC")
    }
  }

  /// Envoy could not connect (UF), and its format does not say why.
  static func isOfFlagAlone(_ trouble: Trouble, _ scene: Scene) -> Bool {
    trouble.rows.allSatisfy {
      let r = scene.exchange($0).request
      return r.detail.isNone && !r.flags.isNone && scene.text(r.flags).contains("UF")
    }
  }

  /// Whoever writes events of others' calls in mid-spell is not down: then it is the edge's way to it, or, since a
  /// reload, how the edge connects.
  private static func unconnectedKind(_ trouble: Trouble, _ scene: Scene) -> Trouble.Kind {
    guard isKeycloakHeard(trouble, scene) else { return .refused }
    let good = scene.briefs.last {
      $0.endpoint.isKeycloak && $0.isSuccess && $0.end < trouble.first
    }
    let since = good?.end ?? scene.first
    let isReloaded = scene.reloads.contains {
      $0.time >= since.advanced(seconds: -1) && $0.time <= trouble.first.advanced(seconds: 1)
    }
    return isReloaded || hasShakenHands(trouble, scene) ? .tls : .unreachable
  }

  /// Envoy's connections failed after the milliseconds that a handshake takes; who has no way is told so at once,
  /// and retries (URX) take their time, too.
  static func hasShakenHands(_ trouble: Trouble, _ scene: Scene) -> Bool {
    guard isOfFlagAlone(trouble, scene) else { return false }
    let requests = trouble.rows.map { scene.exchange($0).request }
    let durations = requests.map(\.duration).sorted()
    return durations[durations.count / 2] >= handshake
      && !requests.contains { scene.text($0.flags).contains("URX") }
  }

  /// Keycloak's own log goes on in mid-spell.
  static func isKeycloakHeard(_ trouble: Trouble, _ scene: Scene) -> Bool {
    let from = trouble.first.advanced(seconds: 1)
    let to = trouble.last.advanced(seconds: -1)
    return scene.file.observations.tokenEvents.count { $0.time >= from && $0.time <= to } > 2
  }

  /// Nothing but the edge's own 502 or 504 tells of a row.
  private static func isGuess(_ i: Int, _ scene: Scene) -> Bool {
    let status = scene.briefs[i].status
    return status == 502 || status == 504
  }

  /// Dropped packets or a slow Keycloak? A slow one still receives: its log shows calls of that
  /// spell (even if late), and some answers get through. Behind dropped packets the edge's calls
  /// leave no trace there, while other callers go on.
  private static func timeoutKind(_ trouble: Trouble, _ scene: Scene) -> Trouble.Kind {
    if !LostAnswers.events(of: trouble.rows, scene).isEmpty { return .dropped }
    let from = trouble.first.advanced(seconds: 1)
    // The last that failed may have waited while others got through again.
    let asked = trouble.rows.map { scene.briefs[$0].start }.max() ?? trouble.last
    let to = asked - from > 3 ? min(asked, trouble.last) : trouble.last
    let span = max(1, to - from)
    var clients: Set<Symbol> = []
    for e in scene.file.exchanges where e.endpoint == .token { clients.insert(e.request.client) }
    var front = 0
    var back = 0
    var all: [Instant] = []
    for e in scene.file.observations.tokenEvents where e.time >= from && e.time <= to {
      all.append(e.time)
      if clients.contains(e.address) { front += 1 } else { back += 1 }
    }
    var through = 0
    for e in scene.file.exchanges
    where e.endpoint.isKeycloak && e.isSuccess && e.request.end >= from && e.request.end <= to {
      through += 1
    }
    if through * 20 > trouble.rows.count || front > 2 { return .slow }
    if callersGone(trouble, scene).count > 2 { return .slow }
    if back > 2 {
      // Silences followed by bursts are a starved process, even callers say so.
      guard longestSilence(all, from, to) > span * 0.6 else { return .dropped }
      return hasBacklog(trouble, scene) ? .slow : .timedOut
    }
    if healsInRetransmissionRhythm(trouble, scene) { return .dropped }
    return Sessions.successEventsVisible(scene) ? .dropped : .timedOut
  }

  /// Keycloak, when it goes on, comes to calls whose callers have gone: more events than good answers then.
  private static func hasBacklog(_ trouble: Trouble, _ scene: Scene) -> Bool {
    let from = trouble.last.advanced(seconds: -2)
    let to = trouble.last.advanced(seconds: 8)
    var addresses: Set<Symbol> = []
    for i in trouble.rows { addresses.insert(scene.exchange(i).request.client) }
    let events = scene.file.observations.tokenEvents.count {
      $0.time >= from && $0.time <= to && addresses.contains($0.address)
    }
    let answers = scene.briefs.count {
      $0.endpoint == .token && $0.isSuccess && $0.end >= from && $0.end <= to
    }
    return events >= answers + 3
  }

  /// Keycloak's words, in mid-spell, on callers who had hung up before it came to them: what reached
  /// it was not dropped. Behind dropped packets such words come after the healing only.
  static func callersGone(_ trouble: Trouble, _ scene: Scene) -> [Citation] {
    let middle = trouble.first.advanced(seconds: (trouble.last - trouble.first) * 2 / 3)
    return Signals.messages(
      [.keycloakCallerGone], trouble.first.advanced(seconds: 1), middle, margin: 0, scene
    ).map(\.citation)
  }

  private static func longestSilence(_ times: [Instant], _ from: Instant, _ to: Instant) -> Double {
    var previous = from
    var longest = 0.0
    for t in times.sorted() + [to] {
      longest = max(longest, t - previous)
      previous = t
    }
    return longest
  }

  /// First successes after the spell that took a multiple of about 1.02 s: SYN retransmissions.
  static func healsInRetransmissionRhythm(_ trouble: Trouble, _ scene: Scene) -> Bool {
    let late = scene.file.exchanges.lazy.filter {
      $0.endpoint.isKeycloak && $0.isSuccess && $0.request.end - trouble.last < 5
        && $0.request.end >= trouble.last && $0.request.duration > 900_000
    }.map(\.request.duration)
    if late.contains(where: Rhythm.isRetransmission) { return true }
    guard !late.isEmpty else { return false }
    let usual = usualDuration(before: trouble.first, scene)
    return late.contains { Rhythm.isRetransmission($0 - usual) }
  }

  /// How long Keycloak takes for a good answer, in microseconds: the median of those before a time.
  private static func usualDuration(before time: Instant, _ scene: Scene) -> Int64 {
    let good = scene.file.exchanges.lazy.filter {
      $0.endpoint.isKeycloak && $0.isSuccess && $0.request.end < time && $0.request.duration >= 0
    }.map(\.request.duration).sorted()
    return good.isEmpty ? 0 : good[good.count / 2]
  }

  static func classify(_ i: Int, _ scene: Scene) -> (Trouble.Kind, Citation?) {
    let e = scene.file.exchanges[i]
    let r = e.request
    for m in scene.file.messages[i] ?? [] {
      let message = scene.file.observations.messages[m]
      switch message.statement {
      case .upstreamHeaderTooBig: return (.headerTooBig, message.citation)
      case .noLiveUpstream where r.format.isHAProxy:
        return scene.serversOut.reason(before: r, scene) ?? (.refused, message.citation)
      case .upstreamRefused, .noLiveUpstream, .noEndpoints: return (.refused, message.citation)
      case .upstreamUnreachable: return (.unreachable, message.citation)
      case .upstreamConnectTimedOut: return (.dropped, message.citation)
      case .upstreamTLSFailed, .upstreamTLSVerify, .callTLS, .callUntrustedCertificate:
        return (.tls, message.citation)
      case .upstreamNameNotFound, .upstreamNameFailed: return (.name, message.citation)
      case .upstreamTimedOut: return (.timedOut, message.citation)
      case .upstreamClosed, .upstreamReset: return (.reset, message.citation)
      default: continue
      }
    }
    let detail = scene.text(r.detail).lowercased()
    if !detail.isEmpty {
      if detail.contains("tls_error") || detail.contains("tls error") { return (.tls, r.citation) }
      if detail.contains("connection_refused") || detail.contains("connect_error:_111")
        || detail.contains("no_healthy_upstream")
      {
        return (.refused, r.citation)
      }
      if detail.contains("no_route") || detail.contains("connect_error:_113") {
        return (.unreachable, r.citation)
      }
      if detail.contains("connection_timeout") { return (.dropped, r.citation) }
      if detail.contains("response_timeout") { return (.timedOut, r.citation) }
      if detail.contains("connection_failure") { return (.refused, r.citation) }
      if detail.contains("connection_termination") { return (.reset, r.citation) }
      if detail.hasPrefix("sc"), r.status == 503, r.format.isHAProxy,
        let known = scene.serversOut.reason(before: r, scene)
      {
        return known
      }
      if detail.hasPrefix("sc") && r.format.isHAProxy {
        return (scene.text(r.detail).hasPrefix("sC") ? .dropped : .refused, r.citation)
      }
      if r.format.isHAProxy, detail.hasPrefix("sh") {
        return (scene.text(r.detail).hasPrefix("sH") ? .timedOut : .reset, r.citation)
      }
    }
    if UnusableAnswers.isUnreadable(r, scene) {
      // A TLS alert on every call, or the one answer that has the most headers (a login page's cookies).
      let near = scene.keycloakCalls(
        r.start.advanced(seconds: -nearby), r.end.advanced(seconds: nearby))
      return (near.good > 0 ? .headerTooBig : near.bad > 2 ? .tls : .internalError, r.citation)
    }
    if let kind = unconnected(r, scene) { return (kind, r.citation) }
    // nginx logs its own 502 and 504 as the upstream's status, too: those prove nothing.
    let isOwn = r.status == 502 || r.status == 504
    if e.event >= 0 || !isOwn && (r.upstreamStatus == r.status || r.answeredBy == .upstream) {
      return (r.status == 503 ? .starting : .internalError, nil)
    }
    switch r.status {
    case 504: return (.timedOut, nil)
    // Without a duration: of waits in vain nginx, Traefik and Envoy make 504.
    case 502: return r.duration < 500_000 ? (.refused, nil) : (.timedOut, nil)
    case 503: return (.starting, nil)
    default: return (.internalError, nil)
    }
  }
}

extension TroubleFinder {
  /// Microseconds: who is refused a connection, or reset, is so at once.
  private static let atOnce: Int64 = 900_000
  /// Microseconds: a reset or an ICMP message comes sooner from a node next door.
  private static let handshake: Int64 = 2000

  /// Seconds around a call in which others show what its server answers.
  private static let nearby = 5.0

  /// What the response flags of Envoy's default format say, and a load balancer that never reached a target.
  private static func unconnected(_ r: Request, _ scene: Scene) -> Trouble.Kind? {
    if r.format == .awsALB, r.upstreamStatus == 0, r.duration < 0 {
      // "… before reaching the 10-second TCP connection timeout" (AWS, request_processing_time).
      return r.status == 504 ? .dropped : r.status == 502 ? .refused : nil
    }
    guard !r.flags.isNone else { return nil }
    let flags = scene.text(r.flags).split(separator: ",")
    if flags.contains("UF") { return r.duration >= atOnce ? .dropped : .refused }
    if flags.contains("UH") { return .refused }
    if flags.contains("UC") || flags.contains("UR") || flags.contains("LR") { return .reset }
    return flags.contains("UT") ? .timedOut : nil
  }
}
