package import Evidence

/// One row of the table of known texts: what a library or product writes, and what that says.
///
/// Rows hold texts of libraries and products only, never the words a service's own authors chose.
package struct MessageSignature: Sendable {
  /// In whose log a text has this meaning.
  package enum Voice: UInt8, Sendable, BitwiseCopyable {
    case anyone
    /// Keycloak's own log: its calls go to its database, directory or another provider.
    case keycloak
    /// The same, where the log is known to be that: words that any program may write.
    case keycloakAlone
    /// Everybody else: their calls go to Keycloak as far as the text can tell.
    case others
  }

  /// How to find what the message is about. Positions count from the end of the first text.
  package enum Subject: Sendable {
    case none
    /// A constant: what the text itself stands for.
    case fixed(String)
    /// The next word, without quotes.
    case word
    /// The next text in double or single quotes, or in backquotes.
    case quoted
    /// The next run of digits.
    case number
    /// The word, quoted text or number after another literal, wherever that stands.
    case wordAfter(String)
    case quotedAfter(String)
    case numberAfter(String)
    /// Everything up to a closing parenthesis.
    case parenthesisAfter(String)
  }

  package var statement: Statement
  /// All of them must occur; the first is the characteristic one.
  package var texts: [String]
  package var subject: Subject
  package var voice: Voice
  package var isCaseless: Bool
  /// A line that the row is for, as the product writes it.
  package var example: String

  package init(
    _ statement: Statement, _ texts: String..., about subject: Subject = .none,
    voice: Voice = .anyone, caseless: Bool = false, like example: String = ""
  ) {
    self.statement = statement
    self.texts = texts
    self.subject = subject
    self.voice = voice
    self.isCaseless = caseless
    self.example = example.isEmpty ? texts.joined(separator: " ") : example
  }

  /// A row of the user's own.
  package init(_ statement: Statement, _ texts: [String], isCaseless: Bool) {
    self.statement = statement
    self.texts = texts
    subject = .none
    voice = .anyone
    self.isCaseless = isCaseless
    example = texts.joined(separator: " ")
  }

  /// How little a row says when its texts surround others: 0 gives a reason.
  var vagueness: Int {
    switch statement {
    case .callHTTPError: 1
    case .keysUnavailable, .refreshFailed: 2
    case .callFailed: 3
    case .tokenRefused: 4
    default: 0
    }
  }

  func isHeard(in other: Voice) -> Bool {
    voice == .anyone || voice == other || voice == .keycloakAlone && other == .keycloak
  }
}
