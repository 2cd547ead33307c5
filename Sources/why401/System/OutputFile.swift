#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A file that a report goes to. What it holds stays until the report is whole: the report is written beside it
/// and then takes its name. Pipes, devices, and what a folder does not let replace are written to in place.
final class OutputFile {
  let path: String
  private let place: Place

  private enum Place {
    case open(Descriptor)
    /// Written beside `target`, with its rights.
    case beside(target: String, mode: mode_t)
    /// Emptied when the report is there.
    case within
  }

  private init(_ path: String, _ place: Place) {
    self.path = path
    self.place = place
  }

  static func output() -> OutputFile { OutputFile("-", .open(.output())) }

  /// Before anything is read: why a path cannot be written shows at once, and nothing is changed yet.
  static func prepare(_ path: String) -> Result<OutputFile, SystemError> {
    func open() -> Result<OutputFile, SystemError> {
      Descriptor.create(path).map { OutputFile(path, .open($0)) }
    }
    if path.hasPrefix("/dev/") || path.hasPrefix("/proc/") { return open() }
    var status = stat()
    if unsafe stat(path, &status) == 0 {
      switch status.st_mode & S_IFMT {
      case S_IFDIR: return .failure(SystemError(code: EISDIR))
      case S_IFREG: break
      default: return open()
      }
      guard unsafe access(path, W_OK) == 0 else { return .failure(SystemError(code: errno)) }
      guard status.st_nlink == 1, let target = FileIdentity.resolved(path),
        unsafe access(FileIdentity.parted(target).folder, W_OK | X_OK) == 0
      else { return .success(OutputFile(path, .within)) }
      return .success(OutputFile(path, .beside(target: target, mode: status.st_mode & 0o7777)))
    }
    guard errno == ENOENT else { return .failure(SystemError(code: errno)) }
    // A link that leads to nothing yet.
    if unsafe lstat(path, &status) == 0 { return .success(OutputFile(path, .within)) }
    let (folder, name) = FileIdentity.parted(path)
    guard !name.isEmpty else { return .failure(SystemError(code: EISDIR)) }
    guard unsafe access(folder, W_OK | X_OK) == 0 else {
      return .failure(SystemError(code: errno))
    }
    let mask = umask(0)
    _ = umask(mask)
    return .success(OutputFile(path, .beside(target: path, mode: 0o666 & ~mask)))
  }

  /// Why the report could not be written (a reader that went away is no failure); `nil` when it was.
  func write(_ body: (Descriptor) -> Void) -> SystemError? {
    switch place {
    case .open(let descriptor):
      body(descriptor)
      return descriptor.failure == 0 ? nil : SystemError(code: descriptor.failure)
    case .within:
      switch Descriptor.create(path) {
      case .failure(let error): return error
      case .success(let descriptor):
        body(descriptor)
        return descriptor.failure == 0 ? nil : SystemError(code: descriptor.failure)
      }
    case .beside(let target, let mode): return replace(target, mode, body)
    }
  }

  private func replace(_ target: String, _ mode: mode_t, _ body: (Descriptor) -> Void)
    -> SystemError?
  {
    let folder = FileIdentity.parted(target).folder
    var name =
      Array((folder == "/" ? "" : folder).utf8CString.dropLast())
      + Array("/.why401.XXXXXX".utf8CString)
    let number = unsafe name.withUnsafeMutableBufferPointer { buffer in
      unsafe buffer.baseAddress.map { unsafe mkstemp($0) } ?? -1
    }
    guard number >= 0 else { return SystemError(code: errno) }
    let temporary = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var failure: Int32
    do {
      let descriptor = Descriptor.adopt(number)
      _ = fchmod(number, mode)
      body(descriptor)
      failure = descriptor.failure
    }
    if failure == 0, unsafe rename(temporary, target) != 0 { failure = errno }
    guard failure != 0 else { return nil }
    _ = unsafe unlink(temporary)
    return SystemError(code: failure)
  }
}
