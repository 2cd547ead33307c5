internal import Evidence

extension Report {
  /// Seconds of the inputs' time in which what explains a failure may still come: answers of slow calls, another
  /// log's lines, the next success.
  static let window = 60.0
  /// What a verdict may claim until then: less than "likely".
  static let most = 0.79

  /// Marks a report that others will follow. What was found less than a window ago, by the newest line of all, may
  /// still turn over: it is no more than possible.
  mutating func markProvisional() {
    isProvisional = true
    let newest = inputs.map(\.last).filter(\.isKnown).max() ?? .unknown
    for i in findings.indices {
      findings[i].isProvisional = true
      let first = findings[i].first
      if first.isKnown, newest.isKnown, newest - first >= Report.window { continue }
      findings[i].confidence = min(findings[i].confidence, Report.most)
    }
  }
}
