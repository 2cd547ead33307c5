#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

extension Array where Element: BitwiseCopyable {
  /// Makes room for many elements at once, of which only what is written to becomes memory; in large pages where
  /// the system gives such: else every four kilobytes that are written for the first time are a call of the kernel,
  /// and looks here and there wait for its tables.
  public mutating func reserveLarge(_ count: Int) {
    guard count > capacity else { return }
    reserveCapacity(count)
    let bytes = capacity * MemoryLayout<Element>.stride
    unsafe withUnsafeMutableBufferPointer { unsafe LargePages.ask($0.baseAddress, bytes) }
  }

  /// An array of `count` elements, which `fill` writes all of, in large pages.
  public init(large count: Int, _ fill: (UnsafeMutableBufferPointer<Element>) -> Void) {
    unsafe self.init(unsafeUninitializedCapacity: count) { room, filled in
      unsafe LargePages.ask(room.baseAddress, count * MemoryLayout<Element>.stride)
      unsafe fill(room)
      filled = count
    }
  }
}

/// A hint to the system; nothing depends on whether it is taken.
enum LargePages {
  private static let size = 2 << 20

  /// Asks for large pages for what lies in whole ones of so many bytes from `base` on.
  static func ask(_ base: UnsafeMutableRawPointer?, _ bytes: Int) {
    #if os(Linux)
      guard let base = unsafe base, bytes >= size else { return }
      let ahead = (size - Int(bitPattern: base) & (size - 1)) & (size - 1)
      let whole = (bytes - ahead) / size * size
      if whole > 0 { _ = unsafe madvise(base + ahead, whole, MADV_HUGEPAGE) }
    #endif
  }
}
