internal import Evidence

/// Compares the headers of a request before and behind a proxy, where both legs were captured.
enum HopDifferences {
  /// Legs looked at, and differences told.
  private static let mostRows = 50
  private static let most = 6

  static func of(_ rows: some Sequence<Int>, _ scene: Scene) -> [CitedClaim] {
    var texts: [String] = []
    var lines: [String: [Citation]] = [:]
    var compared = 0
    for i in rows {
      let e = scene.exchange(i)
      guard e.wireInner >= 0 else { continue }
      let inner = scene.file.legs[Int(e.wireInner)]
      let outer = e.wire >= 0 ? scene.file.legs[Int(e.wire)] : e.request
      guard !outer.headers.isNone, !inner.headers.isNone, outer.hop == .wire else { continue }
      for text in differences(scene.text(outer.headers), scene.text(inner.headers)) {
        if lines[text] == nil { texts.append(text) }
        if lines[text]?.count ?? 0 < 4 {
          lines[text, default: []] += [outer.citation, inner.citation]
        }
      }
      compared += 1
      if compared == mostRows { break }
    }
    return texts.prefix(most).compactMap { CitedClaim($0, lines[$0] ?? []) }
  }

  /// `Authorization: Bearer (JWT) before the proxy, none behind it`.
  static func differences(_ outer: String, _ inner: String) -> [String] {
    let before = fields(outer)
    let after = fields(inner)
    var names: [String] = []
    for (name, _) in before + after where !names.contains(name) { names.append(name) }
    var result: [String] = []
    for name in names {
      let a = before.first { $0.name == name }?.value
      let b = after.first { $0.name == name }?.value
      if a == b {
        // That nothing happened to the credential is worth a word.
        if name == "Authorization", let a { result.append("\(name): \(a) on both legs") }
        continue
      }
      result.append("\(name): \(a ?? "none") before the proxy, \(b ?? "none") behind it")
    }
    return result
  }

  /// `Name: value; Name: value`.
  private static func fields(_ text: String) -> [(name: String, value: String)] {
    text.split(separator: ";").compactMap { part in
      let trimmed = part.drop { $0 == " " }
      guard let colon = trimmed.firstIndex(of: ":") else { return nil }
      let value = trimmed[trimmed.index(after: colon)...].drop { $0 == " " }
      return (String(trimmed[..<colon]), String(value))
    }
  }
}
