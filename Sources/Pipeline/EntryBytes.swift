internal import Ingest

/// The bytes behind a name that is cited: of a file, packed or not, or of an entry of an archive
/// (`bundle.tar.gz!ns/pod.log`).
struct EntryBytes: ~Copyable {
  private var unpacking: Unpacking
  let entry: Unpacking.Entry

  /// `isRaw`: rows of tables are given as they stand. `nil` when the archive has no such entry; throws when there is no such file.
  init?(_ name: String, isRaw: Bool = false) throws(InputFailure) {
    let path = EntryBytes.file(name)
    var unpacking = Unpacking(try InputFile(path: path), path: path, isRaw: isRaw)
    while let entry = unpacking.next() {
      guard entry.name == name else { continue }
      self.entry = entry
      self.unpacking = unpacking
      return
    }
    return nil
  }

  mutating func read(into buffer: inout [UInt8]) -> Int { unpacking.read(into: &buffer, at: 0) }

  /// The file that a name begins with: a `!` may belong to the name of the file itself.
  static func file(_ name: String) -> String {
    if InputFile.exists(path: name) { return name }
    var from = name.startIndex
    while let mark = name[from...].firstIndex(of: "!") {
      let path = String(name[..<mark])
      if InputFile.exists(path: path) { return path }
      from = name.index(after: mark)
    }
    return name
  }
}
