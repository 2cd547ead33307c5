internal import Evidence

/// Totals that reconcile, what each input was taken for, and notes on clocks and coverage.
enum Accounting {
  /// Served requests that were not kept, without the sightings of one at further hops.
  static func onlyCounted(_ file: CaseFile) -> Int {
    guard file.isSampled else { return 0 }
    return file.shares.enumerated().reduce(0) { sum, one in
      let source = UInt16(truncatingIfNeeded: one.offset)
      let counted = file.observations.coverage[source]?.statuses.values.reduce(0, +) ?? 0
      return sum + one.element.uncounted(of: counted)
    }
  }

  static func fill(_ report: inout Report, _ judged: [Judged], _ scene: Scene) {
    var totals = Totals()
    let file = scene.file
    totals.requests = file.exchanges.count - scene.eventsOfTokens.count + onlyCounted(file)
    for j in judged {
      guard j.group.status == 401 else {
        totals.adjacent += j.group.count
        continue
      }
      totals.failures401 += j.group.count
      if j.verdict.cause == .undecided {
        totals.undecided += j.group.count
      } else if j.verdict.cause.category == .none {
        totals.benign += j.group.count
      } else {
        totals.explained += j.group.count
      }
    }
    struct Sayer: Hashable {
      var answerer: Answerer
      var party: Int32
    }
    var sayers: [Sayer: Int] = [:]
    for j in judged where j.group.status == 401 {
      let sayer = Sayer(answerer: j.group.circumstances.answerer, party: j.group.party)
      sayers[sayer, default: 0] += j.group.count
    }
    var answerers: [String: Int] = [:]
    for (sayer, count) in sayers {
      answerers[FindingDetail.who(sayer.answerer, sayer.party, scene), default: 0] += count
    }
    totals.answeredBy = answerers.map { (who: $0.key, count: $0.value) }
      .sorted { ($0.count, $1.who) > ($1.count, $0.who) }
    totals.first = scene.first
    totals.last = scene.last
    report.totals = totals
    report.inputs = inputs(file)
    report.notes = notes(scene)
  }

  private static func inputs(_ file: CaseFile) -> [InputSummary] {
    let services = servicesLogs(file)
    return file.sources.all.indices.map { i in
      let c = file.observations.coverage[UInt16(i)] ?? Coverage()
      let formats = c.formats.filter { $0.key != .unparsed }
        .map { (format: $0.key, lines: $0.value) }
        .sorted { ($0.lines, $1.format.rawValue) > ($1.lines, $0.format.rawValue) }
      var summary = InputSummary(
        source: UInt16(i),
        role: c.isArchive ? archive(c) : role(formats, isOfService: services.contains(UInt16(i))),
        formats: formats, lines: c.lines,
        unparsed: c.unparsed, unparsedExamples: c.unparsedExamples, first: c.first, last: c.last,
        problems: c.problems)
      summary.isBrokenOff = c.isBrokenOff
      return summary
    }
  }

  /// `archive: 14 entries read; passed over: 3 empty, 30 manifests …`.
  private static func archive(_ c: Coverage) -> String {
    "archive: \(c.entriesRead) \(c.entriesRead == 1 ? "entry" : "entries") read"
      + (c.passedOverInWords.isEmpty ? "" : "; passed over: " + c.passedOverInWords)
  }

  /// Inputs whose requests were taken for a service's own, whatever their layout is usual for.
  private static func servicesLogs(_ file: CaseFile) -> Set<UInt16> {
    guard file.sources.all.count > 1 else { return [] }
    var balance = [Int](repeating: 0, count: file.sources.all.count)
    for leg in file.legs where leg.hop != .wire {
      balance[Int(leg.citation.source)] += leg.hop == .application ? 1 : -1
    }
    for r in file.exchanges.requests where r.hop != .wire {
      balance[Int(r.citation.source)] += r.hop == .application ? 1 : -1
    }
    return Set(balance.indices.filter { balance[$0] > 0 }.map { UInt16($0) })
  }

