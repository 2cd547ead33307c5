package import Evidence

/// The report as one JSON document, for programs. Key order is fixed; absent texts are `null`;
/// times are RFC 3339 in UTC; citations are `file:line` (`file#packet` for captures).
///
/// ```
/// { "schema": "why401.report/1", "version", "provisional": bool,
///   "totals": { "requests", "failures_401", "adjacent", "explained", "benign", "undecided",
///               "first", "last", "answered_by": [ { "who", "count" } ] },
///   "findings": [ finding ],            // the report's order: F1 first
///   "notes": [ { "kind": "clock" | "coverage" | "reading", "text", "citations": [ ] } ],
///   "inputs": [ { "name", "kind": "log" | "capture", "role", "formats": [ { "format", "lines" } ],
///                 "lines", "unparsed", "unparsed_examples": [ ], "first", "last",
///                 "problems": [ ] } ] }
/// finding:
/// { "id", "cause", "category", "title", "confidence", "confidence_word", "provisional",
///   "suppression": { "reason", "until", "place" },     // where the settings suppress it; so "totals".
///   "counts": { "total", "401", "by_status": [ { "status", "count" } ] },
///   "first", "last", "answered_by",
///   "routes" | "clients" | "users": [ { "name", "count" } ],
///   "for" | "against" | "hops": [ { "text", "citations": [ ] } ],
///   "life_line": [ { "offset", "text", "citations": [ ] } ], // seconds after the refusal, < 0 before
///   "remarks": [ ],
///   "runner_up": null | { "cause", "share", "separated_by" },
///   "fix": [ ], "verify": [ ], "missing": [ { "what", "command" } ],
///   "clusters": [ { "answered_by", "method", "host", "route", "service", "client", "status",
///                   "count", "first", "last", "example" } ] }
/// ```
/// Members may be added; none is renamed or removed within `why401.report/1`.
package enum JSONReport {
  package static let schema = "why401.report/1"

  package static func write(_ report: Report, to out: inout Output) {
    JSONWriter.write(to: &out, isPretty: true) { json in
      json.object { json in
        json.string("schema", schema)
        json.string("version", report.version)
        json.bool("provisional", report.isProvisional)
        if !report.redaction.isEmpty { json.string("redaction", report.redaction) }
        json.unreadMembers(report)
        json.object("totals") { $0.totalsMembers(report.totals) }
        json.array("findings") { json in
          for finding in report.findings { json.finding(finding, report.sources) }
        }
        json.notes(report)
        json.inputs(report)
      }
    }
    out.append(UInt8(ascii: "\n"))
  }
}

extension JSONWriter {
  /// Only where not all was read.
  mutating func unreadMembers(_ report: Report) {
    if report.isInterrupted { bool("interrupted", true) }
    if !report.unread.isEmpty { strings("unread", report.unread) }
  }

  mutating func totalsMembers(_ totals: Totals) {
    int("requests", totals.requests)
    int("failures_401", totals.failures401)
    int("adjacent", totals.adjacent)
    int("explained", totals.explained)
    int("benign", totals.benign)
    int("undecided", totals.undecided)
    if totals.suppressed > 0 { int("suppressed", totals.suppressed) }
    stamp("first", totals.first)
    stamp("last", totals.last)
    array("answered_by") { json in
      for row in totals.answeredBy {
        json.object { json in
          json.string("who", row.who)
          json.int("count", row.count)
        }
      }
    }
  }

  mutating func notes(_ report: Report) {
    array("notes") { json in
      for note in report.notes { json.object { $0.noteMembers(note, report.sources) } }
    }
  }

  mutating func noteMembers(_ note: Note, _ sources: Sources) {
    string("kind", note.kind.rawValue)
    string("text", note.text)
    strings("citations", sources.texts(note.citations))
  }

  mutating func inputs(_ report: Report) {
    array("inputs") { json in
      for input in report.inputs { json.input(input, report.sources) }
    }
  }

  mutating func input(_ input: InputSummary, _ sources: Sources) {
    object { $0.inputMembers(input, sources) }
  }

  mutating func inputMembers(_ input: InputSummary, _ sources: Sources) {
    string("name", sources.name(input.source))
    string("kind", sources.isCapture(input.source) ? "capture" : "log")
    string("role", input.role)
    array("formats") { json in
      for row in input.formats {
        json.object { json in
          json.string("format", row.format.rawValue)
          json.int("lines", row.lines)
        }
      }
    }
    int("lines", input.lines)
    int("unparsed", input.unparsed)
    strings("unparsed_examples", sources.texts(input.unparsedExamples))
    stamp("first", input.first)
    stamp("last", input.last)
    strings("problems", input.problems)
  }
}

extension Sources {
  /// Citations as printed; one that names no source is left out.
  func texts(_ citations: [Citation]) -> [String] {
    citations.compactMap { all.indices.contains(Int($0.source)) ? text($0) : nil }
  }
  func name(_ source: UInt16) -> String {
    all.indices.contains(Int(source)) ? all[Int(source)].name : "?"
  }
  func isCapture(_ source: UInt16) -> Bool {
    all.indices.contains(Int(source)) && all[Int(source)].isCapture
  }
}
