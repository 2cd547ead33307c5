internal import CIsal

/// Inflates gzip data with ISA-L, four times as fast as zlib. Says only whether it went well: what is wrong
/// with bad data, and where, is zlib's to say (`Gunzip`).
@safe struct FastGunzip: ~Copyable {
  private let state: OpaquePointer?
  private var isInsideMember = true
  /// Bytes of the current member that were taken.
  private var taken = 0
  /// Something is wrong at or before the bytes taken last.
  private(set) var hasFailed = false
  /// Bytes that were taken when the member before the current one ended.
  private(set) var memberStart = 0
  /// Bytes that the current member has given.
  private(set) var memberBytes = 0
  private var allTaken = 0
  /// The last step filled the output: there may be more without further input.
  private(set) var holdsOutput = false

  init() { unsafe state = why401_inflater_new() }
  deinit { unsafe why401_inflater_free(state) }

  var isReady: Bool { unsafe state != nil }
  /// Whether the data may end here.
  var mayEnd: Bool { !isInsideMember }

  /// Inflates from `input[from..<to]` into `output[at...]`.
  ///
  /// - Returns: bytes taken and bytes given.
  mutating func inflate(
    _ input: borrowing [UInt8], _ from: Int, _ to: Int, into output: inout [UInt8], at: Int
  ) -> (taken: Int, given: Int) {
    guard !hasFailed, from >= 0, from < to || holdsOutput && from == to, to <= input.count,
      at < output.count
    else { return (0, 0) }
    holdsOutput = false
    var start = from
    if !isInsideMember {
      // Padding of zeros after the last member is common (tapes, some log shippers).
      memberStart = allTaken
      while start < to, input[start] == 0 { start += 1 }
      allTaken += start - from
      if start == to { return (to - from, 0) }
      unsafe why401_inflater_reset(state)
      isInsideMember = true
      taken = 0
      memberBytes = 0
    }
    // Flags that no version defines (RFC 1952 §2.3.1.2), which ISA-L does not look at.
    let flags = start + 3 - taken
    if flags >= start, flags < to, input[flags] & 0xe0 != 0 {
      hasFailed = true
      return (start - from, 0)
    }
    var used: UInt32 = 0
    var made: UInt32 = 0
    let code = unsafe input.withUnsafeBufferPointer { source -> Int32 in
      unsafe output.withUnsafeMutableBufferPointer { target -> Int32 in
        guard let sourceBase = source.baseAddress, let targetBase = target.baseAddress else {
          return -1
        }
        return unsafe why401_inflater_step(
          state, sourceBase + start, UInt32(clamping: to - start), targetBase + at,
          UInt32(clamping: target.count - at), &used, &made)
      }
    }
    taken += Int(used)
    allTaken += Int(used)
    memberBytes += Int(made)
    holdsOutput = Int(made) == output.count - at
    if code < 0 { hasFailed = true }
    if code == 1 {
      isInsideMember = false
      holdsOutput = false
    }
    return (start - from + Int(used), Int(made))
  }
}
