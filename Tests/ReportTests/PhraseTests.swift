import Evidence
import Report
import Testing

struct PhraseTests {
  @Test func `counts that add up say so, and a gap is shown`() {
    var report = Report()
    report.totals.failures401 = 10
    report.totals.explained = 6
    report.totals.benign = 2
    report.totals.undecided = 2
    #expect(Phrase.reconciliation(report).hasSuffix("= 10, all of them"))
    report.isInterrupted = true
    #expect(Phrase.reconciliation(report).hasSuffix("= 10, all that were read by then"))
    report.totals.undecided = 1
    #expect(Phrase.reconciliation(report).hasSuffix("= 9 of 10"))
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000"),
  ])
  func `thousands are grouped`(_ number: Int, _ text: String) {
    #expect(Phrase.grouped(number) == text)
  }

  @Test func `a confidence is never rounded up to certainty`() {
    #expect(Phrase.confidence(0.9899) == "very likely (0.98)")
    #expect(Phrase.confidence(0.999) == "certain (0.99)")
    #expect(Phrase.confidence(.nan) == "possible (0.00)")
  }

  @Test func `a share neither vanishes nor becomes the whole by rounding`() {
    #expect(Phrase.percent(1, of: 1000) == "<1 %")
    #expect(Phrase.percent(999, of: 1000) == ">99 %")
    #expect(Phrase.percent(0, of: 0) == "–")
  }

  @Test func `a date is printed once when both ends share it`() {
    let first = Instant.utc(year: 2026, month: 1, day: 31, hour: 23, minute: 59)
    #expect(
      Phrase.span(first, first.advanced(seconds: 30)) == "2026-01-31 23:59:00 – 23:59:30 UTC")
    #expect(
      Phrase.span(first, first.advanced(seconds: 90))
        == "2026-01-31 23:59:00 – 2026-02-01 00:00:30 UTC")
    #expect(Phrase.span(.unknown, first) == "time unknown")
  }
}
