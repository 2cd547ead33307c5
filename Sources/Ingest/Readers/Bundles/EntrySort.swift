internal import ByteScan

/// Whether an entry of a bundle holds lines of a log, by its name and its first bytes. Bundles hold many
/// files of other kinds (manifests, certificates, pictures), whose words would only mislead.
enum EntrySort {
  enum Verdict: Equatable {
    case lines, capture
    case passedOver(Reason)
  }

  /// Why an entry was passed over; the raw value is what a report says.
  enum Reason: String, CaseIterable {
    case manifest = "manifests and other files that are no logs"
    case binary = "binary data"
    case empty = "empty"
    case link = "links and devices"
    case encrypted = "encrypted"
    case path = "without a name"
    case nested = "archives inside archives inside archives"
    case tooMany = "beyond the number of inputs that can be told apart"
  }

  private static let notLogs: Set<String> = [
    "yaml", "yml", "html", "htm", "xml", "css", "js", "ts", "map", "md", "pem", "crt", "cer", "key",
    "csr", "pub", "conf", "cfg", "ini", "properties", "sh", "py", "go", "svg", "tpl", "toml", "sql",
    "asc", "gpg", "rego", "proto", "csv", "lock", "mod", "sum", "rst",
  ]

  static func verdict(_ name: String, _ head: [UInt8]) -> Verdict {
    let s = head.span
    switch Magic.of(s, 0, s.count) {
    case .capture: return .capture
    case .empty: return .passedOver(.empty)
    case .binary: return .passedOver(.binary)
    case .text, .wideText: break
    case .gzip, .zip, .zstd, .xz, .bzip2, .lz4, .tar, .sevenZip: return .passedOver(.nested)
    }
    let ending = suffix(name)
    if notLogs.contains(ending), ending != "csv" || !RowText.begins(s, 0, s.count) {
      return .passedOver(.manifest)
    }
    var at = 0
    while at < s.count, s[at] <= 32 { at += 1 }
    guard at < s.count else { return .passedOver(.empty) }
    // `[2026-…` and `[INFO]` begin lines of logs.
    var next = at + 1
    while next < s.count, s[next] <= 32 { next += 1 }
    let opensList =
      s[at] == UInt8(ascii: "[") && next < s.count
      && (s[next] == UInt8(ascii: "{") || s[next] == UInt8(ascii: "\""))
    if s[at] == UInt8(ascii: "{") || opensList {
      return isManifest(s, at) ? .passedOver(.manifest) : .lines
    }
    if Bytes.has("---\n", s, at, s.count) || Bytes.has("apiVersion:", s, at, s.count)
      || Bytes.has("-----BEGIN ", s, at, s.count) || Bytes.has("<!DOCTYPE", s, at, s.count)
      || Bytes.has("<?xml", s, at, s.count)
    {
      return .passedOver(.manifest)
    }
    return .lines
  }

  /// JSON that is one document over many lines, or a Kubernetes object: not a log of records. Exports that
  /// can be read (HAR, Keycloak's events) are told by their words.
  private static func isManifest(_ s: Span<UInt8>, _ at: Int) -> Bool {
    let end = s.count
    if Bytes.contains("\"realmId\"", s, at, end), Bytes.contains("\"time\"", s, at, end) {
      return false
    }
    if Bytes.contains("\"log\"", s, at, min(end, at + 64)),
      Bytes.contains("\"version\"", s, at, end)
    {
      return false
    }
    if Bytes.contains("\"apiVersion\"", s, at, min(end, at + 512)),
      Bytes.contains("\"kind\"", s, at, end)
    {
      return true
    }
    let newline = Bytes.find(UInt8(ascii: "\n"), s, at, end)
    if newline < 0 { return false }
    var last = newline
    while last > at, s[last - 1] <= 32 { last -= 1 }
    return s[last - 1] != UInt8(ascii: "}") && s[last - 1] != UInt8(ascii: "]")
  }

  /// What follows the last dot of the last component, in lower case.
  private static func suffix(_ name: String) -> String {
    let file = name.split(separator: "/").last ?? ""
    guard let dot = file.lastIndex(of: ".") else { return "" }
    return file[file.index(after: dot)...].lowercased()
  }
}
