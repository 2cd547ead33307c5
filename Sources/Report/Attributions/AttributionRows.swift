package import Evidence

/// One NDJSON row per failure at the outermost hop: the unit in which accuracy is measured.
///
/// `{"citation","time","method","host","path","status","client","request_id","trace_id",
/// "answered_by","cause","category","confidence","finding","evidence":["file:line",…]}`, absent
/// texts are `null`. `time` is RFC 3339, UTC: the middle between arrival and answer. Paths carry no
/// query. Written row by row; a million rows need no more memory than one.
package enum AttributionRows {
  package static func write(_ report: Report, to out: inout Output) {
    let names = report.sources.all.map { Array(Neutral.text($0.name).utf8) }
    JSONWriter.write(to: &out) { json in
      for row in report.attributions where report.failures.indices.contains(row.request) {
        json.row(row, report.failures[row.request], report, names)
        json.out.append(UInt8(ascii: "\n"))
        json.out.breathe()
      }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func row(
    _ row: Attribution, _ request: Request, _ report: Report, _ names: [[UInt8]]
  ) {
    object { json in
      json.key("citation")
      json.citation(request.citation, report.sources, names)
      json.key("time")
      json.stamp(request.middle)
      json.optional("method", bytes: report.symbols.bytes(of: request.method))
      json.optional("host", bytes: report.symbols.bytes(of: request.host))
      let path = request.path.isNone ? request.route : request.path
      json.optional("path", bytes: report.symbols.bytes(of: path))
      json.int("status", Int(request.status))
      json.optional("client", bytes: report.symbols.bytes(of: request.client))
      json.optional("request_id", bytes: report.symbols.bytes(of: request.requestID))
      json.optional("trace_id", bytes: report.symbols.bytes(of: request.traceID))
      json.string("answered_by", row.answeredBy.rawValue)
      json.string("cause", row.cause.rawValue)
      json.string("category", row.cause.category.rawValue)
      json.share("confidence", Double(row.confidence))
      let finding = Int(row.finding)
      json.optional(
        "finding", report.findings.indices.contains(finding) ? report.findings[finding].id : "")
      json.array("evidence") { json in
        for citation in row.evidence { json.citation(citation, report.sources, names) }
      }
    }
  }

  /// `"file:line"`; `names` are the harmless names of the sources.
  mutating func citation(
    _ citation: Citation, _ sources: Sources, _ names: [[UInt8]]
  ) {
    let source = Int(citation.source)
    guard names.indices.contains(source) else { return null() }
    var text = names[source]
    text.append(UInt8(ascii: sources.all[source].isCapture ? "#" : ":"))
    text.append(contentsOf: String(citation.number).utf8)
    string(harmless: text[...])
  }
}
