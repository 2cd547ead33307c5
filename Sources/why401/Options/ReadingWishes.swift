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
    options.interfaces = invocation.all("interface")
    for pattern in invocation.all("log-format") {
      if let reason = options.add(logFormat: pattern) {
        return .failure(.init(text: "--log-format: \(reason)"))
      }
    }
    return .success(options)
  }
}
