internal import Ingest

/// What `why401.yaml` says: how inputs are read, what own texts mean, what is not to be reported
/// for a while.
package enum Settings {
  package static let largest = YAMLReader.largest

  /// What a field of a JSON line may be called.
  package static let jsonFields = JSONFieldFormat.names.map(\.name)

  private static let keys = [
    "timezone", "log_formats", "json_formats", "messages", "suppressions", "roles", "clocks",
  ]

  /// Puts the settings of a file into `options`. `file` is its name for complaints and notes.
  package static func apply(
    _ bytes: [UInt8], named file: String, to options: inout IngestOptions
  ) throws(SettingsFault) {
    let reader = SettingsReader(file: file)
    options.settings.append(file)
    var messages: [MessageSignature] = []
    guard let root = try YAMLReader.read(bytes, named: file) else { return }
    for member in try reader.members(root, of: "the settings", known: keys) {
      let value = member.value
      switch member.key {
      case "timezone":
        let text = try reader.text(value, "timezone")
        guard let offset = ZoneOffset.of(text) else {
          throw reader.fault(
            value.place, "timezone is an offset like +02:00, -0500 or UTC, not \"\(text)\"")
        }
        options.timezone = offset
      case "log_formats":
        for item in try reader.list(value, "log_formats") {
          options.patterns.append(try FormatSettings.pattern(item, reader))
        }
      case "json_formats":
        for item in try reader.list(value, "json_formats") {
          options.patterns.append(try FormatSettings.json(item, reader))
        }
      case "roles": options.wishes.roles += try WishSettings.roles(value, reader)
      case "clocks": options.wishes.clocks += try WishSettings.clocks(value, reader)
      case "messages":
        for item in try reader.list(value, "messages") {
          messages.append(try MessageSettings.row(item, reader))
        }
      default:
        for item in try reader.list(value, "suppressions") {
          options.suppressions.append(try SuppressionSettings.rule(item, reader))
        }
      }
    }
    if !messages.isEmpty { MessageSignatures.prepend(messages) }
  }
}
