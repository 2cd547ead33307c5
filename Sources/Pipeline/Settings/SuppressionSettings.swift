internal import Evidence

/// `suppressions`: what is known and not to be reported until a day.
enum SuppressionSettings {
  private static let keys = [
    "cause", "host", "method", "path", "service", "status", "address", "reason", "until",
  ]

  static func rule(
    _ node: YAMLNode, _ reader: SettingsReader
  ) throws(SettingsFault) -> SuppressionRule {
    var rule = SuppressionRule(place: "\(reader.file):\(node.place.line)")
    for member in try reader.members(node, of: "a suppression", known: keys) {
      let text = try reader.text(member.value, member.key)
      switch member.key {
      case "reason": rule.reason = text
      case "until":
        guard let end = day(text) else {
          throw reader.fault(member.value.place, "until is a day like 2026-12-31, not \"\(text)\"")
        }
        rule.until = text
        rule.end = end
      case "cause":
        guard CauseID.allCases.contains(where: { Glob.matches(text, $0.rawValue) }) else {
          throw reader.fault(
            member.value.place,
            "no cause \"\(text)\""
              + Suggestion.words(for: text, among: CauseID.allCases.map(\.rawValue)))
        }
        rule.cause = text
      case "status":
        guard let status = UInt16(text), (100...599).contains(status) else {
          throw reader.fault(member.value.place, "status is a number like 401, not \"\(text)\"")
        }
        rule.status = status
      case "host": rule.host = text
      case "method": rule.method = text
      case "path": rule.path = text
      case "service": rule.service = text
      default: rule.address = text
      }
    }
    guard !rule.reason.isEmpty else {
      throw reader.fault(node.place, "a suppression without reason")
    }
    guard rule.end.isKnown else {
      throw reader.fault(node.place, "a suppression without until (the last day it holds)")
    }
    guard !rule.isEverything else {
      throw reader.fault(
        node.place, "a suppression of everything: name a cause, a path, a service …")
    }
    return rule
  }

  /// The end of a day in UTC; `nil` for what the calendar does not have.
  private static func day(_ text: String) -> Instant? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2],
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
      (1970...2200).contains(year), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    let start = Instant.utc(year: year, month: month, day: day, second: 0, offset: 0)
    let civil = start.civil
    guard civil.month == month, civil.day == day else { return nil }
    return start.advanced(seconds: 86_400)
  }
}
