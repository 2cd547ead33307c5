#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Lists the files below the given inputs, sorted by name. Does not open them.
package enum FolderWalk {
  /// Deeper folders are left out with a problem: nothing that logs are kept in is that deep.
  static let deepest = 32

  package struct Result: Sendable {
    /// Paths as they will be cited, sorted, each once.
    package var files: [String] = []
    /// `path: reason`, ready to print, sorted.
    package var problems: [String] = []
  }

  package static func files(_ inputs: [String]) -> Result {
    var result = Result()
    for input in inputs { visit(input, depth: 0, &result) }
    result.files = Array(Set(result.files)).sorted()
    result.problems = Array(Set(result.problems)).sorted()
    return result
  }

  private static func visit(_ path: String, depth: Int, _ result: inout Result) {
    if path == "-" {
      result.files.append(path)
      return
    }
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      result.problems.append("\(path): \(InputFailure(code: errno).text)")
      return
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      // Sockets, devices and FIFOs inside folders would block or never end.
      let kind = status.st_mode & S_IFMT
      if depth == 0 || kind == S_IFREG {
        result.files.append(path)
      } else {
        result.problems.append("\(path): neither a file nor a folder; passed over")
      }
      return
    }
    guard depth < deepest else {
      result.problems.append("\(path): nested too deeply; passed over")
      return
    }
    guard let folder = unsafe opendir(path) else {
      result.problems.append("\(path): \(InputFailure(code: errno).text)")
      return
    }
    defer { unsafe _ = closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    for name in names.sorted() {
      let child = path.hasSuffix("/") ? path + name : path + "/" + name
      var link = stat()
      // A link to a folder may lead back up: only links to files are followed.
      if unsafe lstat(child, &link) == 0, link.st_mode & S_IFMT == S_IFLNK {
        var target = stat()
        if unsafe stat(child, &target) == 0, target.st_mode & S_IFMT == S_IFDIR { continue }
      }
      visit(child, depth: depth + 1, &result)
    }
  }
}
