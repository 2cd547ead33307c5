package import Evidence

/// The report as one JSON object a line, for pipes and log stores: first `{"record":"totals",…}`,
/// then findings, notes and inputs, each with its `record` and otherwise as in `JSONReport`.
package enum NDJSONReport {
  package static func write(_ report: Report, to out: inout Output) {
    line(to: &out) { json in
      json.string("record", "totals")
      json.string("schema", JSONReport.schema)
      json.string("version", report.version)
      json.bool("provisional", report.isProvisional)
      json.unreadMembers(report)
      json.totalsMembers(report.totals)
    }
    write(report.findings, of: report, to: &out)
    for note in report.notes {
      line(to: &out) { json in
        json.string("record", "note")
        json.noteMembers(note, report.sources)
      }
    }
    for input in report.inputs {
      line(to: &out) { json in
        json.string("record", "input")
        json.inputMembers(input, report.sources)
      }
    }
  }

  /// Findings alone, as they form in a stream; each then has `"provisional":true`.
  package static func write(_ findings: [Finding], of report: Report, to out: inout Output) {
    for finding in findings {
      line(to: &out) { json in
        json.string("record", "finding")
        json.findingMembers(finding, report.sources)
      }
    }
  }

  private static func line(to out: inout Output, _ members: (inout JSONWriter) -> Void) {
    JSONWriter.write(to: &out) { $0.object(members) }
    out.append(UInt8(ascii: "\n"))
    out.breathe()
  }
}
