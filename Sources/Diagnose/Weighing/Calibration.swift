/// From shares to confidences: how often verdicts of a share were right on labelled runs. Weights add
/// up as if signals were independent and hints are counted carefully, so that middling shares are
/// right more often than they say; the table makes the printed confidence mean its frequency.
/// Measured by `Scripts/calibrate`, never on the run that is judged (whole scenarios left out), and
/// rounded towards less confidence; the points at .42 and .5 over all labelled runs at once.
enum Calibration {
  /// Share → confidence; in between by straight lines.
  static let table: [(share: Double, confidence: Double)] = [
    (0, 0), (0.2, 0.2), (0.35, 0.45), (0.42, 0.56), (0.5, 0.68), (0.55, 0.73), (0.65, 0.77),
    (0.70, 0.80), (0.75, 0.86), (0.85, 0.94), (0.95, 0.985), (1, 1),
  ]

  static func confidence(_ share: Double) -> Double {
    guard let above = table.firstIndex(where: { $0.share >= share }), above > 0 else {
      return min(1, max(0, share))
    }
    let a = table[above - 1]
    let b = table[above]
    return a.confidence + (share - a.share) / (b.share - a.share) * (b.confidence - a.confidence)
  }
}
