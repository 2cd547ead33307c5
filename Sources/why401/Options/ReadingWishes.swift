internal import Pipeline

/// What the command line says about how inputs are read.
enum ReadingWishes {
  static func of(_ invocation: Invocation) -> Result<IngestOptions, Invocation.Wrong> {
    var options = IngestOptions()
    if let text = invocation.value("timezone") {
      guard let offset = offset(text) else {
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

  /// Seconds east of UTC of `+02:00`, `-0500`, `+2`, `UTC`, `Z`; zones in use lie between -12:00 and
  /// +14:00. Names of places are not taken: their offset depends on the day.
  static func offset(_ text: String) -> Int? {
    if ["UTC", "GMT", "Z"].contains(text.uppercased()) { return 0 }
    guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
    let digits = text.dropFirst()
    guard digits.utf8.allSatisfy({ (48...58).contains($0) }) else { return nil }
    let hours: Int?
    let minutes: Int?
    if let colon = digits.firstIndex(of: ":") {
      let rest = digits[digits.index(after: colon)...]
      guard rest.count == 2 else { return nil }
      hours = digits[..<colon].count <= 2 ? Int(digits[..<colon]) : nil
      minutes = Int(rest)
    } else if digits.count == 4 {
      hours = Int(digits.prefix(2))
      minutes = Int(digits.suffix(2))
    } else {
      hours = digits.count <= 2 ? Int(digits) : nil
      minutes = 0
    }
    guard let hours, let minutes, minutes < 60 else { return nil }
    let seconds = (hours * 60 + minutes) * 60
    guard seconds <= (sign == "-" ? 12 : 14) * 3600 else { return nil }
    return sign == "-" ? -seconds : seconds
  }
}
