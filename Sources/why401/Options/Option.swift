/// One option: the only place where its name, its value and its words are written down.
struct Option: Sendable {
  enum Section: String, CaseIterable {
    case output = "Output"
    case input = "Input"
    case verdict = "Verdict"
    case general = "General"
  }
  /// Without dashes.
  let name: String
  var short: Character?
  /// Placeholder of its value; `nil` for a switch.
  var value: String?
  /// The only values allowed; empty = any.
  var choices: [String] = []
  /// May be given more than once.
  var isRepeatable = false
  let section: Section
  let commands: Set<Command>
  /// One line for `--help`; the first sentence of the man page's entry.
  let summary: String
  /// The rest of the man page's entry.
  var detail = ""

  /// `-q, --quiet`, `--json FILE`.
  var spelling: String {
    (short.map { "-\($0), " } ?? "") + "--\(name)" + (value.map { " \($0)" } ?? "")
  }
}
