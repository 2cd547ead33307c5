#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// An open file, FIFO or standard input; closed with its owner. Reads with read(2) and pread(2), never
/// through mmap: a log may be truncated while it is read.
package struct InputFile: ~Copyable {
  let descriptor: Int32
  private let isOwned: Bool
  /// Bytes at the time of opening; 0 for pipes.
  package let size: Int
  /// A plain file: can be read in blocks. Others are read once, from front to back.
  package let isRegular: Bool
  /// Last change, seconds since the epoch; a hint for stamps without a year.
  package let modified: Int
  /// Which file it is, whatever it is called.
  package let device: UInt64
  package let inode: UInt64

  /// Opens `path`; `-` is standard input. The error text is ready to print after `path: `.
  package init(path: String) throws(InputFailure) {
    let isStandardInput = path == "-"
    let opened = isStandardInput ? 0 : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw InputFailure(code: errno) }
    var status = stat()
    guard unsafe fstat(opened, &status) == 0 else {
      let code = errno
      if !isStandardInput { close(opened) }
      throw InputFailure(code: code)
    }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      if !isStandardInput { close(opened) }
      throw InputFailure(code: EISDIR)
    }
    descriptor = opened
    isOwned = !isStandardInput
    // Standard input may stand in the middle of a file (`(head -1; why401) < x`): read it as a pipe.
    isRegular = status.st_mode & S_IFMT == S_IFREG && !isStandardInput
    size = isRegular ? Int(status.st_size) : 0
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(truncatingIfNeeded: status.st_ino)
    #if canImport(Darwin)
      modified = Int(status.st_mtimespec.tv_sec)
    #else
      modified = Int(status.st_mtim.tv_sec)
    #endif
  }

  /// A FIFO, a process substitution, a socket or a device; `-` counts. Does not open it.
  package static func isPipe(path: String) -> Bool {
    if path == "-" { return true }
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return false }
    let kind = status.st_mode & S_IFMT
    return kind != S_IFREG && kind != S_IFDIR
  }

  /// Bytes of a file; of a gzip file what its end says of its content (RFC 1952 §2.3.1), modulo 2^32.
  package var unpackedSize: Int {
    var tail = [UInt8](repeating: 0, count: 4)
    guard size > 18, (try? read(into: &tail, at: 0, count: 2, from: 0)) == 2, tail[0] == 0x1f,
      tail[1] == 0x8b, (try? read(into: &tail, at: 0, count: 4, from: size - 4)) == 4
    else { return size }
    return tail.indices.reduce(0) { $0 | Int(tail[$1]) << ($1 * 8) }
  }

  /// Bytes that it has by now; 0 where that cannot be asked.
  var length: Int {
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Whether `path` leads to another file by now; not while it leads nowhere.
  func isReplaced(at path: String) -> Bool {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return false }
    return UInt64(truncatingIfNeeded: status.st_dev) != device
      || UInt64(truncatingIfNeeded: status.st_ino) != inode
  }

  /// Goes to a byte of a plain file; `false` for others.
  func seek(to position: Int) -> Bool {
    isRegular && lseek(descriptor, off_t(position), SEEK_SET) == off_t(position)
  }

  /// Something other than a folder stands under `path`.
  package static func exists(path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
  }

  deinit { if isOwned { close(descriptor) } }

  /// Whether a read would not block, after waiting for so long.
  func isReadable(within milliseconds: Int32) -> Bool {
    var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&wait, 1, milliseconds) != 0
  }

  /// Reads into `buffer[at...]`, at most `count` bytes: the number read, 0 at the end, or a failure.
  package func read(into buffer: inout [UInt8], at: Int, count: Int) throws(InputFailure) -> Int {
    try unsafe read(into: &buffer, at: at, count: count) { (base, size) in
      unsafe Self.readNext(self.descriptor, base, size)
    }
  }

  /// The same from a position of the file, without moving.
  package func read(into buffer: inout [UInt8], at: Int, count: Int, from position: Int)
    throws(InputFailure) -> Int
  {
    try unsafe read(into: &buffer, at: at, count: count) { (base, size) in
      unsafe pread(self.descriptor, base, size, off_t(position))
    }
  }

  private static func readNext(_ descriptor: Int32, _ base: UnsafeMutableRawPointer, _ size: Int)
    -> Int
  {
    #if canImport(Glibc)
      unsafe Glibc.read(descriptor, base, size)
    #elseif canImport(Musl)
      unsafe Musl.read(descriptor, base, size)
    #else
      unsafe Darwin.read(descriptor, base, size)
    #endif
  }

  private func read(
    into buffer: inout [UInt8], at: Int, count: Int,
    _ call: (UnsafeMutableRawPointer, Int) -> Int
  ) throws(InputFailure) -> Int {
    guard at >= 0, count > 0, at + count <= buffer.count else { return 0 }
    while true {
      let got = unsafe buffer.withUnsafeMutableBytes {
        (bytes: UnsafeMutableRawBufferPointer) -> Int in
        guard let base = bytes.baseAddress else { return 0 }
        return unsafe call(base + at, count)
      }
      if got >= 0 { return got }
      if errno != EINTR { throw InputFailure(code: errno) }
    }
  }
}

/// A system call that failed.
package struct InputFailure: Error, Sendable {
  package var code: Int32

  /// In lower case, without the name of the file: `permission denied`.
  package var text: String {
    guard let message = unsafe strerror(code) else { return "error \(code)" }
    let words = unsafe String(cString: message)
    return words.prefix(1).lowercased() + words.dropFirst()
  }
}
