internal import CNghttp2

/// libnghttp2's header coder: makes blocks, and reads them as the reference does.
///
/// The only file of the tests that imports it.
@safe final class HeaderOracle {
  private var deflater: OpaquePointer?
  private var inflater: OpaquePointer?

  init(tableSize: Int = 4096) {
    unsafe nghttp2_hd_deflate_new(&deflater, tableSize)
    unsafe nghttp2_hd_inflate_new(&inflater)
  }

  deinit {
    unsafe nghttp2_hd_deflate_del(deflater)
    unsafe nghttp2_hd_inflate_del(inflater)
  }

  /// A header block of these fields, in the state of the connection so far.
  func block(_ fields: [(name: String, value: String)], secret: Bool = false) -> [UInt8] {
    // All texts in one buffer that stays where it is while libnghttp2 looks at it.
    var bytes: [UInt8] = []
    var places: [(name: Int, value: Int, end: Int, flags: UInt8)] = []
    for (name, value) in fields {
      let start = bytes.count
      bytes += Array(name.utf8)
      let middle = bytes.count
      bytes += Array(value.utf8)
      let isHidden = secret && name == "authorization"
      let flag = isHidden ? NGHTTP2_NV_FLAG_NO_INDEX : NGHTTP2_NV_FLAG_NONE
      places.append((start, middle, bytes.count, UInt8(flag.rawValue)))
    }
    bytes.append(0)
    var out = [UInt8](repeating: 0, count: 64 << 10)
    let made = unsafe bytes.withUnsafeMutableBufferPointer { buffer -> Int in
      guard let base = buffer.baseAddress else { return -1 }
      let pairs = unsafe places.map { p in
        unsafe nghttp2_nv(
          name: base + p.name, value: base + p.value, namelen: p.value - p.name,
          valuelen: p.end - p.value, flags: p.flags)
      }
      return unsafe nghttp2_hd_deflate_hd(deflater, &out, out.count, pairs, pairs.count)
    }
    return made < 0 ? [] : Array(out[..<made])
  }

  /// The fields of a block, or `nil` when the reference refuses it.
  func fields(_ block: [UInt8]) -> [(name: [UInt8], value: [UInt8])]? {
    var result: [(name: [UInt8], value: [UInt8])] = []
    var at = 0
    while true {
      var field = unsafe nghttp2_nv()
      var flags: Int32 = 0
      let used = unsafe block.withUnsafeBufferPointer { bytes -> Int in
        unsafe nghttp2_hd_inflate_hd2(
          inflater, &field, &flags, bytes.baseAddress.map { unsafe $0 + at }, bytes.count - at, 1)
      }
      if used < 0 { return nil }
      at += used
      if flags & Int32(NGHTTP2_HD_INFLATE_EMIT.rawValue) != 0 {
        let name = unsafe Array(UnsafeBufferPointer(start: field.name, count: field.namelen))
        let value = unsafe Array(UnsafeBufferPointer(start: field.value, count: field.valuelen))
        result.append((name, value))
      }
      if flags & Int32(NGHTTP2_HD_INFLATE_FINAL.rawValue) != 0 {
        unsafe nghttp2_hd_inflate_end_headers(inflater)
        return result
      }
      if used == 0, flags & Int32(NGHTTP2_HD_INFLATE_EMIT.rawValue) == 0 { return nil }
    }
  }

  /// Tells both sides of a new table size (SETTINGS_HEADER_TABLE_SIZE).
  func resize(_ size: Int) {
    unsafe nghttp2_hd_deflate_change_table_size(deflater, size)
    unsafe nghttp2_hd_inflate_change_table_size(inflater, size)
  }
}
