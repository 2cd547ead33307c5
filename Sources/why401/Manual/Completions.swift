/// Completion scripts, made from the tables of commands and options.
enum Completions {
  static let shells = ["bash", "zsh", "fish"]

  /// `nil` for another shell.
  static func script(for shell: String) -> String? {
    switch shell {
    case "bash": bash()
    case "zsh": zsh()
    case "fish": fish()
    default: nil
    }
  }

  private static var commands: String { Command.allCases.map(\.rawValue).joined(separator: " ") }

  private static func bash() -> String {
    var text = """
      # bash completion for why401: source it, or put it into ~/.local/share/bash-completion/completions
      _why401() {
        local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" command=analyze
        [ "$COMP_CWORD" -gt 1 ] && case "${COMP_WORDS[1]}" in
          \(Command.allCases.map(\.rawValue).joined(separator: "|"))) command="${COMP_WORDS[1]}" ;;
        esac
        case "$before" in

      """
    for option in OptionTable.all where option.value != nil {
      let words =
        option.choices.isEmpty
        ? "$(compgen -f -- \"$word\")"
        : "$(compgen -W \"\(option.choices.joined(separator: " "))\" -- \"$word\")"
      text += "    --\(option.name)) COMPREPLY=(\(words)); return ;;\n"
    }
    text += "  esac\n  local options words=\n  case \"$command\" in\n"
    for command in Command.allCases {
      let names = OptionTable.of(command).map { "--\($0.name)" }.joined(separator: " ")
      let words = command.choices.map { " words=\"\($0.joined(separator: " "))\"" } ?? ""
      text += "    \(command.rawValue)) options=\"\(names)\"\(words) ;;\n"
    }
    text += """
        esac
        [ "$COMP_CWORD" -eq 1 ] && words="\(commands)"
        case "$word" in
          -*) COMPREPLY=($(compgen -W "$options" -- "$word")) ;;
          *) COMPREPLY=($(compgen -W "$words" -- "$word") $(compgen -f -- "$word")) ;;
        esac
      }
      complete -o filenames -F _why401 why401 kubectl-why401

      """
    return text
  }

  private static func zsh() -> String {
    func quoted(_ text: String) -> String {
      text.replacing("'", with: "'\\''").replacing("[", with: "\\[").replacing("]", with: "\\]")
        .replacing(":", with: "\\:")
    }
    var text =
      "#compdef why401 kubectl-why401\n# zsh completion for why401: put it into a folder of $fpath\n"
    text += "_why401() {\n  local -a commands\n  commands=(\n"
    for command in Command.allCases {
      text += "    '\(command.rawValue):\(quoted(command.summary))'\n"
    }
    text += "  )\n  local command=analyze\n"
    text += "  (( CURRENT > 2 && ${+commands[(r)$words[2]:*]} )) && command=$words[2]\n"
    text += "  case $command in\n"
    for command in Command.allCases {
      text += "    \(command.rawValue)) _arguments -S"
      for option in OptionTable.of(command) {
        let value =
          option.value.map { name in
            option.choices.isEmpty
              ? ":\(name):_files" : ":\(name):(\(option.choices.joined(separator: " ")))"
          } ?? ""
        text += " \\\n      '--\(option.name)[\(quoted(option.summary))]\(value)'"
      }
      let words = command.choices.map { "(\($0.joined(separator: " ")))" } ?? "_files"
      if command == .analyze {
        text += " \\\n      '1: :{_describe command commands; _files}' '*: :_files'"
      } else {
        text += " \\\n      '1: :' '*: :\(words)'"
      }
      text += " ;;\n"
    }
    return text + "  esac\n}\n_why401 \"$@\"\n"
  }

  private static func fish() -> String {
    func quoted(_ text: String) -> String { text.replacing("'", with: "\\'") }
    var text = "# fish completion for why401: put it into ~/.config/fish/completions\n"
    for command in Command.allCases {
      text += "complete -c why401 -n __fish_use_subcommand -a \(command.rawValue)"
      text += " -d '\(quoted(command.summary))'\n"
      if let words = command.choices, !words.isEmpty {
        text += "complete -c why401 -n '__fish_seen_subcommand_from \(command.rawValue)' -f"
        text += " -a '\(words.joined(separator: " "))'\n"
      }
    }
    for option in OptionTable.all {
      let places = Command.allCases.filter(option.commands.contains).map(\.rawValue)
      let isDefault = option.commands.contains(.analyze)
      text += "complete -c why401"
      if !isDefault {
        text += " -n '__fish_seen_subcommand_from \(places.joined(separator: " "))'"
      }
      if let short = option.short { text += " -s \(short)" }
      text += " -l \(option.name)"
      if option.value != nil { text += " -r" }
      if !option.choices.isEmpty { text += " -f -a '\(option.choices.joined(separator: " "))'" }
      text += " -d '\(quoted(option.summary))'\n"
    }
    text += "complete -c kubectl-why401 -w why401\n"
    return text
  }
}
