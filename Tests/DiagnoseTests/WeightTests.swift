import Evidence
import Testing

@testable import Diagnose

/// What is told for and against a cause, and with which lines.
@Suite struct WeightTests {
  private static func line(_ number: Int) -> Citation { Citation(source: 0, number: number) }
  private let refused = (1...4).map { WeightTests.line($0) }

  @Test func `a comparison cites three lines of one side and two of the other`() {
    var weight = Weight()
    weight.add(
      .echo, "others are served", refused, beside: (7...9).map { WeightTests.line($0) },
      alone: "refused")
    #expect(weight.supports.map(\.text) == ["others are served"])
    #expect(weight.supports[0].citations.map(\.number) == [1, 2, 3, 7, 8])
  }

  @Test func `without a line of the other side no more is said than the lines show`() {
    for others in [[], [WeightTests.line(2)]] {
      var weight = Weight()
      weight.add(.echo, "others are served", refused, beside: others, alone: "refused")
      #expect(weight.supports.map(\.text) == ["refused"])
      #expect(weight.logOdds == Odds.echo.logOdds)
    }
  }

  @Test func `a remark against a cause is marked`() {
    var weight = Weight()
    weight.note(.echo, times: 1, "for")
    weight.note(.echo, times: -1, "not for")
    #expect(Odds.echo.logOdds > 0)
    #expect(weight.remarks == ["for", "against it: not for"])
  }
}
