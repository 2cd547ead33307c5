/// Integers out of bytes, in the byte order of the file or of the network. Bounds are checked by the
/// span: callers check lengths first.
enum Numbers {
  @inline(__always) static func big16(_ s: Span<UInt8>, _ at: Int) -> UInt16 {
    UInt16(s[at]) << 8 | UInt16(s[at + 1])
  }
  @inline(__always) static func big24(_ s: Span<UInt8>, _ at: Int) -> UInt32 {
    UInt32(s[at]) << 16 | UInt32(s[at + 1]) << 8 | UInt32(s[at + 2])
  }
  @inline(__always) static func big32(_ s: Span<UInt8>, _ at: Int) -> UInt32 {
    UInt32(s[at]) << 24 | UInt32(s[at + 1]) << 16 | UInt32(s[at + 2]) << 8 | UInt32(s[at + 3])
  }
  @inline(__always) static func big64(_ s: Span<UInt8>, _ at: Int) -> UInt64 {
    UInt64(big32(s, at)) << 32 | UInt64(big32(s, at + 4))
  }
  /// Of the file's own byte order.
  @inline(__always) static func u16(_ s: Span<UInt8>, _ at: Int, big: Bool) -> UInt16 {
    let value = big16(s, at)
    return big ? value : value.byteSwapped
  }
  @inline(__always) static func u32(_ s: Span<UInt8>, _ at: Int, big: Bool) -> UInt32 {
    let value = big32(s, at)
    return big ? value : value.byteSwapped
  }
  @inline(__always) static func u64(_ s: Span<UInt8>, _ at: Int, big: Bool) -> UInt64 {
    let value = big64(s, at)
    return big ? value : value.byteSwapped
  }
}
