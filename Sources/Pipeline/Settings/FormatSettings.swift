internal import Evidence
internal import Ingest

/// `log_formats` and `json_formats`: lines that only this operator's servers write.
enum FormatSettings {
  /// A pattern, or a map of `pattern` and `role`.
  static func pattern(
    _ node: YAMLNode, _ reader: SettingsReader
  ) throws(SettingsFault) -> UserFormat {
    if case .text = node.content { return try compile(node, .unknown, reader) }
    var pattern: YAMLNode?
    var role = Hop.unknown
    for member in try reader.members(node, of: "a log format", known: ["pattern", "role"]) {
      if member.key == "pattern" {
        pattern = member.value
      } else {
        role = try reader.choice(member.value, "role", WishSettings.roles)
      }
    }
    guard let pattern else { throw reader.fault(node.place, "a log format without pattern") }
    return try compile(pattern, role, reader)
  }

  private static func compile(
    _ node: YAMLNode, _ role: Hop, _ reader: SettingsReader
  ) throws(SettingsFault) -> UserFormat {
    let text = try reader.text(node, "pattern")
    do throws(PatternFormat.Wrong) {
      return UserFormat(.text(try PatternFormat.parse(text)), hop: role)
    } catch {
      throw reader.fault(node.place, error.text)
    }
  }

  /// `fields`: what stands under which key; `when`: members that tell these lines from others.
  static func json(
    _ node: YAMLNode, _ reader: SettingsReader
  ) throws(SettingsFault) -> UserFormat {
    var fields: [JSONFieldFormat.Field] = []
    var conditions: [(path: String, text: String)] = []
    var role = Hop.unknown
    for member in try reader.members(node, of: "a JSON format", known: ["fields", "when", "role"]) {
      switch member.key {
      case "role": role = try reader.choice(member.value, "role", WishSettings.roles)
      case "when":
        for test in try reader.map(member.value, "when") {
          conditions.append((test.key, try reader.text(test.value, "the value of \(test.key)")))
        }
      default:
        let known = JSONFieldFormat.names.map(\.name)
        for field in try reader.members(member.value, of: "fields", known: known) {
          for path in try reader.texts(field.value, field.key) {
            guard let made = JSONFieldFormat.Field(named: field.key, path: path) else { continue }
            fields.append(made)
          }
        }
      }
    }
    guard let format = JSONFieldFormat(fields, conditions) else {
      throw reader.fault(node.place, "a JSON format needs the field status or message")
    }
    return UserFormat(.json(format), hop: role)
  }
}
