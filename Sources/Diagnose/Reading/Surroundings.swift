internal import Evidence

/// Clock offsets that matter to a group.
enum Clocks {
  /// An offset of 20 seconds or more of Keycloak or of the group's own service.
  static func offset(_ group: Group, _ scene: Scene) -> ClockOffset? {
    var sources: Set<UInt16> = []
    for i in group.rows {
      let inner = scene.exchange(i).inner
      if inner >= 0 { sources.insert(scene.file.legs[Int(inner)].citation.source) }
      for m in scene.file.messages[i] ?? [] {
        sources.insert(scene.file.observations.messages[m].citation.source)
      }
    }
    return scene.file.clocks.first { clock in
      guard !clock.isZone, abs(clock.seconds) >= 20, !isWholeQuarterHour(clock.seconds) else {
        return false
      }
      if clock.isKeycloak || clock.party == group.party { return true }
      return clock.examples.first.map { sources.contains($0.source) } ?? false
    }
  }

  /// Whole quarter hours are a time zone in a log, not a skew.
  static func isWholeQuarterHour(_ seconds: Double) -> Bool {
    let quarters = seconds / 900
    return abs(quarters) >= 1 && abs(quarters - quarters.rounded()) * 900 < 3
      && abs(seconds) > 1000
  }

  /// `UTC+05:30`.
  static func zone(_ offset: Int) -> String {
    func two(_ n: Int) -> String { (n < 10 ? "0" : "") + String(n) }
    let minutes = abs(offset) / 60
    return "UTC" + (offset < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60)
  }

  /// `3 s ahead of the edge's clock`; to the tenth where it was told, or is less than two seconds; a whole minute where
  /// that is no farther off than the pairs are from one another.
  static func describe(_ clock: ClockOffset) -> String {
    let exact = abs(clock.seconds)
    let tenths = Int((exact * 10).rounded())
    let amount =
      clock.source >= 0 || tenths < 20
      ? "\(tenths / 10).\(tenths % 10)" : "\(Int(rounded(exact, clock.spread)))"
    let side = clock.seconds < 0 ? "behind" : "ahead of"
    return amount + " s " + side + " the edge's clock" + growth(clock)
  }

  /// Stamps in whole seconds and answers that take their time put pairs off by a second or so.
  private static func rounded(_ seconds: Double, _ spread: Double) -> Double {
    let minutes = (seconds / 60).rounded() * 60
    return minutes >= 120 && abs(seconds - minutes) <= max(1.5, spread)
      ? minutes : seconds.rounded()
  }

  /// `, by 2.4 s more each hour` of a clock that drifts.
  private static func growth(_ clock: ClockOffset) -> String {
    guard clock.drift != 0 else { return "" }
    let tenths = Int((abs(clock.drift) * 36_000).rounded())
    let less = (clock.drift < 0) != (clock.seconds < 0) ? "less" : "more"
    return ", by \(tenths / 10).\(tenths % 10) s \(less) each hour"
  }
}

/// What captures show below HTTP around a group.
enum Wire {
  /// Who may have called in a group's place: the service's own addresses; `nil` when they are not
  /// known or somebody before it answered.
  static func callers(_ group: Group, _ scene: Scene) -> Set<Symbol>? {
    let isOwn =
      group.circumstances.answerer == .application || group.circumstances.answerer == .unknown
    let own = Set(scene.file.parties[Int(group.party)].addresses)
    return isOwn && !own.isEmpty ? own : nil
  }

  /// Events that concern a group: of calls that its service made or was meant to get.
  static func concerning(
    _ group: Group, _ scene: Scene, _ matches: (NetworkEvent) -> Bool
  ) -> [NetworkEvent] {
    guard !scene.file.observations.network.isEmpty else { return [] }
    let profile = Profile.span(group, scene)
    guard profile.first.isKnown else { return [] }
    let from = profile.first.advanced(seconds: -8)
    let to = profile.last.advanced(seconds: 8)
    let own = callers(group, scene)
    var keycloak: Set<Symbol> = []
    for p in scene.file.parties where p.kind == .keycloak { keycloak.formUnion(p.addresses) }
    return scene.file.observations.network.filter { e in
      guard e.time >= from, e.time <= to, matches(e) else { return false }
      if group.endpoint.isKeycloak { return keycloak.isEmpty || keycloak.contains(e.destination) }
      return own.map { $0.contains(e.source) || $0.contains(e.destination) } ?? true
    }
  }

