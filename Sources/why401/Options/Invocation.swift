internal import Pipeline

/// A command line taken apart: one command, its options, its operands.
struct Invocation {
  var command: Command
  var operands: [String] = []
  private var values: [String: [String]] = [:]

  /// Why a command line cannot be followed; text ready to print.
  struct Wrong: Error { let text: String }

  func has(_ option: String) -> Bool { values[option] != nil }
  /// The last value given.
  func value(_ option: String) -> String? { values[option]?.last }
  func all(_ option: String) -> [String] { values[option] ?? [] }

  /// `arguments` without the program's own name. `exists` says whether a path does: it tells a file
  /// to analyze from a mistyped command.
  init(_ arguments: [String], exists: (String) -> Bool) throws(Wrong) {
    command = .analyze
    var given: [Option] = []
    var firstOperandMayBeCommand = true
    var i = 0
    while i < arguments.count {
      let argument = arguments[i]
      i += 1
      if argument == "--" {
        if operands.isEmpty { firstOperandMayBeCommand = false }
        operands += arguments[i...]
        break
      }
      guard argument.hasPrefix("-"), argument != "-" else {
        operands.append(argument)
        continue
      }
      let (option, attached) = try Invocation.option(argument)
      given.append(option)
      guard option.value != nil else {
        if attached != nil { throw Wrong(text: "--\(option.name) takes no value") }
        values[option.name, default: []].append("")
        continue
      }
      var value = attached
      if value == nil, i < arguments.count {
        value = arguments[i]
        i += 1
      }
      guard let value else {
        throw Wrong(text: "--\(option.name) needs a value: \(option.spelling)")
      }
      try Invocation.check(value, option)
      values[option.name, default: []].append(value)
    }
    if firstOperandMayBeCommand, let first = operands.first {
      if let named = Command(rawValue: first) {
        command = named
        operands.removeFirst()
      } else if !first.contains("/"), first != "-", !exists(first),
        let near = Suggestion.nearest(to: first, among: Command.allCases.map(\.rawValue))
      {
        throw Wrong(text: "no file and no command \"\(first)\"; did you mean \"\(near)\"?")
      }
    }
    for option in given {
      if !option.commands.contains(command) {
        throw Wrong(text: "--\(option.name) does not go with \"\(command.rawValue)\"")
      }
      if !option.isRepeatable, option.value != nil, all(option.name).count > 1 {
        throw Wrong(text: "--\(option.name) was given twice")
      }
    }
  }

  /// The option an argument names, and a value written behind `=` or a short letter.
  private static func option(_ argument: String) throws(Wrong) -> (Option, String?) {
    if argument.hasPrefix("--") {
      let parts = argument.dropFirst(2).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts.first ?? "")
      if let option = OptionTable.named(name) {
        return (option, parts.count > 1 ? String(parts[1]) : nil)
      }
      throw unknown("--" + name)
    }
    let letters = argument.dropFirst()
    guard let letter = letters.first, let option = OptionTable.short(letter) else {
      throw unknown(argument)
    }
    if letters.count > 1, option.value == nil { throw unknown(argument) }
    return (option, letters.count > 1 ? String(letters.dropFirst()) : nil)
  }

  private static func unknown(_ spelled: String) -> Wrong {
    let names = OptionTable.all.map(\.name)
    let bare = String(spelled.drop { $0 == "-" })
    let hint = Suggestion.nearest(to: bare, among: names).map { "; did you mean --\($0)?" } ?? ""
    return Wrong(text: "unknown option \(spelled)\(hint)")
  }

  private static func check(_ value: String, _ option: Option) throws(Wrong) {
    guard !option.choices.isEmpty, !option.choices.contains(value) else { return }
    throw Wrong(
      text: "--\(option.name) is one of \(option.choices.joined(separator: ", ")), not \"\(value)\""
        + Suggestion.words(for: value, among: option.choices))
  }
}
