package import Evidence

/// `roles` and `clocks`, in the settings and on the command line.
package enum WishSettings {
  package static let roles: [(name: String, value: Hop)] = [
    ("edge", .edge), ("application", .application), ("keycloak", .keycloak),
    ("auth_service", .authService),
  ]

  /// A map of roles to names.
  static func roles(
    _ node: YAMLNode, _ reader: SettingsReader
  ) throws(SettingsFault) -> [Wishes.Role] {
    var found: [Wishes.Role] = []
    for member in try reader.members(node, of: "roles", known: roles.map(\.name)) {
      guard let hop = roles.first(where: { $0.name == member.key })?.value else { continue }
      for name in try reader.texts(member.value, member.key) {
        found.append(Wishes.Role(hop: hop, name: name))
      }
    }
    return found
  }

  /// A map of inputs to offsets.
  static func clocks(
    _ node: YAMLNode, _ reader: SettingsReader
  ) throws(SettingsFault) -> [Wishes.Clock] {
    var found: [Wishes.Clock] = []
    for member in try reader.map(node, "clocks") {
      let text = try reader.text(member.value, "a clock")
      guard let seconds = seconds(text) else {
        throw reader.fault(
          member.value.place, "a clock is an offset in seconds like +3.2, not \"\(text)\"")
      }
      found.append(Wishes.Clock(name: member.key, seconds: seconds))
    }
    return found
  }

  /// `keycloak=kc.log`; the reason when it is none.
  package static func role(_ text: String) -> (role: Wishes.Role?, reason: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty else {
      return (nil, "a role is ROLE=NAME, for instance keycloak=kc.log, not \"\(text)\"")
    }
    let names = roles.map(\.name)
    guard let hop = roles.first(where: { $0.name == parts[0] })?.value else {
      return (
        nil,
        "a role is one of \(names.joined(separator: ", ")), not \"\(parts[0])\""
          + Suggestion.words(for: String(parts[0]), among: names)
      )
    }
    return (Wishes.Role(hop: hop, name: String(parts[1])), "")
  }

  /// `kc.log=+3.2`; `nil` when it is none.
  package static func clock(_ text: String) -> Wishes.Clock? {
    guard let sign = text.lastIndex(of: "="), sign > text.startIndex,
      let seconds = seconds(String(text[text.index(after: sign)...]))
    else { return nil }
    return Wishes.Clock(name: String(text[..<sign]), seconds: seconds)
  }

  /// `+3.2`, `-0.5s`; at most a day.
  private static func seconds(_ text: String) -> Double? {
    let number = text.hasSuffix("s") ? text.dropLast() : text[...]
    guard number.utf8.count <= 12, number.utf8.allSatisfy({ "+-.0123456789".utf8.contains($0) }),
      let value = Double(number), abs(value) <= 86_400
    else { return nil }
    return value
  }
}
