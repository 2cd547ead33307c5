internal import ByteScan
package import Evidence

/// Lines that `kc.sh`, the JVM and Liquibase print around Keycloak's log, without stamp or level
/// (facts §1.5 and §5).
package enum KeycloakConsole: LineFormat {
  package static let format = Format.keycloakText

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from >= 8 else { return false }
    let c = s[from]
    return c >= 65 && c <= 90 || c == UInt8(ascii: "*") || c == UInt8(ascii: "\t")
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    var isKnown = false
    for opening in openings where Bytes.has(opening, s, from, to) {
      isKnown = true
      break
    }
    guard isKnown else { return nil }
    let time = RecordHead.time(nil, context)
    if let row = MessageSignatures.match(
      s, from, min(to, from + SymbolTable.longest), voice: .keycloak)
    {
      let message = Message(context, format, time)
      MessageReader.add(MessageReader.Judgement(row: row), s, from, to, message, &sink)
    }
    return ReadLine(format: format, time: time)
  }

  private static let openings: [StaticString] = [
    "JAVA_OPTS", "Appending additional Java properties to JAVA_OPTS",
    "Changes detected in configuration. Updating the server image.",
    "Updating the configuration and installing your custom providers",
    "Server configuration updated and persisted.", "Next time you run the server, just run:",
    "\tkc.sh ", "WARNING: The following ", "WARNING: Likely misconfiguration detected.",
    "WARNING: With HTTPS not enabled", "WARNING: Hostname v1 options",
    "Running the server in development mode.", "ERROR: Failed to start server in",
    "ERROR: Unexpected error when starting the server", "ERROR: Failed to run '",
    "ERROR: Failed to obtain JDBC connection", "ERROR: Acquisition timeout while waiting",
    "ERROR: Key material not provided",
    "For more details run the same command passing the '--verbose'",
    "UPDATE SUMMARY", "Run:  ", "Previously run:  ", "Filtered out:  ", "Total change sets:  ",
    "Terminating due to java.lang.OutOfMemoryError", "*** JBossAS process",
    "Listening for transport dt_socket at address", "Picked up JAVA_TOOL_OPTIONS",
    "OpenJDK 64-Bit Server VM warning:",
  ]
}
