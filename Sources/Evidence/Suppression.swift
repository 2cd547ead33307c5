/// Why a finding is not to be reported for a while, in the operator's words.
public struct Suppression: Sendable {
  public var reason: String
  /// The last day it holds, as written: `2026-12-31`.
  public var until: String
  /// Where it is set: `why401.yaml:12`.
  public var place: String

  public init(reason: String, until: String, place: String) {
    self.reason = reason
    self.until = until
    self.place = place
  }

  /// `suppressed until 2026-12-31: new tokens from January (why401.yaml:12)`.
  public var words: String { "suppressed until \(until): \(reason) (\(place))" }
}
