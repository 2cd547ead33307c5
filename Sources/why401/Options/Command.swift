internal import Evidence

/// The commands, in the order in which help lists them. Help, completions, the man page and the
/// parser all draw from here; a command exists only when code stands behind it.
enum Command: String, CaseIterable {
  case analyze, stream, explain, causes, show, formats, records, token, selftest,
    completions, man, help,
    version

  /// What follows the command's name.
  var operands: String {
    switch self {
    case .analyze: "INPUT..."
    case .stream: "[INPUT...]"
    case .explain: "CAUSE"
    case .show: "REPORT.json ID"
    case .formats: "[INPUT... | --why FILE:LINE]"
    case .records: "INPUT..."
    case .token: "[FILE|-]"
    case .selftest: "[FOLDER...]"
    case .completions: "SHELL"
    case .help: "[COMMAND]"
    case .causes, .man, .version: ""
    }
  }

  /// The words that may follow, where they are known; `nil` = files.
  var choices: [String]? {
    switch self {
    case .analyze, .stream, .show, .formats, .records, .token, .selftest: nil
    case .explain: CauseID.allCases.map(\.rawValue)
    case .completions: Completions.shells
    case .help: Command.allCases.map(\.rawValue)
    case .causes, .man, .version: []
    }
  }

  /// One line for lists.
  var summary: String {
    switch self {
    case .analyze: "explain the 401s in logs and captures (the default command)"
    case .stream: "follow standard input or pipes: findings as they form, the report at the end"
    case .explain: "the page of one cause: what decides it, what it is mistaken for, the fix"
    case .causes: "the causes a verdict can name"
    case .show: "the cited lines of a finding, with their neighbours"
    case .formats: "what can be read; with inputs, what they were read as; --why: one line"
    case .records: "every line and every HTTP message as one NDJSON record"
    case .token: "take one JSON Web Token apart, here, and say what would refuse it"
    case .selftest:
      "explain labelled runs (Samples/runs of the source tree): how often verdicts are right"
    case .completions: "a completion script for bash, zsh or fish"
    case .man: "the manual page in roff (why401 man | man -l -)"
    case .help: "this text, or one command's"
    case .version: "the version"
    }
  }
}
