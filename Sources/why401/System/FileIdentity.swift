#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Which file a path leads to, whatever it is called: by device and inode.
struct FileIdentity: Hashable {
  enum Kind: Hashable { case regular, folder, characterDevice, other }

  let device: UInt64
  let inode: UInt64
  let kind: Kind

  /// `nil` where there is nothing, or nothing that may be looked at.
  init?(path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  init?(descriptor: Int32) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(truncatingIfNeeded: status.st_ino)
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .regular
    case S_IFDIR: kind = .folder
    case S_IFCHR: kind = .characterDevice
    default: kind = .other
    }
  }

  /// The path without links; of a file that does not exist yet, its folder's with its name.
  static func resolved(_ path: String) -> String? {
    if let whole = real(path) { return whole }
    let (folder, name) = parted(path)
    return real(folder).map { $0 == "/" ? "/" + name : $0 + "/" + name }
  }

  /// Folder (`.` where none is named) and name.
  static func parted(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = String(path[..<slash])
    return (folder.isEmpty ? "/" : folder, String(path[path.index(after: slash)...]))
  }

  private static func real(_ path: String) -> String? {
    guard let text = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(text) }
    return unsafe String(cString: text)
  }
}
