internal import Evidence

extension Sources {
  /// The folder that all inputs share, with its last slash; people read citations without it. Empty when
  /// it is short: short folders cost little, and what is printed can be opened as it stands.
  var sharedFolder: String {
    let longEnough = 16
    guard let name = all.first?.name else { return "" }
    var shared = Array(name)
    for source in all {
      shared.removeLast(shared.count - zip(shared, source.name).prefix { $0 == $1 }.count)
    }
    guard let slash = shared.lastIndex(of: "/") else { return "" }
    let folder = String(shared[...slash])
    return folder.count < longEnough ? "" : folder
  }

  /// A name or citation without the shared folder.
  func short(_ name: String, _ folder: String) -> String {
    !folder.isEmpty && name.hasPrefix(folder) ? String(name.dropFirst(folder.count)) : name
  }
}
