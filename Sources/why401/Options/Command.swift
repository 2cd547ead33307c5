/// The commands, in the order in which help lists them. Help, completions, the man page and the
/// parser all draw from here; a command exists only when code stands behind it.
enum Command: String, CaseIterable {
  case analyze, help, version

  /// What follows the command's name.
  var operands: String {
    switch self {
    case .analyze: "INPUT..."
    case .help: "[COMMAND]"
    case .version: ""
    }
  }

  /// One line for lists.
  var summary: String {
    switch self {
    case .analyze: "explain the 401s in logs and captures (the default command)"
    case .help: "this text, or one command's"
    case .version: "the version"
    }
  }
}
