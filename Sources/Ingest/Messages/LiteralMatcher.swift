#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif
internal import CHyperscan

/// Finds which of many literal texts occur in a piece of bytes, in one pass (vectorscan).
///
/// The only file that knows the library: its types do not leave it. Compiled once, then read-only;
/// each thread has its own scratch space, freed when the thread ends. Where the library refuses to
/// compile or to scan, nothing is found: lines are then read without being understood.
@safe final class LiteralMatcher: @unchecked Sendable {
  private let database: OpaquePointer?
  private let key: pthread_key_t

  /// - Parameter texts: literal bytes, and whether letter case is ignored. The index of a text is
  ///   its identifier in `scan`.
  init(_ texts: [(text: String, isCaseless: Bool)]) {
    var key = pthread_key_t()
    _ = unsafe pthread_key_create(&key) { pointer in
      // Optional in Glibc's signature, not in Darwin's.
      let pointer: UnsafeMutableRawPointer? = unsafe pointer
      if let pointer = unsafe pointer {
        unsafe Unmanaged<Scratch>.fromOpaque(pointer).release()
      }
    }
    self.key = key
    unsafe self.database = unsafe LiteralMatcher.compile(texts)
  }

  private static func compile(_ texts: [(text: String, isCaseless: Bool)]) -> OpaquePointer? {
    // All texts in one arena, each with a closing zero, addressed by offset.
    var arena: [CChar] = []
    var offsets: [Int] = []
    var lengths: [Int] = []
    var flags: [UInt32] = []
    for item in texts {
      offsets.append(arena.count)
      lengths.append(item.text.utf8.count)
      for byte in item.text.utf8 { arena.append(CChar(bitPattern: byte)) }
      arena.append(0)
      flags.append(
        UInt32(HS_FLAG_SINGLEMATCH) | (item.isCaseless ? UInt32(HS_FLAG_CASELESS) : 0))
    }
    let ids = (0..<texts.count).map { UInt32($0) }
    var database: OpaquePointer?
    var problem: UnsafeMutablePointer<hs_compile_error_t>?
    let result: hs_error_t = unsafe arena.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return hs_error_t(HS_INVALID) }
      let pointers: [UnsafePointer<CChar>?] = unsafe offsets.map { unsafe base + $0 }
      return unsafe hs_compile_lit_multi(
        pointers, flags, ids, lengths, UInt32(texts.count), UInt32(HS_MODE_BLOCK), nil, &database,
        &problem)
    }
    if unsafe problem != nil { unsafe hs_free_compile_error(problem) }
    return result == HS_SUCCESS ? unsafe database : nil
  }

  deinit {
    unsafe hs_free_database(database)
  }

  /// Calls `found` with the identifiers of the texts that occur in `s[from..<to]`; each once.
  func scan(_ s: Span<UInt8>, _ from: Int, _ to: Int, _ found: (borrowing [UInt16]) -> Void) {
    guard from >= 0, from < to, to <= s.count, unsafe database != nil,
      let scratch = scratch()
    else { return }
    scratch.hits.removeAll(keepingCapacity: true)
    unsafe s.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      _ = unsafe hs_scan(
        database, base.assumingMemoryBound(to: CChar.self) + from, UInt32(clamping: to - from), 0,
        scratch.pointer, LiteralMatcher.onMatch, Unmanaged.passUnretained(scratch).toOpaque())
    }
    if !scratch.hits.isEmpty { found(scratch.hits) }
  }

  private static let onMatch: match_event_handler = { id, _, _, _, context in
    guard let context = unsafe context else { return 1 }
    unsafe Unmanaged<Scratch>.fromOpaque(context).takeUnretainedValue().hits.append(
      UInt16(truncatingIfNeeded: id))
    return 0
  }

  /// One thread's working memory.
  @safe private final class Scratch {
    let pointer: OpaquePointer
    var hits: [UInt16] = []
    init(_ pointer: OpaquePointer) { unsafe self.pointer = unsafe pointer }
    deinit { unsafe hs_free_scratch(pointer) }
  }

  private func scratch() -> Scratch? {
    if let known = unsafe pthread_getspecific(key) {
      return unsafe Unmanaged<Scratch>.fromOpaque(known).takeUnretainedValue()
    }
    var pointer: OpaquePointer?
    guard unsafe hs_alloc_scratch(database, &pointer) == HS_SUCCESS,
      let made = unsafe pointer
    else { return nil }
    let scratch = unsafe Scratch(made)
    _ = unsafe pthread_setspecific(key, Unmanaged.passRetained(scratch).toOpaque())
    return scratch
  }
}
