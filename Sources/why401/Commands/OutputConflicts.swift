internal import Evidence
internal import Pipeline

/// A report that would take the place of an input or of another report is refused.
struct OutputConflicts {
  private var inputs: Set<FileIdentity> = []
  /// Folders among the inputs, without links.
  private var folders: [String] = []
  private var outputs: [FileIdentity: String] = [:]
  private var paths: [String: String] = [:]

  init(inputs: [String]) {
    for input in inputs {
      let identity =
        input == "-" ? FileIdentity(descriptor: 0) : FileIdentity(path: input)
      guard let identity else { continue }
      switch identity.kind {
      case .regular: self.inputs.insert(identity)
      case .folder: if let folder = FileIdentity.resolved(input) { folders.append(folder) }
      case .characterDevice, .other: break
      }
    }
  }

  /// What speaks against a report at `path`, ready to print.
  mutating func add(_ path: String, _ option: String) -> String? {
    let identity = FileIdentity(path: path)
    if let identity {
      if identity.kind == .characterDevice { return nil }
      if inputs.contains(identity) { return "--\(option) would destroy an input: \(path)" }
      if let other = outputs[identity] {
        return "--\(other) and --\(option) name the same file: \(path)"
      }
      outputs[identity] = option
    }
    guard let resolved = FileIdentity.resolved(path) else { return nil }
    if let other = paths[resolved] {
      return "--\(other) and --\(option) name the same file: \(path)"
    }
    paths[resolved] = option
    // Yesterday's report in the folder may be replaced, a log may not.
    if identity?.kind == .regular,
      folders.contains(where: { resolved.hasPrefix($0 == "/" ? $0 : $0 + "/") }),
      !isReport(path)
    {
      return "--\(option) would destroy an input: \(path)"
    }
    return nil
  }

  private func isReport(_ path: String) -> Bool {
    guard case .success(let head) = WholeFile.head(path, count: OwnReport.length) else {
      return true
    }
    return head.isEmpty || OwnReport.begins(head)
  }
}
