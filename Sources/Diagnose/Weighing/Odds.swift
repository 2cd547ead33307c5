/// How much one sign tells for a cause: a log-likelihood ratio (natural logarithm; 0 tells nothing, against the cause
/// below). Made in the table alone (`WeightTable.swift` and the files beside it), which names each.
struct Odds: Sendable {
  /// As in the table.
  let name: StaticString
  let logOdds: Double

  init(_ logOdds: Double, name: StaticString = #function) {
    self.name = name
    self.logOdds = logOdds
  }
}
