#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Evidence

/// Reads something small to its end: a token, a report.
enum WholeFile {
  /// The first bytes of a file, `count` at most.
  static func head(_ path: String, count: Int) -> Result<[UInt8], SystemError> {
    let number = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard number >= 0 else { return .failure(SystemError(code: errno)) }
    defer { _ = close(number) }
    var bytes = [UInt8](repeating: 0, count: count)
    let got = unsafe bytes.withUnsafeMutableBytes { unsafe systemRead(number, $0) }
    guard got >= 0 else { return .failure(SystemError(code: errno)) }
    bytes.removeSubrange(got...)
    return .success(bytes)
  }

  /// `-` is standard input. Stops with EFBIG beyond `limit` bytes.
  static func read(_ path: String, atMost limit: Int) -> Result<[UInt8], SystemError> {
    let number = path == "-" ? 0 : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { return .failure(SystemError(code: errno)) }
    defer { if number != 0 { _ = close(number) } }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { unsafe systemRead(number, $0) }
      if count == 0 { return .success(bytes) }
      if count < 0 {
        if errno == EINTR, !Interruption.isWanted { continue }
        return .failure(SystemError(code: errno))
      }
      guard bytes.count + count <= limit else { return .failure(SystemError(code: EFBIG)) }
      bytes.append(contentsOf: chunk[0..<count])
    }
  }
}

private func systemRead(_ number: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
  #if canImport(Glibc)
    unsafe Glibc.read(number, buffer.baseAddress, buffer.count)
  #else
    unsafe Darwin.read(number, buffer.baseAddress, buffer.count)
  #endif
}

enum Clock {
  /// The machine's clock.
  static var now: Instant {
    var time = timespec()
    guard unsafe clock_gettime(CLOCK_REALTIME, &time) == 0 else { return .unknown }
    return Instant(nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
  }
}
