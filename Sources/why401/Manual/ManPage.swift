internal import Pipeline

/// The manual page in roff (man macros), made from the tables of commands and options.
enum ManPage {
  static var text: String {
    var page = """
      .TH WHY401 1 "" "why401 \(Version.text)" "User Commands"
      .SH NAME
      why401 \\- explain HTTP 401s from logs and captures
      .SH SYNOPSIS
      .B why401
      .RI [ COMMAND "] [" OPTIONS "] " INPUT ...
      .SH DESCRIPTION
      Reads logs of Keycloak, of an ingress or gateway and of applications, and captures; says who
      answered 401, why, how sure it is, which lines prove it, what speaks against it, and what to
      do. Formats and roles are detected. It works offline and never talks to a cluster.
      .PP
      An
      .I INPUT
      is a file, a folder, or \\- for standard input; compressed or not. Without one, standard input is
      read when it is a pipe or a file.
      .SH COMMANDS

      """
    for command in Command.allCases {
      let operands = command.operands.isEmpty ? "" : " \\fI\(escape(command.operands))\\fR"
      page += ".TP\n\\fB\(command.rawValue)\\fR\(operands)\n\(sentence(command.summary))\n"
    }
    page += ".SH OPTIONS\n"
    for section in Option.Section.allCases {
      let options = OptionTable.all.filter { $0.section == section }
      if options.isEmpty { continue }
      page += ".SS \(section.rawValue)\n"
      for option in options { page += entry(option) }
    }
    page += """
      .SH EXIT STATUS
      .TP
      .B 0
      Nothing to report: no failure, or only harmless ones.
      .TP
      .B 1
      At least one finding that is more than a guess (see \\-\\-fail\\-on).
      .TP
      .B 2
      An input could not be read, an output could not be written, or nothing was found and more than
      half of all lines were not understood.
      .TP
      .B 3
      401s were found, and none is explained with confidence: they are undecided, or guesses (below
      0.5) are all there is.
      .TP
      .B 64
      The command line is wrong.
      .TP
      .B 130
      Interrupted. The first Ctrl\\-C prints the report so far, the second ends at once.
      \(configuration)
      .SH ENVIRONMENT
      .TP
      .B NO_COLOR
      Not empty: no colours.
      .TP
      .B COLUMNS
      Width of the report instead of the terminal's.
      .SH PRIVACY
      Tokens, passwords, cookies and queries of URLs appear in no output. User names and addresses do,
      unless \\-\\-redact says otherwise.
      \(ending)

      """
    return page
  }

  private static let ending = """
    .SH FILES
    .TP
    .I why401.yaml
    Settings, in the current folder.
    .TP
    .I ~/.config/why401/why401.yaml
    Settings, where there are none in the current folder ($XDG_CONFIG_HOME moves it).
    .SH EXAMPLES
    .TP
    why401 ingress.log keycloak.log orders.log
    One report on three logs.
    .TP
    why401 must\\-gather.tar.gz \\-\\-since 30m \\-\\-html report.html
    The last half hour of a support bundle, as a page, too.
    .TP
    kubectl logs \\-f deploy/ingress | why401 stream
    Findings as they form; Ctrl\\-C for the report.
    .TP
    why401 logs/ \\-\\-json r.json; why401 show r.json F1
    The cited lines of the first finding.
    .TP
    why401 token < token.txt
    What would refuse this token.
    .SH SEE ALSO
    .BR jq (1),
    .BR kubectl (1),
    .BR tcpdump (1),
    .BR tshark (1)
    """

  private static let configuration = """
    .SH CONFIGURATION
    The settings file is YAML (without anchors, aliases and tags). All keys may be left out; one that is
    not known is an error, with file, line and column, and status 64.
    .TP
    .B timezone
    As \\-\\-timezone.
    .TP
    .B log_formats
    A list of patterns as \\-\\-log\\-format takes them, or of maps with
    .B pattern
    and
    .BR role :
    edge, application, keycloak or auth_service.
    .TP
    .B json_formats
    A list of maps:
    .B fields
    says which key holds what (\(escape(Settings.jsonFields.joined(separator: ", ")))); a stop leads
    into an object, and several keys are tried in turn.
    .B when
    names members and values that tell these lines from others;
    .B role
    as above.
    .TP
    .BR roles ", " clocks
    Maps of roles to names, and of inputs to seconds, as \\-\\-role and \\-\\-clock take them.
    .TP
    .B messages
    A list of maps:
    .BR text ,
    one or several texts that all occur;
    .BR says ,
    the cause that they tell of;
    .BR ignore_case .
    .TP
    .B suppressions
    A list of maps: any of
    .BR cause ", " service ", " host ", " path ", " method ", " address " (with stars) and " status ;
    .B reason
    and
    .BR until ,
    the last day it holds. A suppressed finding is shown as such and counted, but not in the exit status.
    Failures after that day count again, and a note says so.
    """

  private static func entry(_ option: Option) -> String {
    var text = ".TP\n\\fB\(escape(option.spelling))\\fR\n\(sentence(option.summary))\n"
    if !option.choices.isEmpty {
      text += escape("One of \(option.choices.joined(separator: ", ")).") + "\n"
    }
    if !option.detail.isEmpty { text += escape(option.detail) + "\n" }
    return text
  }

  private static func sentence(_ text: String) -> String {
    escape(text.prefix(1).uppercased() + text.dropFirst() + ".")
  }

  /// Hyphens are minus signs; a stop or quote at the head of a line is no request.
  private static func escape(_ text: String) -> String {
    let plain = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
  }
}
