internal import Report

/// Every option there is. Parser, help, completions and man page are made from this table.
enum OptionTable {
  private static let reporting: Set<Command> = [.analyze, .stream]

  private static func file(_ name: String, _ summary: String, _ detail: String = "") -> Option {
    Option(
      name: name, value: "FILE", section: .output, commands: reporting, summary: summary,
      detail: detail)
  }

  static let all: [Option] = [
    file(
      "json", "write the report as JSON",
      "The shape is stable: schema \"why401.report/1\". A FILE of - is standard output, which then"
        + " replaces the report for the terminal; so for every option that takes a file to write."),
    file(
      "ndjson", "write the report as one JSON object a line",
      "First the totals, then findings, notes and inputs; each line says in \"record\" what it is."),
    file("markdown", "write an incident report for a ticket"),
    file(
      "html", "write one self-contained page",
      "It needs no network, runs no script, and can be printed."),
    file("sarif", "write SARIF 2.1.0 for code scanning"),
    file(
      "junit", "write JUnit XML for CI",
      "One test case per finding: faults fail, guesses (below 0.5) and undecided ones are skipped, harmless"
        + " ones pass."),
    file(
      "attributions", "write one NDJSON row per failure with its cause",
      "One row per 401 and related failure at the outermost hop: citation, time, method, host, path,"
        + " status, client, ids, who answered, cause, category, confidence, finding, evidence."),
    file(
      "weighing", "write one NDJSON row per cluster with what was weighed",
      "Every cause that something told for or against, with the sum of its signs, each by its name in"
        + " the table of weights, its log-odds and how far it counted; then the cluster's failures."
    ),
    Option(
      name: "quiet", short: "q", section: .output, commands: reporting,
      summary: "no report on the terminal"),
    Option(
      name: "color", value: "WHEN", choices: ["auto", "always", "never"], section: .output,
      commands: reporting.union([.token, .explain, .causes, .show]),
      summary: "colours on the terminal",
      detail: "auto (the default) means: when standard output is a terminal, TERM is not dumb and"
        + " NO_COLOR is not set."),
    Option(
      name: "redact", value: "LEVEL", choices: RedactionLevel.allCases.map(\.rawValue),
      section: .output, commands: reporting.union([.records, .show]),
      summary: "pseudonyms in every output",
      detail: "none (the default); users: user names and mail addresses become user-1, user-2, …;"
        + " all: addresses too. Tokens, passwords and cookies never appear at any level. Records and"
        + " the lines that show prints know users by their fields, from there on; show does at least"
        + " what its report was made with."),
    Option(
      name: "fail-on", value: "LEVEL", choices: FailOn.allCases.map(\.rawValue),
      section: .verdict, commands: reporting, summary: "which findings make the exit status 1",
      detail:
        "any (the default): every finding that is more than a guess (0.5 and more); likely: those with a confidence of 0.8 and more;"
        + " never: none, and undecided 401s do not make it 3 either."),
    Option(
      name: "at", value: "TIME", section: .verdict, commands: [.token],
      summary: "judge the token as of this time instead of now",
      detail: "RFC 3339, for instance 2026-03-04T09:15:02Z; UTC without a zone."),
    Option(
      name: "timezone", value: "OFFSET", section: .input,
      commands: reporting.union([.records, .formats]),
      summary: "the zone of stamps that name none, as ±HH:MM or UTC",
      detail:
        "For instance +02:00, -0500 or Z. Without it, the zone is found out from lines that have"
        + " a second stamp, and is UTC where there are none. Stamps that name a zone keep it."),
    Option(
      name: "since", value: "TIME", section: .input, commands: reporting.union([.records]),
      summary: "only what is stamped from then on",
      detail:
        "RFC 3339, for instance 2026-03-04T09:15:02Z (UTC without a zone), or a duration back from the"
        + " last line of all inputs: 30m, 1h30m, 2d. Lines without a time count. The inputs are read"
        + " twice; of pipes and streams only times can be kept to."),
    Option(
      name: "until", value: "TIME", section: .input, commands: reporting.union([.records]),
      summary: "only what is stamped until then",
      detail: "As --since. A time in whole seconds is the end of that second."),
    Option(
      name: "bpf", value: "FILTER", section: .input, commands: reporting.union([.records]),
      summary: "read only packets that pass this filter",
      detail: "In the syntax of tcpdump (pcap-filter(7)), for instance \"host 10.0.0.5 and tcp port"
        + " 8080\". It is compiled by libpcap and run on every capture, also on pcapng files and"
        + " inside archives. Packets keep their numbers."),
    Option(
      name: "interface", short: "i", value: "IF", isRepeatable: true, section: .input,
      commands: reporting, summary: "capture on an interface of this machine",
      detail: "For instance eth0, or any. Reads until Ctrl-C; needs the right to capture (root or"
        + " CAP_NET_RAW). May be given more than once, and beside other inputs. A capture may also"
        + " come from a pipe: tcpdump -U -w - | why401 stream -"),
    Option(
      name: "jwks", value: "FILE", section: .verdict, commands: [.token],
      summary: "check the signature with the keys of this JWKS",
      detail: "As fetched from the realm's certs end-point. The key is looked up by the token's kid"
        + " first; keys that cannot be read spoil no others. Nothing is fetched."),
    Option(
      name: "keylog", value: "FILE", isRepeatable: true, section: .input,
      commands: reporting.union([.records]),
      summary: "open captured TLS with the secrets in this key log",
      detail:
        "As clients and servers write it when SSLKEYLOGFILE is set. TLS 1.2 and 1.3 with AES-GCM,"
        + " ChaCha20-Poly1305 or AES-CBC; secrets inside a pcapng file, and key logs among the inputs,"
        + " are used without being asked for. No secret reaches an output."),
    Option(
      name: "log-format", value: "PATTERN", isRepeatable: true, section: .input,
      commands: reporting.union([.records, .formats]),
      summary: "read lines by this pattern of nginx, Envoy or Apache",
      detail:
        "nginx's log_format ('$remote_addr [$time_local] \"$request\" $status'), Envoy's format string"
        + " ('%START_TIME% %RESPONSE_CODE%') or Apache's LogFormat ('%h %t \\\"%r\\\" %>s'), told apart by"
        + " their variables. Lines that do not fit it are read as always. May be given several times."
    ),
    Option(
      name: "role", value: "ROLE=NAME", isRepeatable: true, section: .input, commands: reporting,
      summary: "who an input, a pod, a host or a service is",
      detail:
        "ROLE is edge, application, keycloak or auth_service; NAME is an input, a pod or container, or,"
        + " for keycloak, a host or a service of the edge; stars stand for anything. For instance"
        + " keycloak=sso.example.org. Goes before what was found out."),
    Option(
      name: "clock", value: "INPUT=±S", isRepeatable: true, section: .input, commands: reporting,
      summary: "how many seconds the stamps of an input are ahead",
      detail:
        "For instance kc.log=+3.2. Used to join what belongs together; stamps are shown as they"
        + " are. Without it, offsets are found out from what tells of the same requests."),
    Option(
      name: "no-clock-estimate", section: .input, commands: reporting,
      summary: "take all clocks for right, but for --clock"),
    Option(
      name: "config", value: "FILE", section: .input,
      commands: reporting.union([.records, .formats]),
      summary: "settings to use instead of why401.yaml",
      detail:
        "Without it, why401.yaml of the current folder is used, else the one in"
        + " $XDG_CONFIG_HOME/why401 (~/.config/why401). It holds own formats, own messages,"
        + " roles, clocks and suppressions; options of the command line go before it. See CONFIGURATION."
    ),
    Option(
      name: "no-config", section: .input, commands: reporting.union([.records, .formats]),
      summary: "use no settings file"),
    Option(
      name: "why", value: "FILE:LINE", section: .input, commands: [.formats],
      summary: "explain how one line is read",
      detail:
        "Shows what stood around the line, which format read it, what became of it, and why each"
        + " other format did not: by the line's beginning, or because something in it does not fit."
        + " The file is read from its start, since what a line means may"
        + " depend on those before."),
    Option(
      name: "help", short: "h", section: .general, commands: Set(Command.allCases),
      summary: "this text"),
    Option(
      name: "version", short: "V", section: .general, commands: Set(Command.allCases),
      summary: "the version"),
  ]

  static func named(_ name: String) -> Option? { all.first { $0.name == name } }
  static func short(_ letter: Character) -> Option? { all.first { $0.short == letter } }
  static func of(_ command: Command) -> [Option] { all.filter { $0.commands.contains(command) } }
}
