/// One value of a YAML document, with the place where it begins. Keys are texts, each at most once.
struct YAMLNode: Sendable {
  enum Content: Sendable {
    /// `isPlain`: without quotes.
    case text(String, isPlain: Bool)
    case list([YAMLNode])
    case map([Member])
  }
  struct Member: Sendable {
    var key: String
    var place: Place
    var value: YAMLNode
  }
  /// From 1, in characters.
  struct Place: Sendable {
    var line = 1
    var column = 1
  }
  var content: Content
  var place: Place
}

/// Why a settings file cannot be used: `why401.yaml:12:3: unknown key "mesages"`, ready to print.
package struct SettingsFault: Error, Sendable {
  package let text: String

  init(_ file: String, _ place: YAMLNode.Place, _ reason: String) {
    text = "\(file):\(place.line):\(place.column): \(reason)"
  }
}
