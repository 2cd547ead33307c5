internal import Evidence

/// The edge's stamps may name no zone (HAProxy, syslog) while another log names one, as Keycloak's JSON does: the
/// whole quarter-hours between the two are then the zone of the edge's, and everything, which was put on the
/// edge's clock, is moved to UTC.
enum EdgeZone {
  /// Seconds by which a clock may be wrong beside its zone.
  private static let mostSkew = 120.0
  private static let quarter = 900.0

  /// To be called when all is on the edge's clock.
  static func settle(_ file: inout CaseFile) {
    guard file.outermost == .edge, let (witness, zone) = witness(file),
      let edges = uncertainEdges(file)
    else { return }
    file.moveTimes(bySeconds: zone)
    let logs = file.sources.logs()
    let known = Set(file.clocks.lazy.filter { $0.log >= 0 }.map { UInt16($0.log) })
    for source in file.observations.coverage.keys {
      guard file.observations.coverage[source]?.zoneUncertain == true,
        edges.contains(source) || !known.contains(logs[Int(source)])
      else { continue }
      file.observations.coverage[source]?.move(toZone: -Int(zone))
    }
    for k in file.clocks.indices where file.clocks[k].source < 0 {
      file.clocks[k].seconds -= zone
      if file.clocks[k].reference.isKnown {
        file.clocks[k].reference = file.clocks[k].reference.advanced(seconds: zone)
      }
    }
    var told = ClockOffset(
      name: file.sources.all[Int(edges[0])].name, seconds: -zone, spread: 0,
      pairs: witness.pairs, examples: witness.examples)
    told.isZone = true
    file.clocks.removeAll { $0.source < 0 && $0.drift == 0 && abs($0.seconds) < 2 }
    file.clocks.append(told)
  }

  /// The sources of the edge's requests, where all of them have stamps without a zone.
  private static func uncertainEdges(_ file: CaseFile) -> [UInt16]? {
    var seen = [Bool](repeating: false, count: file.sources.all.count)
    for r in file.exchanges.requests { seen[Int(r.citation.source)] = true }
    let edges = seen.indices.filter { seen[$0] }.map { UInt16($0) }
    let areUncertain = edges.allSatisfy {
      file.observations.coverage[$0]?.zoneUncertain == true
        && file.observations.coverage[$0]?.undatedLines == 0
    }
    return edges.isEmpty || !areUncertain ? nil : edges
  }

  /// A clock whose stamps name their zone, and how many seconds that is off the edge's: Keycloak's, else the one that
  /// most pairs show.
  private static func witness(_ file: CaseFile) -> (clock: ClockOffset, zone: Double)? {
    let logs = file.sources.logs()
    func isCertain(_ clock: ClockOffset) -> Bool {
      clock.log >= 0 && clock.drift == 0 && clock.pairs >= 5 && !clock.isErrorLog
        && file.sources.all.indices.allSatisfy {
          logs[$0] != UInt16(clock.log)
            || file.observations.coverage[UInt16($0)]?.zoneUncertain != true
              && file.observations.coverage[UInt16($0)]?.undatedLines == 0
        }
    }
    return file.clocks.compactMap { clock in zone(clock.seconds).map { (clock: clock, zone: $0) } }
      .filter { isCertain($0.clock) }
      .max {
        let (a, b) = ($0.clock, $1.clock)
        return (a.isKeycloak ? 1 : 0, a.pairs, b.log) < (b.isKeycloak ? 1 : 0, b.pairs, a.log)
      }
  }

  /// The whole quarter-hours that an offset is, but for a wrong clock; `nil` where it is none.
  private static func zone(_ seconds: Double) -> Double? {
    let zone = (seconds / quarter).rounded() * quarter
    return zone != 0 && abs(seconds - zone) <= mostSkew ? zone : nil
  }
}

extension CaseFile {
  fileprivate mutating func moveTimes(bySeconds seconds: Double) {
    func move(_ time: inout Instant) { if time.isKnown { time = time.advanced(seconds: seconds) } }
    exchanges.mapTimes(move)
    for i in legs.indices {
      move(&legs[i].start)
      move(&legs[i].end)
    }
    for i in observations.network.indices { move(&observations.network[i].time) }
    observations.mapLogTimes { move(&$1) }
  }
}

extension Coverage {
  fileprivate mutating func move(toZone offset: Int) {
    zoneUncertain = false
    zoneOffset = offset
    if first.isKnown { first = first.advanced(seconds: -Double(offset)) }
    if last.isKnown { last = last.advanced(seconds: -Double(offset)) }
  }
}
