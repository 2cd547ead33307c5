/// Takes the values of a settings tree; complains with file, line and column.
struct SettingsReader {
  let file: String

  func fault(_ place: YAMLNode.Place, _ reason: String) -> SettingsFault {
    SettingsFault(file, place, reason)
  }

  /// The members of a map whose keys are all known.
  func members(
    _ node: YAMLNode, of what: String, known: [String]
  ) throws(SettingsFault) -> [YAMLNode.Member] {
    let members = try map(node, what)
    for member in members where !known.contains(member.key) {
      throw fault(
        member.place,
        "unknown key \"\(member.key)\" in \(what)"
          + Suggestion.words(
            for: member.key, among: known, otherwise: "; known: \(known.joined(separator: ", "))"))
    }
    return members
  }

  /// The members of a map whose keys are free.
  func map(_ node: YAMLNode, _ what: String) throws(SettingsFault) -> [YAMLNode.Member] {
    if isEmpty(node) { return [] }
    guard case .map(let members) = node.content else {
      throw fault(node.place, "\(what) has to be a map (key: value)")
    }
    return members
  }

  func list(_ node: YAMLNode, _ what: String) throws(SettingsFault) -> [YAMLNode] {
    if isEmpty(node) { return [] }
    guard case .list(let items) = node.content else {
      throw fault(node.place, "\(what) has to be a list (- item)")
    }
    return items
  }

  func text(_ node: YAMLNode, _ what: String) throws(SettingsFault) -> String {
    guard case .text(let text, _) = node.content, !text.isEmpty else {
      throw fault(node.place, "\(what) has to be a text")
    }
    return text
  }

  /// One text or a list of them.
  func texts(_ node: YAMLNode, _ what: String) throws(SettingsFault) -> [String] {
    guard case .list(let items) = node.content else { return [try text(node, what)] }
    guard !items.isEmpty else { throw fault(node.place, "\(what) is empty") }
    var texts: [String] = []
    for item in items { texts.append(try text(item, what)) }
    return texts
  }

  func flag(_ node: YAMLNode, _ what: String) throws(SettingsFault) -> Bool {
    switch try text(node, what) {
    case "true": return true
    case "false": return false
    default: throw fault(node.place, "\(what) is true or false")
    }
  }

  /// One of a few words.
  func choice<Value>(
    _ node: YAMLNode, _ what: String, _ values: [(name: String, value: Value)]
  ) throws(SettingsFault) -> Value {
    let word = try text(node, what)
    if let found = values.first(where: { $0.name == word }) { return found.value }
    let names = values.map(\.name)
    let all = names.count < 12 ? "; one of \(names.joined(separator: ", "))" : ""
    throw fault(
      node.place,
      "\(what) is not \"\(word)\"" + Suggestion.words(for: word, among: names, otherwise: all))
  }

  /// A key without a value.
  private func isEmpty(_ node: YAMLNode) -> Bool {
    if case .text("", isPlain: true) = node.content { true } else { false }
  }
}
