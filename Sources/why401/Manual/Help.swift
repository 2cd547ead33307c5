/// `--help`: made from the tables of commands and options.
enum Help {
  static func text(for command: Command?) -> String {
    guard let command, command != .help else { return overview() }
    let operands = command.operands.isEmpty ? "" : " " + command.operands
    return "why401 \(command.rawValue): \(command.summary)\n\n"
      + "Usage: why401 \(command.rawValue) [OPTIONS]\(operands)\n" + options(of: command)
  }

  private static func overview() -> String {
    var text = """
      why401: who answered 401, why, how sure that is, and which lines prove it.

      Usage: why401 [COMMAND] [OPTIONS] INPUT...

      INPUT is a log of Keycloak, an ingress, a gateway or an application, a capture,
      a folder of them, or - for standard input, compressed or not. Nothing leaves
      this machine.

      Commands:

      """
    text += rows(Command.allCases.map { ($0.rawValue, $0.summary) })
    text += options(of: .analyze)
    text += """

      Settings: why401.yaml here or in ~/.config/why401 (own formats, messages,
      suppressions); why401 man, CONFIGURATION.

      Exit status: 0 nothing to report, 1 findings, 2 an input could not be read or
      understood, 3 401s but none explained (guesses
      aside), 64 wrong usage, 130 interrupted.

      """
    return text
  }

  private static func options(of command: Command) -> String {
    var text = ""
    for section in Option.Section.allCases {
      let options = OptionTable.of(command).filter { $0.section == section }
      guard !options.isEmpty else { continue }
      text += "\n\(section.rawValue):\n"
      text += rows(
        options.map { option in
          let choices =
            option.choices.isEmpty ? "" : ": " + option.choices.joined(separator: ", ")
          return (option.spelling, option.summary + choices)
        })
    }
    return text
  }

  /// Two columns in 80; a long first column gets a line of its own.
  private static func rows(_ rows: [(String, String)]) -> String {
    let gutter = 24
    var text = ""
    for (left, right) in rows {
      var line = "  " + left
      if line.count + 1 >= gutter {
        text += line + "\n"
        line = ""
      }
      line += String(repeating: " ", count: gutter - line.count)
      var column = gutter
      for word in right.split(separator: " ") {
        if column > gutter, column + 1 + word.count > 80 {
          text += line + "\n"
          line = String(repeating: " ", count: gutter)
          column = gutter
        }
        if column > gutter {
          line += " "
          column += 1
        }
        line += word
        column += word.count
      }
      text += line + "\n"
    }
    return text
  }
}
