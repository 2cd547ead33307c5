import Foundation

/// Lines of Keycloak's log on the day of `EdgeLog`.
enum KeycloakLines {
  static func at(_ times: [Double], _ texts: String...) -> String {
    times.map { time in texts.map { line(time, $0) }.joined() }.joined()
  }

  static func spell(
    from: Int, to: Int, every: Int, _ texts: String...
  ) -> String {
    stride(from: from, to: to, by: every).map { time in
      texts.map { line(Double(time) + 0.2, $0) }.joined()
    }.joined()
  }

  /// What an event of realm shop says: failures are warnings.
  /// - Parameter details: as Keycloak writes them.
  static func event(_ type: String, client: String, _ details: String...) -> String {
    let level = type.hasSuffix("_ERROR") ? "WARN " : "DEBUG"
    return """
      \(level) [org.keycloak.events] (executor-thread-3) type="\(type)", realmName="shop", \
      clientId="\(client)", \(details.joined(separator: ", "))
      """
  }

  /// Whole lines in order of their stamps.
  static func inOrder(_ text: String) -> String {
    text.split(separator: "\n").sorted().map { $0 + "\n" }.joined()
  }

  private static func line(_ time: Double, _ text: String) -> String {
    String(
      format: "2026-05-12 10:%02d:%02d,%03d %@\n", Int(time) / 60, Int(time) % 60,
      Int(time * 1000) % 1000, text)
  }
}
