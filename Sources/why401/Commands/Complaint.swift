internal import Pipeline
internal import Report

/// What goes wrong, on standard error. Names and texts from outside are made harmless, and
/// what in them is a secret is not repeated.
enum Complaint {
  static func say(_ text: String) {
    Descriptor.errors().write("why401: \(Neutral.text(Masked.text(text)))\n")
  }

  /// Problems that are told one by one; of more, how many there are.
  private static let most = 50

  static func say(_ problems: [String]) {
    for problem in problems.prefix(most) { say(problem) }
    if problems.count > most { say("and \(problems.count - most) more such problems") }
  }
}
