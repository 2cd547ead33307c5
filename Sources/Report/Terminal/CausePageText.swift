package import Evidence

/// The offline page of one cause, and the table of all, for the terminal.
package enum CausePageText {
  package static func write(
    _ page: CausePage, on screen: TerminalReport.Screen, to out: inout Output
  ) {
    var sheet = Sheet(screen: screen)
    sheet.line(
      screen.paint(.bold, page.cause.rawValue) + " (\(page.cause.category.rawValue)): \(page.title)"
    )
    sheet.line("")
    sheet.block(page.summary, lead: "")
    sheet.list("Decides", page.decides)
    sheet.list("Supports", page.supports)
    sheet.list("Speaks against it", page.against)
    sheet.list("Looks like", page.lookAlikes.map { "\($0.cause.rawValue): \($0.separatedBy)" })
    sheet.list("Needs", page.needs)
    sheet.list("Fix", page.fix)
    sheet.list("Verify", page.verify)
    out.append(sheet.text)
  }

  /// Identifiers and titles, by category.
  package static func table(
    _ pages: [CausePage], on screen: TerminalReport.Screen, to out: inout Output
  ) {
    var sheet = Sheet(screen: screen)
    let width = (pages.map(\.cause.rawValue.count).max() ?? 0) + 4
    for category in Category.allCases {
      let rows = pages.filter { $0.cause.category == category }
      guard !rows.isEmpty else { continue }
      if !sheet.text.isEmpty { sheet.line("") }
      sheet.line(screen.paint(.bold, category.rawValue))
      for page in rows {
        let name = page.cause.rawValue
        let gap = String(repeating: " ", count: width - 2 - name.count)
        sheet.block(page.title, lead: "  " + name + gap, hang: width)
      }
    }
    out.append(sheet.text)
  }

  private struct Sheet {
    let screen: TerminalReport.Screen
    var text = ""

    mutating func line(_ line: String) { text += line + "\n" }

    mutating func block(_ words: String, lead: String, hang: Int = 0) {
      let lines = Wrap.lines(
        [.init(text: words)], lead: lead, leadWidth: lead.count, hang: hang, width: screen.width,
        paint: screen.paint)
      for line in lines { self.line(line) }
    }

    mutating func list(_ name: String, _ items: [String]) {
      guard !items.isEmpty else { return }
      line("")
      line(screen.paint(.bold, name))
      for item in items { block(item, lead: "  - ", hang: 4) }
    }
  }
}
