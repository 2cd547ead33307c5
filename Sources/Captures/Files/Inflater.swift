internal import CZlib

/// zlib's gzip decoder over spans: members one after another, as `gzip -c a b` writes them.
///
/// The only file of this module that imports zlib.
@safe final class Inflater {
  private var stream = unsafe z_stream()
  /// At the start, or after a complete member.
  private(set) var isBetweenMembers = true

  init?() {
    // 15 window bits + 16: gzip framing.
    let status = unsafe inflateInit2_(
      &stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    if status != Z_OK { return nil }
  }

  deinit { _ = unsafe inflateEnd(&stream) }

  /// Inflates from `input` into `output[at...]`; says how much was used and made.
  func step(_ input: Span<UInt8>, into output: inout [UInt8], at: Int)
    -> (used: Int, made: Int, isDamaged: Bool)
  {
    let room = output.count - at
    guard room > 0, input.count > 0 else { return (0, 0, false) }
    if isBetweenMembers, input[0] != 0x1f {
      // Padding or garbage behind the last member.
      return (input.count, 0, input[0] != 0)
    }
    var status = Z_OK
    unsafe input.withUnsafeBufferPointer { (source: UnsafeBufferPointer<UInt8>) in
      unsafe output.withUnsafeMutableBufferPointer {
        (target: inout UnsafeMutableBufferPointer<UInt8>) in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        unsafe stream.next_in = UnsafeMutablePointer(mutating: from)
        unsafe stream.avail_in = UInt32(clamping: source.count)
        unsafe stream.next_out = to + at
        unsafe stream.avail_out = UInt32(clamping: room)
        status = unsafe inflate(&stream, Z_NO_FLUSH)
        unsafe stream.next_in = nil
        unsafe stream.next_out = nil
      }
    }
    let used = unsafe input.count - Int(stream.avail_in)
    let made = unsafe room - Int(stream.avail_out)
    isBetweenMembers = false
    if status == Z_STREAM_END {
      isBetweenMembers = true
      _ = unsafe inflateReset(&stream)
      return (used, made, false)
    }
    return (used, made, status != Z_OK && status != Z_BUF_ERROR)
  }
}