  static func unanswered(_ group: Group, _ scene: Scene) -> [Citation] {
    // Kernels limit the rate of their ICMP answers: where some SYNs were rejected, the silent ones to
    // the same peer were, too.
    let rejecting = Set(
      concerning(group, scene) { $0.kind == .icmpUnreachable }.map(\.destination))
    let events = concerning(group, scene) {
      $0.kind == .synUnanswered && !rejecting.contains($0.destination)
    }
    guard !events.isEmpty else { return [] }
    if group.endpoint.isKeycloak { return events.prefix(3).map(\.citation) }
    // Sent while a request of the group was being handled.
    let rows = group.rows.prefix(500).map { scene.exchange($0).request }
    var during: [Citation] = []
    var hit = 0
    for r in rows where r.start.isKnown {
      let event = events.first {
        $0.time >= r.start.advanced(seconds: r.isCoarse ? -1 : -0.05) && $0.time <= r.end
      }
      guard let event else { continue }
      hit += 1
      if during.count < 3, !during.contains(event.citation) { during.append(event.citation) }
    }
    if hit * 10 >= rows.count * 3 { return during }
    // A fetch that failed makes later requests fail at once, but forbids nobody.
    guard group.status != 403, callers(group, scene) != nil, !group.circumstances.isProbe else {
      return []
    }
    return events.prefix(3).map(\.citation)
  }

  static func rejected(_ group: Group, _ scene: Scene) -> [Citation] {
    concerning(group, scene) {
      $0.kind == .icmpUnreachable && [9, 10, 13, 1, 0].contains($0.code & 0xff)
    }
    .prefix(3).map(\.citation)
  }

  static func tlsTroubleNear(_ trouble: Trouble, _ scene: Scene) -> Citation? {
    let lines = Signals.messages(
      [.upstreamTLSFailed, .upstreamTLSVerify, .callTLS], trouble.first, trouble.last, margin: 2,
      scene)
    if let line = lines.first { return line.citation }
    return scene.file.observations.network.first {
      $0.kind == .protocolMismatch && $0.time >= trouble.first.advanced(seconds: -2)
        && $0.time <= trouble.last
    }?.citation
  }
}

extension Profile {
  /// Only the span of a group.
  static func span(_ group: Group, _ scene: Scene) -> Profile {
    var copy = Profile()
    for i in group.rows {
      let r = scene.exchange(i).request
      guard r.start.isKnown else { continue }
      if !copy.first.isKnown || r.start < copy.first { copy.first = r.start }
      if !copy.last.isKnown || r.end > copy.last { copy.last = r.end }
    }
    return copy
  }

  init() {}
}

/// Name resolution around a group.
enum Resolver {
  static func failures(_ group: Group, _ profile: Profile, _ scene: Scene, code: UInt16)
    -> [Citation]
  {
    guard profile.first.isKnown else { return [] }
    let statement: Statement = code == 3 ? .dnsNameNotFound : .dnsServerFailure
    let from = profile.first.advanced(seconds: -15)
    let to = profile.last.advanced(seconds: 2)
    // Search-list names get NXDOMAIN in health too: the full name counts, which is the one that
    // is asked with the most labels answered by nothing else.
    let messages = scene.file.observations.messages
    var lines = (scene.messagesOf[statement] ?? []).map { messages[$0] }.filter {
      $0.time >= from && $0.time <= to && !isSearchName(scene.text($0.subject))
    }.map(\.citation)
    lines += scene.file.observations.network.filter {
      $0.kind == .dnsAnswer && $0.code == code && $0.time >= from && $0.time <= to
        && !isSearchName(scene.text($0.name))
    }.map(\.citation)
    return Array(lines.sorted().prefix(3))
  }

  /// `a.b.svc.cluster.local.c.svc.cluster.local`: a name made longer by a search list.
  private static func isSearchName(_ name: String) -> Bool {
    let parts = name.split(separator: ".")
    return parts.filter { $0 == "svc" }.count > 1 || parts.filter { $0 == "cluster" }.count > 1
  }

  static func unanswered(_ group: Group, _ profile: Profile, _ scene: Scene) -> [Citation] {
    guard profile.first.isKnown else { return [] }
    return scene.file.observations.network.filter {
      $0.kind == .dnsUnanswered && $0.time >= profile.first.advanced(seconds: -10)
        && $0.time <= profile.last
    }.prefix(3).map(\.citation)
  }

  /// Quick refusals at two or more services at once while the edge still reaches Keycloak.
  static func looksLikeLostName(_ profile: Profile, _ scene: Scene) -> Bool {
    !profile.sufferers.isEmpty && profile.median < 60_000 && profile.servedBefore > 0
      && profile.inTrouble == 0
      && (profile.isPartyWide
        || profile.isShut && profile.sufferers.contains { profile.isShutAsLong($0, scene) })
  }

