internal import Evidence

/// Puts what was observed by clocks that are off on the edge's clock: everything after this compares times as
/// they are. Citations lead to the stamps as they were written.
enum ClockAlignment {
  static func align(_ file: inout CaseFile) {
    let clocks = file.clocks.filter { $0.log >= 0 || $0.source >= 0 }
    guard !clocks.isEmpty else { return }
    let logs = file.sources.logs()
    /// How far the clock is ahead that wrote a line.
    func offset(_ citation: Citation, _ writer: Symbol, isKeycloak: Bool, _ time: Instant)
      -> Double?
    {
      let log = Int32(logs[Int(citation.source)])
      let clock = clocks.first {
        $0.source == Int32(citation.source)
          || $0.log == log && $0.isKeycloak == isKeycloak
            && ($0.writer.isNone || $0.writer == writer)
      }
      return clock?.seconds(at: time)
    }
    func shift(_ time: inout Instant, _ citation: Citation, _ writer: Symbol, isKeycloak: Bool) {
      if let seconds = offset(citation, writer, isKeycloak: isKeycloak, time) {
        time = time.advanced(seconds: -seconds)
      }
    }
    for i in file.observations.tokenEvents.indices {
      let e = file.observations.tokenEvents[i]
      shift(&file.observations.tokenEvents[i].time, e.citation, e.writer, isKeycloak: true)
    }
    for i in file.observations.adminEvents.indices {
      let e = file.observations.adminEvents[i]
      shift(&file.observations.adminEvents[i].time, e.citation, .none, isKeycloak: true)
    }
    let errorLogs = Set(clocks.lazy.filter(\.isErrorLog).map(\.log))
    for i in file.observations.messages.indices {
      let m = file.observations.messages[i]
      if m.format.isEdgeMessage, !errorLogs.contains(Int32(logs[Int(m.citation.source)])) {
        continue
      }
      shift(
        &file.observations.messages[i].time, m.citation, m.writer, isKeycloak: m.format.isKeycloak)
    }
    for i in file.observations.network.indices {
      let e = file.observations.network[i]
      shift(&file.observations.network[i].time, e.citation, .none, isKeycloak: false)
    }
    for i in file.legs.indices {
      let leg = file.legs[i]
      let isKeycloak = leg.hop == .keycloak
      shift(&file.legs[i].start, leg.citation, leg.writer, isKeycloak: isKeycloak)
      shift(&file.legs[i].end, leg.citation, leg.writer, isKeycloak: isKeycloak)
    }
    file.observations.sort()
    Request.sort(&file.legs)
  }
}
