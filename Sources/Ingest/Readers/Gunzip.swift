internal import CZlib

/// Inflates gzip data piece by piece (RFC 1952; several members are one stream, §2.2). Holds one
/// window, whatever a member inflates to.
@safe struct Gunzip: ~Copyable {
  enum Failure: Error {
    /// The data is no gzip, or its checksum is wrong.
    case corrupt
    /// Something follows the last member.
    case trailing
  }

  // zlib keeps a pointer to its `z_stream`, so that it may not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private var isInsideMember: Bool
  private var isReady: Bool
  /// Members that ended well.
  private(set) var members: Int

  /// `isBehindMember`: what comes follows a whole member.
  init(isBehindMember: Bool = false) {
    isInsideMember = !isBehindMember
    members = isBehindMember ? 1 : 0
    unsafe stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 15 + 16: the largest window, gzip wrapping only.
    isReady =
      unsafe inflateInit2_(
        stream, 31, zlibVersion(), Int32(MemoryLayout<z_stream>.size)) == Z_OK
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Whether the data may end here.
  var mayEnd: Bool { !isInsideMember }

  /// Inflates from `input[from..<to]` into `output[at...]`.
  ///
  /// - Returns: bytes taken and bytes given.
  mutating func inflate(
    _ input: borrowing [UInt8], _ from: Int, _ to: Int, into output: inout [UInt8], at: Int
  ) throws(Failure) -> (taken: Int, given: Int) {
    guard isReady, from >= 0, from < to || holdsOutput && from == to, to <= input.count,
      at < output.count
    else {
      holdsOutput = false
      return (0, 0)
    }
    var start = from
    if !isInsideMember {
      // Padding of zeros after the last member is common (tapes, some log shippers).
      while start < to, input[start] == 0 { start += 1 }
      if start == to { return (to - from, 0) }
      guard input[start] == 0x1f else { throw .trailing }
      guard unsafe inflateReset(stream) == Z_OK else { throw .corrupt }
      isInsideMember = true
    }
    let space = output.count - at
    let available = to - start
    let code = unsafe input.withUnsafeBufferPointer { source -> Int32 in
      unsafe output.withUnsafeMutableBufferPointer { target -> Int32 in
        guard let sourceBase = source.baseAddress, let targetBase = target.baseAddress else {
          return Z_BUF_ERROR
        }
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: sourceBase + start)
        unsafe stream.pointee.avail_in = UInt32(clamping: available)
        unsafe stream.pointee.next_out = targetBase + at
        unsafe stream.pointee.avail_out = UInt32(clamping: space)
        return unsafe CZlib.inflate(stream, Z_NO_FLUSH)
      }
    }
    let taken = start - from + available - Int(unsafe stream.pointee.avail_in)
    let given = space - Int(unsafe stream.pointee.avail_out)
    holdsOutput = given == space && code != Z_STREAM_END
    switch code {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END:
      isInsideMember = false
      members += 1
    default:
      // What came out before the fault is good as far as it goes.
      isReady = false
      hasFailed = true
      if members > 0, unsafe stream.pointee.total_out == 0 { throw .trailing }
    }
    return (taken, given)
  }

  /// The last step filled the output: there may be more without further input.
  private(set) var holdsOutput = false
  /// A fault was met after the bytes given last.
  private(set) var hasFailed = false
}