  static func kin(_ group: Group, _ scene: Scene, _ wanted: Set<Statement>) -> [Citation] {
    guard !scene.statements.isDisjoint(with: wanted), let a = group.rows.first,
      let b = group.rows.last
    else { return [] }
    let from = scene.exchange(a).request.start.advanced(seconds: -10)
    let to = scene.exchange(b).request.end.advanced(seconds: 10)
    var result: [Citation] = []
    var rows: [Int] = []
    for list in scene.spoken { rows += scene.within(list, from, to) }
    for j in rows.sorted() {
      guard let s = scene.answers.statement(j), wanted.contains(s) else { continue }
      result += scene.answers[j]?.citations ?? []
      if result.count >= 2 { break }
    }
    return result
  }
}

extension Resolver {
  /// The two ways in which a name cannot be resolved weigh alike; they differ in their words, in the
  /// DNS answer's code, and in how well healing by itself fits (`healing`).
  static func weigh(
    _ group: Group, _ profile: Profile, _ scene: Scene, words: Set<Statement>, code: UInt16,
    healing: Odds
  ) -> Weight? {
    guard Signals.isApplication(group) || group.endpoint.isKeycloak else { return nil }
    var w = Weight(.namePrior)
    if group.endpoint.isKeycloak {
      guard group.status >= 500, let t = profile.trouble, t.kind == .name else { return nil }
      w.add(.nameEdgeCannotResolve, "the edge cannot resolve Keycloak's name", t.proof)
      let wanted = words.filter { $0 == .upstreamNameNotFound || $0 == .upstreamNameFailed }
      let said = Signals.messages(wanted, t.first, t.last, margin: 2, scene)
      let other: Statement = code == 2 ? .upstreamNameNotFound : .upstreamNameFailed
      let opposite = Signals.messages([other], t.first, t.last, margin: 2, scene)
      if said.count > opposite.count, let line = said.first {
        w.add(
          .nameInTheseWords, "the edge says “\(Signals.shorten(scene.text(line.text)))”",
          [line.citation])
      } else if let line = opposite.first {
        w.add(
          .nameOtherWords, "the edge says “\(Signals.shorten(scene.text(line.text)))”",
          [line.citation])
      }
      return w
    }
    let dns = failures(group, profile, scene, code: code)
    let opposite = failures(group, profile, scene, code: code == 2 ? 3 : 2)
    // A resolver that fails on the full name and denies the search list's names lets some libraries
    // say "not known": where one of that time says "temporary", the resolver is at fault.
    let temporary = kin(group, scene, [.callNameTemporary, .upstreamNameFailed])
    var accepted = words
    if code == 2, opposite.isEmpty, !dns.isEmpty || !temporary.isEmpty {
      accepted.formUnion([.callNameNotFound])
    }
    // A size alone tells nothing where others are served: who cannot resolve a name serves nobody.
    let said =
      !(Signals.isMute(group) && profile.isNarrow)
      && Signals.words(
        accepted, group, scene, &w, odds: .nameSaid, "the name could not be resolved")
    if code == 3, dns.isEmpty, !opposite.isEmpty || !temporary.isEmpty {
      w.add(
        .nameResolverFailed, "the resolver itself failed in that time",
        opposite.isEmpty ? temporary : opposite)
    }
    if !dns.isEmpty {
      w.add(
        .nameResolverShows,
        code == 3
          ? "the name server says that the name does not exist"
          : "the name server says that it failed", dns)
    }
    guard Signals.isMute(group) else { return said ? w : nil }
    guard looksLikeLostName(profile, scene) else { return said || !dns.isEmpty ? w : nil }
    let several = OtherSide.severalFail(group, profile, scene)
    w.add(
      .nameSeveralLoseKeycloak,
      "several services refuse their clients quickly and at the same time"
        + (several.isKeycloakReached ? ", while the edge reaches Keycloak" : ""),
      several.lines, beside: several.others,
      alone: "the service refuses its clients quickly")
    if let reload = scene.reload(near: profile.first) {
      w.add(
        .nameReloadAtOnset,
        "the edge's configuration was reloaded when this began, which may be its doing",
        [reload])
    }
    if let line = Contrast.introspectorServed(group, profile, scene) {
      w.add(
        .nameIntrospectorServed, "a service that asks Keycloak about each token goes on working",
        [line])
    }
    if profile.servedAfter > 0 {
      w.note(healing, "the service serves its clients again afterwards")
    }
    if said { w.note(.nameBySize, "the size of the answer fits such a complaint") }
    let told = kin(group, scene, words)
    if !told.isEmpty {
      w.add(.nameOthersSay, "another service says so in the same minutes", told)
    }
    return w
  }
}
