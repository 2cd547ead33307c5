internal import Evidence
internal import Pipeline

/// What the command line says about how inputs are read.
enum ReadingWishes {
  static func of(_ invocation: Invocation) -> Result<IngestOptions, Invocation.Wrong> {
    var options = IngestOptions()
    do throws(Invocation.Wrong) {
      try SettingsFile.apply(invocation, to: &options)
    } catch {
      return .failure(error)
    }
    if let text = invocation.value("timezone") {
      guard let offset = ZoneOffset.of(text) else {
        return .failure(
          .init(text: "--timezone is an offset like +02:00, -0500 or UTC, not \"\(text)\""))
      }
      options.timezone = offset
    }
    if let filter = invocation.value("bpf") {
      if let complaint = IngestOptions.complaint(aboutFilter: filter) {
        return .failure(.init(text: "--bpf \"\(filter)\": \(complaint)"))
      }
      options.packetFilter = filter
    }
    for name in ["since", "until"] {
      guard let text = invocation.value(name) else { continue }
      guard let bound = TimeBound.parse(text, isEnd: name == "until") else {
        return .failure(
          .init(
            text: "--\(name) is a time like 2026-03-04T09:15:02Z, or a duration back from the last"
              + " line like 30m or 1h30m, not \"\(text)\""))
      }
      if bound.isBack, let live = live(invocation) {
        return .failure(
          .init(
            text: "--\(name) \(text) counts back from the last line, which \(live) does not show"
              + " before it ends; give a time like 2026-03-04T09:15:02Z"))
      }
      if name == "since" { options.since = bound } else { options.until = bound }
    }
    // What the command line says goes before the settings.
    var roles: [Wishes.Role] = []
    for text in invocation.all("role") {
      let (role, reason) = WishSettings.role(text)
      guard let role else { return .failure(.init(text: "--role: \(reason)")) }
      roles.append(role)
    }
    options.wishes.roles = roles + options.wishes.roles
    options.isWeighingTold = invocation.value("weighing") != nil
    var clocks: [Wishes.Clock] = []
    for text in invocation.all("clock") {
      guard let clock = WishSettings.clock(text) else {
        return .failure(
          .init(text: "--clock is INPUT=SECONDS, for instance kc.log=+3.2, not \"\(text)\""))
      }
      clocks.append(clock)
    }
    options.wishes.clocks = clocks + options.wishes.clocks
    if invocation.has("no-clock-estimate") { options.wishes.estimatesClocks = false }
    if let reason = addKeyLogs(invocation, &options) { return .failure(.init(text: reason)) }
    options.interfaces = invocation.all("interface")
    for pattern in invocation.all("log-format") {
      if let reason = options.add(logFormat: pattern) {
        return .failure(.init(text: "--log-format: \(reason)"))
      }
    }
    return .success(options)
  }

  /// What is read as it comes, once.
  private static func live(_ invocation: Invocation) -> String? {
    if invocation.command == .stream { return "a stream" }
    if invocation.has("interface") { return "an interface" }
    return invocation.operands.isEmpty || TimeBound.areLive(invocation.operands)
      ? "a pipe" : nil
  }

  /// The reason when a key log cannot be used.
  private static func addKeyLogs(
    _ invocation: Invocation, _ options: inout IngestOptions
  ) -> String? {
    for path in invocation.all("keylog") {
      switch WholeFile.read(path, atMost: IngestOptions.largestKeyLog) {
      case .failure(let error): return "--keylog \(path): \(error.text)"
      case .success(let bytes):
        guard options.add(keyLog: bytes) else {
          return "--keylog \(path): no secret of a TLS connection in it"
        }
      }
    }
    return nil
  }
}
