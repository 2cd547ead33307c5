internal import Evidence

/// What the process tells its caller; the same for every renderer (see the man page).
enum ExitStatus: Int32 {
  /// Nothing to report: no failure, or only harmless ones.
  case clean = 0
  /// At least one finding that is more than a guess.
  case findings = 1
  /// Something could not be read (or not enough of it), or not be written.
  case trouble = 2
  /// 401s were found, and none could be explained with confidence.
  case undecided = 3
  /// The command line is wrong (EX_USAGE of sysexits.h).
  case usage = 64
  /// Ended by Ctrl-C (128 + SIGINT).
  case interrupted = 130
}

/// From which confidence on a finding makes the exit status 1.
enum FailOn: String, CaseIterable {
  case any, likely, never
}

extension ExitStatus {
  /// Harmless findings (category `none`) do not count unless they are guesses; trouble and
  /// interruption go before findings, because a caller that trusts an incomplete answer is misled.
  static func of(
    _ report: Report, isUnreadable: Bool, isInterrupted: Bool, failOn: FailOn
  ) -> ExitStatus {
    if isInterrupted { return .interrupted }
    if isUnreadable { return .trouble }
    // What the settings suppress is known, and no news.
    let findings = report.findings.filter { $0.suppression == nil }
    let faults = findings.filter { $0.category != .none && $0.category != .undecided }
    let answers = faults.filter { !$0.isGuess }
    let least = failOn == .likely ? 0.8 : 0
    if failOn != .never, answers.contains(where: { $0.confidence >= least }) { return .findings }
    // Found faults are an answer, whatever else was among the inputs; silence about text that nobody
    // understood, or that broke off, is none.
    if faults.isEmpty, !report.wasUnderstood || report.inputs.contains(where: \.isBrokenOff) {
      return .trouble
    }
    if failOn == .never { return .clean }
    let isGuess = findings.contains(where: \.isGuess)
    let isKnown = report.findings.contains {
      $0.category == .undecided && $0.suppression != nil
    }
    let isOpen =
      findings.contains { $0.category == .undecided } || report.totals.undecided > 0 && !isKnown
    if answers.isEmpty, isOpen || isGuess { return .undecided }
    return .clean
  }
}

extension Report {
  /// `false` when there was nothing to read, or more than half of all lines meant nothing to any reader.
  var wasUnderstood: Bool {
    let lines = inputs.reduce(0) { $0 + $1.lines }
    let unparsed = inputs.reduce(0) { $0 + $1.unparsed }
    let isAnyKnown = inputs.contains { !$0.formats.isEmpty }
    return isAnyKnown && lines > 0 && unparsed * 2 <= lines
  }
}
