package import Evidence

/// The words that all renderers share, so that a count or a span reads the same everywhere.
/// Program-made text only; texts from inputs pass through `Neutral` where they are written.
package enum Phrase {
  /// `1 request`, `12,480 requests`.
  package static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    grouped(number) + " " + (number == 1 ? one : many ?? one + "s")
  }

  /// Thousands with commas.
  package static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var out = number < 0 ? "-" : ""
    for (i, digit) in digits.enumerated() {
      if i > 0, (digits.count - i) % 3 == 0 { out += "," }
      out.append(digit)
    }
    return out
  }

  /// Whole per cent; `<1 %` and `>99 %` where rounding would claim nothing or everything.
  package static func percent(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "–" }
    let share = Double(part) / Double(whole) * 100
    if part > 0, share < 1 { return "<1 %" }
    if part < whole, share > 99 { return ">99 %" }
    return "\(Int(share.rounded())) %"
  }

  /// `certain (0.99)`. Never rounds up to a certainty that is not there.
  package static func confidence(_ value: Double) -> String {
    "\(Confidence.word(value)) (\(decimals(value)))"
  }

  /// Two decimals, cut.
  package static func decimals(_ value: Double) -> String {
    let hundredths = value.isFinite ? Int(min(max(value, 0), 1) * 100 + 1e-9) : 0
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// `2026-11-23 18:20:30 – 18:21:03 UTC`; the date twice only when it changes.
  package static func span(_ first: Instant, _ last: Instant) -> String {
    guard first.isKnown, last.isKnown else { return "time unknown" }
    let from = first.dateAndClock
    let to = last.dateAndClock
    if from == to { return from + " UTC" }
    return from + " – " + (from.prefix(10) == to.prefix(10) ? last.clock : to) + " UTC"
  }

  /// `0.4 s`, `33 s`, `12 min`, `3 h 20 min`, `2 d 4 h`.
  package static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e12 else { return "?" }
    if seconds > 0, seconds < 0.95 { return "0.\(max(1, Int((seconds * 10).rounded()))) s" }
    let s = Int(max(0, seconds).rounded())
    switch s {
    case ..<120: return "\(s) s"
    case ..<7200: return "\(s / 60) min"
    case ..<172_800: return "\(s / 3600) h" + (s % 3600 >= 60 ? " \(s % 3600 / 60) min" : "")
    case 94_672_800...: return "\(s / 31_556_952) years"
    default: return "\(s / 86_400) d" + (s % 86_400 >= 3600 ? " \(s % 86_400 / 3600) h" : "")
    }
  }

  /// When something was, seen from a moment: `13 s before: `, `4 min later: `, nothing for the moment.
  package static func offset(_ seconds: Double) -> String {
    abs(seconds) < 0.000_001
      ? "" : duration(abs(seconds)) + (seconds < 0 ? " before: " : " later: ")
  }

  /// An event of a life line with its time in front.
  package static func dated(_ event: LifeEvent) -> CitedClaim {
    let cited = event.claim.citations
    return CitedClaim(offset(event.offset) + event.claim.text, cited[0], Array(cited.dropFirst()))
  }

  /// `39 × 401`, `30 × 401, 9 × 503`.
  package static func statuses(_ statuses: [Int: Int]) -> String {
    statuses.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
      .map { "\(grouped($0.value)) × \(status($0.key))" }.joined(separator: ", ")
  }

  /// 0 stands for an exchange that got no answer at all.
  package static func status(_ status: Int) -> String {
    status == 0 ? "no answer" : String(status)
  }

  /// How the 401s add up: explained + harmless + undecided = all.
  package static func reconciliation(_ report: Report) -> String {
    let totals = report.totals
    let sum = totals.explained + totals.benign + totals.undecided
    func guessed(_ isHarmless: Bool) -> String {
      let count = report.findings.lazy
        .filter { $0.isGuess && ($0.category == .none) == isHarmless }
        .reduce(0) { $0 + $1.count401 }
      return count > 0 ? " (\(grouped(count)) by guesses)" : ""
    }
    let parts =
      "401s: \(grouped(totals.explained)) explained\(guessed(false)) + \(grouped(totals.benign)) harmless or foreign\(guessed(true))"
      + " + \(grouped(totals.undecided)) undecided = \(grouped(sum))"
    let known = totals.suppressed > 0 ? "; \(grouped(totals.suppressed)) of them suppressed" : ""
    return
      (sum == totals.failures401
      ? parts + (report.isInterrupted ? ", all that were read by then" : ", all of them")
      : parts + " of \(grouped(totals.failures401))") + known
  }

  /// What a headline adds when not all was read.
  package static func state(_ report: Report) -> String {
    report.isInterrupted ? " (interrupted)" : report.isProvisional ? " (provisional)" : ""
  }

  /// `18 × 401 of 1,204 requests`.
  package static func headline(_ totals: Totals) -> String {
    guard totals.failures401 + totals.adjacent > 0 else {
      return totals.requests == 0
        ? "No HTTP request was read" : "No 401 among \(count(totals.requests, "request"))"
    }
    var text = "\(grouped(totals.failures401)) × 401"
    if totals.requests > 0 { text += " of \(count(totals.requests, "request"))" }
    if totals.adjacent > 0 {
      text += ", and \(count(totals.adjacent, "related failure")) (400, 403, 5xx, …)"
    }
    return text
  }
}
