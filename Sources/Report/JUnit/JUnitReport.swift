package import Evidence

/// The report as JUnit XML (the dialect that Jenkins and GitLab read): one test case per finding;
/// faults fail, guesses, undecided and suppressed ones are skipped, harmless ones pass.
package enum JUnitReport {
  package static func write(_ report: Report, to out: inout Output) {
    let known = report.findings.count { $0.suppression != nil }
    let others = report.findings.lazy.filter { $0.suppression == nil }
    let open = others.count { $0.category == .undecided || $0.isGuess } + known
    let faults = others.count {
      $0.category != .none && $0.category != .undecided && !$0.isGuess
    }
    var unread = report.unread.map { "could not be read: \($0)" }
    if report.isInterrupted { unread.append("interrupted before all was read") }
    let tests = max(1, report.findings.count + unread.count)
    // `testsuites` has no attribute `skipped` in the schema that Jenkins' xUnit plugin checks (junit-10.xsd).
    let all = "tests=\"\(tests)\" failures=\"\(faults)\" errors=\"\(unread.count)\""
    let counts = "\(all) skipped=\"\(open)\""
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    out.append("<testsuites name=\"why401\" \(all)>\n")
    out.append("  <testsuite name=\"why401\" \(counts)")
    if report.totals.first.isKnown {
      out.append(" timestamp=\"\(report.totals.first.rfc3339)\"")
    }
    out.append(">\n")
    for text in unread {
      let words = Markup.escape(text)
      out.append("    <testcase classname=\"why401\" name=\"\(words)\">\n")
      out.append("      <error message=\"\(words)\"/>\n    </testcase>\n")
    }
    if report.findings.isEmpty, unread.isEmpty {
      out.append("    <testcase classname=\"why401\" name=\"no 401 to explain\"/>\n")
    }
    for finding in report.findings { write(finding, report.sources, to: &out) }
    out.append("    <system-out>")
    out.append(Markup.escape(Phrase.headline(report.totals)) + ". ")
    out.append(Markup.escape(Phrase.reconciliation(report)))
    out.append(".</system-out>\n  </testsuite>\n</testsuites>\n")
  }

  private static func write(_ finding: Finding, _ sources: Sources, to out: inout Output) {
    let name = Markup.escape("\(finding.id) \(finding.cause.rawValue): \(finding.title)")
    let open =
      "    <testcase classname=\"why401.\(finding.category.rawValue)\" name=\"\(name)\""
    let message = Markup.escape(
      "\(Phrase.statuses(finding.statuses)), \(Phrase.confidence(finding.confidence))")
    if let known = finding.suppression {
      out.append(open + ">\n      <skipped message=\"\(Markup.escape(known.words))\"/>\n")
      out.append("    </testcase>\n")
      return
    }
    if finding.isGuess {
      let words = Markup.escape(
        "a guess, \(Phrase.confidence(finding.confidence)): \(finding.title)")
      out.append(open + ">\n      <skipped message=\"\(words)\"/>\n    </testcase>\n")
      return
    }
    switch finding.category {
    case .none: out.append(open + "/>\n")
    case .undecided:
      out.append(open + ">\n      <skipped message=\"\(Markup.escape(finding.title))\"/>\n")
      out.append("    </testcase>\n")
    default:
      out.append(
        open + ">\n      <failure type=\"\(finding.cause.rawValue)\" message=\"\(message)\">")
      out.append(Markup.escape(finding.title))
      for claim in finding.supports { out.append("\nfor: " + cited(claim, sources)) }
      for claim in finding.against { out.append("\nagainst: " + cited(claim, sources)) }
      for claim in finding.hops { out.append("\nhops: " + cited(claim, sources)) }
      for event in finding.lifeLine {
        out.append("\none case: " + cited(Phrase.dated(event), sources))
      }
      for text in finding.fix { out.append("\nfix: " + Markup.escape(text)) }
      for text in finding.verify { out.append("\nverify: " + Markup.escape(text)) }
      out.append("</failure>\n    </testcase>\n")
    }
  }

  private static func cited(_ claim: CitedClaim, _ sources: Sources) -> String {
    let lines = sources.texts(Array(claim.citations.prefix(5))).joined(separator: " ")
    return Markup.escape("\(claim.text) [\(lines)]")
  }
}
