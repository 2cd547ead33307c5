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
    // Large pages are asked for before anything is moved there: what was written to lies in small ones.
    let old = self
    self = unsafe Array(unsafeUninitializedCapacity: count) { room, filled in
      unsafe LargePages.ask(room.baseAddress, count * MemoryLayout<Element>.stride)
      filled = unsafe room.initialize(fromContentsOf: old)
    }
  }

  /// Makes room for one more before it is appended: for `few` at first, for `most` in large pages once they are more,
  /// and then for twice as many. A large page is cleared as a whole, which takes as long as reading 2 MB does: too
  /// long for a small log.
  @inlinable public mutating func makeRoom(few: Int, most: Int) {
    guard count == capacity else { return }
    if count < few { reserveCapacity(few) } else { reserveLarge(Swift.max(most, 2 * count)) }
  }

  /// Gives the memory of some elements back to the system, which hands it out again for what is written next. A page
  /// that nobody had for a while may take a virtual machine twenty times as long.
  ///
  /// Unsafe: those elements may be anything from then on, in whoever shares this array's memory too, for nothing is
  /// copied. The caller sees to it that nobody else has the memory, and reads none of them before it is written again.
  @unsafe package func giveUp(_ range: Range<Int>) {
    let stride = MemoryLayout<Element>.stride
    unsafe withUnsafeBytes { all in
      unsafe LargePages.giveUp(
        UnsafeRawBufferPointer(
          rebasing: all[range.lowerBound * stride..<range.upperBound * stride]))
    }
  }

  /// An array of `count` elements, which `fill` writes all of, and room for some more, in large pages.
  public init(
    large count: Int, room: Int = 0, _ fill: (UnsafeMutableBufferPointer<Element>) -> Void
  ) {
    unsafe self.init(unsafeUninitializedCapacity: count + room) { all, filled in
      unsafe LargePages.ask(all.baseAddress, (count + room) * MemoryLayout<Element>.stride)
      unsafe fill(UnsafeMutableBufferPointer(rebasing: all[..<count]))
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

  /// Gives back the whole large pages among some bytes.
  static func giveUp(_ bytes: UnsafeRawBufferPointer) {
    #if os(Linux)
      guard let base = unsafe UnsafeMutableRawPointer(mutating: bytes.baseAddress) else { return }
      let ahead = (size - Int(bitPattern: base) & (size - 1)) & (size - 1)
      let whole = (bytes.count - ahead) / size * size
      if whole > 0 { _ = unsafe madvise(base + ahead, whole, MADV_DONTNEED) }
    #endif
  }
}
