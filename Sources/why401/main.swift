#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Pipeline

/// Turns a command line into a command and the command's result into an exit status.
enum Entry {
  static func run(_ arguments: [String]) -> ExitStatus {
    let invocation: Invocation
    do {
      invocation = try Invocation(arguments, exists: Terminal.exists)
    } catch {
      return complain(error)
    }
    if invocation.has("help") { return say(Help.text(for: named(arguments) ?? nil)) }
    if invocation.has("version") { return say("why401 \(Version.text)\n") }
    switch invocation.command {
    case .analyze: return AnalyzeCommand.run(invocation)
    case .stream: return StreamCommand.run(invocation)
    case .explain: return CauseCommands.explain(invocation)
    case .causes: return CauseCommands.list(invocation)
    case .show: return ShowCommand.run(invocation)
    case .formats: return FormatsCommand.run(invocation)
    case .records: return RecordsCommand.run(invocation)
    case .token: return TokenCommand.run(invocation)
    case .selftest: return SelfTestCommand.run(invocation)
    case .completions: return completions(invocation)
    case .man: return say(ManPage.text)
    case .help: return help(invocation)
    case .version: return say("why401 \(Version.text)\n")
    }
  }

  static func complain(_ wrong: Invocation.Wrong) -> ExitStatus {
    Complaint.say(wrong.text)
    Descriptor.errors().write("Try: why401 --help\n")
    return .usage
  }

  static func say(_ text: String) -> ExitStatus {
    let output = Descriptor.output()
    output.write(text)
    return output.failure == 0 ? .clean : .trouble
  }

  /// The command a user spelled out; `analyze` may be left out.
  private static func named(_ arguments: [String]) -> Command? {
    arguments.first { !$0.hasPrefix("-") }.flatMap(Command.init(rawValue:))
  }

  private static func completions(_ invocation: Invocation) -> ExitStatus {
    let shells = Completions.shells.joined(separator: ", ")
    guard let shell = invocation.operands.first else {
      return complain(.init(text: "completions for which shell? \(shells)"))
    }
    guard let script = Completions.script(for: shell) else {
      return complain(.init(text: "no completions for \"\(shell)\", only for \(shells)"))
    }
    return say(script)
  }

  private static func help(_ invocation: Invocation) -> ExitStatus {
    guard let name = invocation.operands.first else { return say(Help.text(for: nil)) }
    if let command = Command(rawValue: name) { return say(Help.text(for: command)) }
    let commands = Command.allCases.map(\.rawValue)
    return complain(
      .init(text: "no command \"\(name)\"" + Suggestion.words(for: name, among: commands)))
  }
}

FreedMemory.keep()
Interruption.watch()
exit(Entry.run(Array(CommandLine.arguments.dropFirst())).rawValue)
