/// Offsets from UTC as people write them.
package enum ZoneOffset {
  /// Seconds east of UTC of `+02:00`, `-0500`, `+2`, `UTC`, `Z`; zones in use lie between -12:00 and
  /// +14:00. Names of places are not taken: their offset depends on the day.
  package static func of(_ text: String) -> Int? {
    if ["UTC", "GMT", "Z"].contains(text.uppercased()) { return 0 }
    guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
    let digits = text.dropFirst()
    guard digits.utf8.allSatisfy({ (48...58).contains($0) }) else { return nil }
    let hours: Int?
    let minutes: Int?
    if let colon = digits.firstIndex(of: ":") {
      let rest = digits[digits.index(after: colon)...]
      guard rest.count == 2 else { return nil }
      hours = digits[..<colon].count <= 2 ? Int(digits[..<colon]) : nil
      minutes = Int(rest)
    } else if digits.count == 4 {
      hours = Int(digits.prefix(2))
      minutes = Int(digits.suffix(2))
    } else {
      hours = digits.count <= 2 ? Int(digits) : nil
      minutes = 0
    }
    guard let hours, let minutes, minutes < 60 else { return nil }
    let seconds = (hours * 60 + minutes) * 60
    guard seconds <= (sign == "-" ? 12 : 14) * 3600 else { return nil }
    return sign == "-" ? -seconds : seconds
  }
}
