internal import Diagnose
internal import Pipeline
internal import Evidence
internal import Report

/// `why401 explain CAUSE` and `why401 causes`.
enum CauseCommands {
  static func explain(_ invocation: Invocation) -> ExitStatus {
    guard invocation.operands.count == 1, let name = invocation.operands.first else {
      return Entry.complain(.init(text: "explain which cause? `why401 causes` lists them"))
    }
    let pages = CauseCatalogue.pages
    guard let page = pages.first(where: { $0.cause.rawValue == name }) else {
      return Entry.complain(
        .init(text: "no cause \"\(Neutral.text(name))\"" + hint(name, pages.map(\.cause.rawValue))))
    }
    return print(invocation) { CausePageText.write(page, on: $0, to: &$1) }
  }

  static func list(_ invocation: Invocation) -> ExitStatus {
    if let operand = invocation.operands.first {
      return Entry.complain(
        .init(text: "causes takes no \"\(operand)\"; one cause's page: why401 explain CAUSE"))
    }
    return print(invocation) { CausePageText.table(CauseCatalogue.pages, on: $0, to: &$1) }
  }

  /// The nearest identifier, or those that hold the word.
  private static func hint(_ name: String, _ ids: [String]) -> String {
    if let near = Suggestion.nearest(to: name, among: ids) { return "; did you mean \(near)?" }
    let parts = ids.filter { $0.contains(name.lowercased()) }.prefix(4)
    return parts.isEmpty || name.count < 3
      ? "" : "; did you mean \(parts.joined(separator: " or "))?"
  }

  private static func print(
    _ invocation: Invocation, _ render: (TerminalReport.Screen, inout Output) -> Void
  ) -> ExitStatus {
    let paint = Paint(isOn: Terminal.wantsColor(invocation.value("color")))
    var out = Output()
    render(TerminalReport.Screen(width: Terminal.width, paint: paint), &out)
    return Entry.say(out.text)
  }
}
