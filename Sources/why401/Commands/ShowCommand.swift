internal import Pipeline
internal import Report

/// `why401 show REPORT.json ID`: the cited lines of a finding, read again where they stand.
enum ShowCommand {
  private static let largestReport = 1 << 30
  /// Lines shown before and after a cited one.
  private static let context = 2

  static func run(_ invocation: Invocation) -> ExitStatus {
    guard invocation.operands.count == 2 else {
      return Entry.complain(.init(text: "show wants a report and a finding: why401 show r.json F1"))
    }
    let path = invocation.operands[0]
    let bytes: [UInt8]
    switch WholeFile.read(path, atMost: largestReport) {
    case .failure(let error):
      Complaint.say("\(path): \(error.text)")
      return .trouble
    case .success(let read): bytes = read
    }
    guard let report = JSONNode(bytes), report["schema"]?.text == JSONReport.schema else {
      Complaint.say("\(path): not a report of --json")
      return .trouble
    }
    let findings = report["findings"]?.items ?? []
    let id = invocation.operands[1]
    guard let finding = findings.first(where: { $0["id"]?.text == id.uppercased() }) else {
      let ids = findings.compactMap { $0["id"]?.text }.joined(separator: ", ")
      return Entry.complain(.init(text: "no finding \"\(Neutral.text(id))\"; there are: \(ids)"))
    }
    let paint = Paint(isOn: Terminal.wantsColor(invocation.value("color")))
    let made = report["redaction"]?.text.flatMap(RedactionLevel.init) ?? .none
    let wanted = RedactionLevel.of(invocation)
    let level: RedactionLevel =
      [made, wanted].contains(.all) ? .all : made == .none ? wanted : made
    let users = (finding["users"]?.items ?? []).compactMap { $0["name"]?.text }
    var page = ShowPage(paint: paint, redaction: LineRedaction(level, users: users))
    page.finding(finding, context: context)
    guard Entry.say(page.text) == .clean else { return .trouble }
    return page.isWhole ? .clean : .trouble
  }
}

private struct ShowPage {
  let paint: Paint
  var redaction: LineRedaction
  var text = ""
  /// Every cited line could be read.
  var isWhole = true

  mutating func finding(_ finding: JSONNode, context: Int) {
    let name = [finding["id"], finding["cause"]].compactMap { $0?.text }.joined(separator: " ")
    line(paint(.bold, Neutral.text(name)) + " " + Neutral.text(finding["title"]?.text ?? ""))
    for (key, style) in [("for", Paint.Style.green), ("against", .red)] {
      for claim in finding[key]?.items ?? [] {
        line("")
        line(paint(style, key) + "  " + Neutral.text(claim["text"]?.text ?? ""))
        for citation in claim["citations"]?.items ?? [] {
          cited(citation.text ?? "", context)
        }
      }
    }
  }

  private mutating func cited(_ citation: String, _ context: Int) {
    line("  " + paint(.cyan, Neutral.text(citation)))
    if let hash = citation.lastIndex(of: "#"),
      let packet = Int(citation[citation.index(after: hash)...])
    {
      let file = Neutral.text(String(citation[..<hash]))
      if file.hasSuffix(".har") {
        line("    $ jq '.log.entries[\(packet - 1)] | {request, response}' '\(file)'")
        return
      }
      line("    $ tshark -r '\(file)' -Y frame.number==\(packet) -V")
      return
    }
    guard let colon = citation.lastIndex(of: ":"),
      let number = Int(citation[citation.index(after: colon)...])
    else { return }
    switch CitedLines.around(number, of: String(citation[..<colon]), context: context) {
    case .failure(let error):
      isWhole = false
      let isElsewhere = !citation.hasPrefix("/") && !citation.hasPrefix("-:")
      let hint = isElsewhere ? "; names are those of the folder in which the report was made" : ""
      line("    " + paint(.yellow, "cannot be read: \(error.text)\(hint)"))
    case .success(let lines):
      if !lines.contains(where: { $0.number == number }) {
        isWhole = false
        line("    " + paint(.yellow, "the file has no such line any more"))
      }
      for found in lines {
        let bytes = redaction.line(found.text)
        let shown = String(decoding: Neutral.bytes(bytes[...]), as: UTF8.self)
        let mark = found.number == number ? "> " : "  "
        line("  " + mark + (found.number == number ? shown : paint(.dim, shown)))
      }
    }
  }

  private mutating func line(_ words: String) { text += words + "\n" }
}
