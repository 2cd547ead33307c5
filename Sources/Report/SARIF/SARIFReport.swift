package import Evidence

/// The report as SARIF 2.1.0 (OASIS): one rule per cause met, one result per finding, the cited
/// lines as locations. Undecided findings are results of kind `open`, harmless ones `informational`.
package enum SARIFReport {
  package static func write(_ report: Report, to out: inout Output) {
    var causes: [CauseID] = []
    for finding in report.findings where !causes.contains(finding.cause) {
      causes.append(finding.cause)
    }
    causes.sort { $0.rawValue < $1.rawValue }
    JSONWriter.write(to: &out, isPretty: true) { json in
      json.object { json in
        json.string(
          "$schema",
          "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
            + "sarif-schema-2.1.0.json")
        json.string("version", "2.1.0")
        json.array("runs") { $0.object { $0.run(report, causes) } }
      }
    }
    out.append(UInt8(ascii: "\n"))
  }
}

extension JSONWriter {
  fileprivate mutating func run(_ report: Report, _ causes: [CauseID]) {
    object("tool") { json in
      json.object("driver") { json in
        json.string("name", "why401")
        if !report.version.isEmpty { json.string("version", report.version) }
        json.array("rules") { json in
          for cause in causes { json.rule(cause, report.findings.first { $0.cause == cause }) }
        }
      }
    }
    string("columnKind", "utf16CodeUnits")
    array("invocations") { $0.object { $0.invocation(report) } }
    array("results") { json in
      for finding in report.findings {
        let rule = causes.firstIndex(of: finding.cause) ?? 0
        json.object { $0.result(finding, rule, report) }
      }
    }
  }

  /// Whether all was read, and what was not.
  private mutating func invocation(_ report: Report) {
    bool("executionSuccessful", report.unread.isEmpty && !report.isInterrupted)
    var failures = report.unread.map { "could not be read: \($0)" }
    if report.isInterrupted { failures.append("interrupted before all was read") }
    guard !failures.isEmpty else { return }
    array("toolExecutionNotifications") { json in
      for failure in failures {
        json.object { json in
          json.string("level", "error")
          json.object("message") { $0.string("text", failure) }
        }
      }
    }
  }

  private mutating func rule(_ cause: CauseID, _ finding: Finding?) {
    object { json in
      json.string("id", cause.rawValue)
      json.object("shortDescription") {
        $0.string("text", finding?.title ?? cause.rawValue)
      }
      // Line ends would be shown as escapes, as all control characters are.
      let fix = (finding?.fix ?? []).map { $0.hasSuffix(".") ? $0 : $0 + "." }
      let help = fix + ["More: why401 explain \(cause.rawValue)"]
      json.object("help") { $0.string("text", help.joined(separator: " ")) }
      json.object("properties") { $0.strings("tags", [cause.category.rawValue]) }
    }
  }

  private mutating func result(_ finding: Finding, _ rule: Int, _ report: Report) {
    string("ruleId", finding.cause.rawValue)
    int("ruleIndex", rule)
    switch finding.category {
    case .none:
      string("kind", "informational")
      string("level", "none")
    case .undecided:
      string("kind", "open")
      string("level", "none")
    default: string("level", finding.confidence >= 0.8 ? "error" : "warning")
    }
    object("message") { $0.string("text", SARIFText.message(finding)) }
    let cited = finding.supports.flatMap(\.citations).filter {
      report.sources.all.indices.contains(Int($0.source))
    }
    array("locations") { json in
      if let best = cited.first { json.object { $0.location(best, report.sources) } }
    }
    array("relatedLocations") { json in
      var id = 1
      for claim in finding.supports + finding.hops {
        for citation in claim.citations.prefix(5)
        where report.sources.all.indices.contains(Int(citation.source)) {
          json.object { json in
            json.int("id", id)
            json.location(citation, report.sources)
            json.object("message") { $0.string("text", claim.text) }
          }
          id += 1
        }
      }
    }
    int("occurrenceCount", max(1, finding.count))
    if let known = finding.suppression {
      array("suppressions") { json in
        json.object { json in
          json.string("kind", "external")
          json.string("status", "accepted")
          json.string("justification", known.words)
        }
      }
    }
    key("rank")
    int(Int((min(max(finding.confidence, 0), 1) * 100).rounded(.down)))
    object("properties") { json in
      json.share("confidence", finding.confidence)
      json.string("finding", finding.id)
      json.string("statuses", Phrase.statuses(finding.statuses))
      json.strings("fix", finding.fix)
      json.strings("verify", finding.verify)
    }
  }

  /// Packets have no line; their number is a logical location.
  private mutating func location(_ citation: Citation, _ sources: Sources) {
    object("physicalLocation") { json in
      json.object("artifactLocation") { $0.string("uri", SARIFText.uri(sources[citation].name)) }
      if !sources[citation].isCapture, citation.number > 0 {
        json.object("region") { $0.int("startLine", citation.number) }
      }
    }
    if sources[citation].isCapture {
      array("logicalLocations") { json in
        json.object { json in
          json.string("fullyQualifiedName", sources.text(citation))
          json.string("kind", "packet")
        }
      }
    }
  }
}

/// Texts of a result.
private enum SARIFText {
  static func message(_ finding: Finding) -> String {
    let words =
      finding.cause == .undecided ? "" : ", \(Phrase.confidence(finding.confidence))"
    return "\(finding.title) (\(Phrase.statuses(finding.statuses))\(words))"
  }

  /// A path as a relative reference or a file URI path (RFC 3986 §2.1).
  static func uri(_ path: String) -> String {
    var out = ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
        UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "!"),
        UInt8(ascii: "@"), UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: ","):
        out.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        out += "%"
        for digit in [byte >> 4, byte & 15] {
          out.unicodeScalars.append(Unicode.Scalar(Neutral.hexDigit(digit)))
        }
      }
    }
    return out.hasPrefix("/") ? "file://" + out : out
  }
}
