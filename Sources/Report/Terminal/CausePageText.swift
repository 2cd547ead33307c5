/// The offline page of one cause, and the table of all, for the terminal. Commands that do not fit
/// beside words get lines of their own, whole, so that they can be copied.
package import Evidence

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
    sheet.names("Looks like", page.lookAlikes.map { ($0.cause.rawValue, $0.separatedBy) })
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
      for item in items { self.item(item) }
    }

    /// Rivals and what separates them, each name on a line of its own.
    mutating func names(_ name: String, _ items: [(name: String, words: String)]) {
      guard !items.isEmpty else { return }
      line("")
      line(screen.paint(.bold, name))
      for item in items {
        line("  - " + screen.paint(.bold, item.name))
        block(item.words, lead: "    ", hang: 4)
      }
    }

    /// Words are wrapped; a command of many words between backticks stands alone.
    private mutating func item(_ item: String) {
      var words = ""
      var lead = "  - "
      for (i, part) in item.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
        if i.isMultiple(of: 2) {
          words += part
        } else if part.count > 36, part.contains(" ") {
          if let rest = Sheet.trimmed(words) {
            block(rest, lead: lead, hang: 4)
            lead = "    "
          }
          line(lead + (lead == "    " ? "  " : "") + screen.paint(.cyan, String(part)))
          words = ""
          lead = "    "
        } else {
          words += "`" + part + "`"
        }
      }
      if let rest = Sheet.trimmed(words) { block(rest, lead: lead, hang: 4) }
    }

    /// Without the blanks and the comma, semicolon or stop that a command left behind.
    private static func trimmed(_ words: String) -> String? {
      let rest = words.drop { $0 == " " || $0 == "," || $0 == ";" || $0 == "." }
      return rest.isEmpty ? nil : String(rest)
    }
  }
}