  private static func role(_ formats: [(format: Format, lines: Int)], isOfService: Bool) -> String {
    guard let main = formats.first?.format else { return "nothing recognised" }
    let name = main.rawValue
    return switch name.split(separator: ".").first ?? "" {
    case "keycloak": "Keycloak's log"
    case "nginx", "envoy", "haproxy", "traefik", "caddy", "apache", "kong", "apisix", "aws", "gcp",
      "azure":
      isOfService ? "application's log (\(name))" : "edge log (\(name))"
    case "oauth2proxy": "auth service's log"
    case "application": "application's log"
    case "capture": "capture"
    case "http": main == .har ? "HAR file" : "transcript"
    default: name
    }
  }

  private static func notes(_ scene: Scene) -> [Note] {
    var result: [Note] = []
    for clock in scene.file.clocks where clock.source >= 0 {
      let name = scene.file.sources.all[Int(clock.source)].name
      result.append(
        Note(
          kind: .clock,
          text: "the stamps of \(name) are taken to be \(Clocks.describe(clock)),"
            + " as you said; used for joining only"))
    }
    for clock in scene.file.clocks where clock.isZone {
      result.append(
        Note(
          kind: .clock,
          text: "the stamps of \(clock.name) name no zone; they are taken for "
            + "\(Clocks.zone(Int(clock.seconds))), as \(clock.pairs) calls show that another log tells of, too",
          citations: clock.examples))
    }
    for clock in scene.file.clocks
    where clock.source < 0 && !clock.isZone && (abs(clock.seconds) >= 2 || clock.drift != 0) {
      let zone = Clocks.isWholeQuarterHour(clock.seconds)
      result.append(
        Note(
          kind: .clock,
          text:
            "the stamps of \(clock.name) are \(Clocks.describe(clock)) "
            + "(\(Signals.count(clock.pairs, "pair")) of lines)"
            + (zone ? ": a time zone, not a wrong clock" : "") + "; used for joining only",
          citations: clock.examples))
    }
    result += undated(scene.file)
    if scene.isRefusalsOnly {
      result.append(
        Note(
          kind: .coverage,
          text:
            "no good answer is among these lines, as where only refusals were exported: who else was "
            + "served cannot be told"))
    }
    result += Ledger.notes(scene)
    if Sessions.isLogGiven(scene), !Sessions.successEventsVisible(scene) {
      result.append(
        Note(
          kind: .coverage,
          text:
            "no success events of Keycloak: the logger org.keycloak.events is above DEBUG, so their "
            + "absence proves nothing"))
    }
    if !scene.file.observations.successes.isComplete {
      result.append(
        Note(
          kind: .coverage,
          text: "served requests are a sample of \(Sample.capacity) (all of them are counted"
            + onceOnly(scene.file, areCaptures: false)))
    }
    if !scene.file.observations.captured.isComplete {
      result.append(
        Note(
          kind: .coverage,
          text:
            "captured requests that were served are a sample of \(Sample.capturedCapacity), and "
            + "the first ones of each credential (all of them are counted"
            + onceOnly(scene.file, areCaptures: true)))
    }
    return result
  }

  /// Logs whose stamps have a time and no date.
  private static func undated(_ file: CaseFile) -> [Note] {
    file.sources.all.indices.compactMap { i in
      guard let c = file.observations.coverage[UInt16(i)],
        c.assumedDay.isKnown || c.isDayUnknown
      else { return nil }
      let lines = c.undatedLines == 1 ? "1 line" : "\(c.undatedLines) lines"
      let what =
        "\(lines) of \(file.sources.all[i].name) "
        + (c.undatedLines == 1 ? "has" : "have") + " a time and no date"
      return Note(
        kind: .coverage,
        text: c.isDayUnknown
          ? what
            + ", and no other input tells their day: they are read without their time; give them "
            + "with `kubectl logs --timestamps` or `docker logs --timestamps`"
          : what
            + ": they are taken to begin on \(c.assumedDay.dateAndClock.prefix(10)), the day that "
            + "fits the other lines")
    }
  }

  /// The end of the sentence on a sample: what became of sightings at further hops.
  private static func onceOnly(_ file: CaseFile, areCaptures: Bool) -> String {
    let isMixed = zip(file.shares, file.sources.all).contains { share, source in
      share.isMixed && source.isCapture == areCaptures
    }
    return isMixed
      ? "; sightings at further hops are left out by their share in the sample)" : ")"
  }
}
