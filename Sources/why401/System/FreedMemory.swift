internal import CMalloc

/// What becomes of memory that one stage is done with: the next one takes it, instead of the system, which
/// fills each page with zeros before it hands it out again.
enum FreedMemory {
  /// Blocks below this size are taken from what was freed before; it is glibc's own upper limit.
  private static let largestReused = 32 << 20
  /// Free bytes at the end of a heap that are not given back.
  private static let mostKept = 64 << 20

  /// Call once, before anything large is allocated. Other libraries of C decide by themselves.
  static func keep() {
    #if canImport(Glibc)
      _ = mallopt(M_MMAP_THRESHOLD, Int32(largestReused))
      _ = mallopt(M_TRIM_THRESHOLD, Int32(mostKept))
    #endif
  }
}
