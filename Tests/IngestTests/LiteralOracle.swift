internal import CHyperscan

/// vectorscan's matcher of many literal texts: which of them occur in some bytes.
///
/// The only file of the tests that imports it.
@safe final class LiteralOracle {
  struct Failure: Error {}

  private var database: OpaquePointer?
  private var scratch: OpaquePointer?

  init(_ texts: [(text: String, isCaseless: Bool)]) throws {
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
    let ids = texts.indices.map { UInt32($0) }
    var problem: UnsafeMutablePointer<hs_compile_error_t>?
    let compiled: hs_error_t = unsafe arena.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return hs_error_t(HS_INVALID) }
      let pointers: [UnsafePointer<CChar>?] = unsafe offsets.map { unsafe base + $0 }
      return unsafe hs_compile_lit_multi(
        pointers, flags, ids, lengths, UInt32(texts.count), UInt32(HS_MODE_BLOCK), nil, &database,
        &problem)
    }
    if unsafe problem != nil { unsafe hs_free_compile_error(problem) }
    guard compiled == HS_SUCCESS, unsafe hs_alloc_scratch(database, &scratch) == HS_SUCCESS else {
      throw Failure()
    }
  }

  deinit {
    unsafe hs_free_scratch(scratch)
    unsafe hs_free_database(database)
  }

  /// The identifiers of the texts that occur in `bytes`, in order.
  func scan(_ bytes: ArraySlice<UInt8>) throws -> [UInt16] {
    let hits = Hits()
    let result: hs_error_t = unsafe bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return HS_SUCCESS }
      return unsafe hs_scan(
        database, base.assumingMemoryBound(to: CChar.self), UInt32(bytes.count), 0, scratch,
        LiteralOracle.onMatch, Unmanaged.passUnretained(hits).toOpaque())
    }
    guard result == HS_SUCCESS else { throw Failure() }
    return hits.ids.sorted()
  }

  private final class Hits {
    var ids: [UInt16] = []
  }

  private static let onMatch: match_event_handler = { id, _, _, _, context in
    guard let context = unsafe context else { return 1 }
    unsafe Unmanaged<Hits>.fromOpaque(context).takeUnretainedValue().ids.append(
      UInt16(truncatingIfNeeded: id))
    return 0
  }
}
