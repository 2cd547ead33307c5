internal import Evidence

/// Puts findings from words beside those from requests.
enum WordMerge {
  /// `few`: so few failures that the surer explanation goes first, whichever witness it has. With more,
  /// the order of the requests' findings stands.
  static func merge(_ words: [Finding], into report: inout Report, few: Bool) {
    guard !words.isEmpty else { return }
    var all = report.findings.enumerated().map { (old: $0.offset, finding: $0.element) }
    for extra in words {
      if let k = all.firstIndex(where: { $0.finding.cause == extra.cause }) {
        if few { all[k].finding.confidence = max(all[k].finding.confidence, extra.confidence) }
      } else {
        all.append((-1, extra))
      }
    }
    if few {
      all = all.enumerated().sorted { a, b in
        let (x, y) = (a.element.finding, b.element.finding)
        let (p, q) = (x.cause == .undecided, y.cause == .undecided)
        if p != q { return q }
        return x.confidence != y.confidence ? x.confidence > y.confidence : a.offset < b.offset
      }.map(\.element)
    }
    var moved: [Int32: Int32] = [:]
    for k in all.indices {
      all[k].finding.id = "F\(k + 1)"
      if all[k].old >= 0 { moved[Int32(all[k].old)] = Int32(k) }
    }
    report.findings = all.map(\.finding)
    for i in report.attributions.indices {
      report.attributions[i].finding = moved[report.attributions[i].finding] ?? -1
    }
  }
}
