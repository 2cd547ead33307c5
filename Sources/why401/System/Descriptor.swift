#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A file descriptor to write to. A reader that went away (EPIPE) is no error: what follows vanishes.
final class Descriptor {
  private let number: Int32
  private let isOwned: Bool
  /// `errno` of the first failed write, EPIPE aside; 0 none.
  private(set) var failure: Int32 = 0
  /// Whoever read went away.
  private(set) var isGone = false

  private init(_ number: Int32, isOwned: Bool) {
    self.number = number
    self.isOwned = isOwned
  }
  deinit { if isOwned { _ = close(number) } }

  static func output() -> Descriptor { Descriptor(1, isOwned: false) }
  static func errors() -> Descriptor { Descriptor(2, isOwned: false) }

  /// Closes `number` when nobody needs it any more.
  static func adopt(_ number: Int32) -> Descriptor { Descriptor(number, isOwned: true) }

  /// Creates or empties a file; the error's text when that fails.
  static func create(_ path: String) -> Result<Descriptor, SystemError> {
    let number = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    return number < 0
      ? .failure(SystemError(code: errno)) : .success(Descriptor(number, isOwned: true))
  }

  /// `false` when nobody wants more.
  func write(_ bytes: [UInt8]) -> Bool {
    var done = 0
    while done < bytes.count, failure == 0, !isGone {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        guard let base = buffer.baseAddress else { return 0 }
        return unsafe systemWrite(number, base + done, bytes.count - done)
      }
      if count > 0 {
        done += count
      } else if count < 0, errno == EPIPE {
        isGone = true
      } else if count < 0, errno != EINTR, errno != EAGAIN {
        failure = errno
      }
    }
    return failure == 0 && !isGone
  }
  @discardableResult func write(_ text: String) -> Bool { write(Array(text.utf8)) }
}

private func systemWrite(_ number: Int32, _ base: UnsafeRawPointer, _ count: Int) -> Int {
  #if canImport(Glibc)
    unsafe Glibc.write(number, base, count)
  #else
    unsafe Darwin.write(number, base, count)
  #endif
}

/// An `errno` with its words.
struct SystemError: Error {
  let code: Int32
  var text: String { unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)" }
}
