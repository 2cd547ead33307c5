internal import Evidence
internal import Ingest

/// Inflates an input piece by piece: a compressed file, or one entry of an archive after the other. Cuts
/// where blocks of a plain file would be cut, so that both are read alike.
struct PieceMaker: ~Copyable {
  private static let step = 256 << 10

  let job: InputPlan.Job
  private let register: SourceRegister
  private let blockSize: Int
  private var unpacking: Unpacking
  private var entry: Unpacking.Entry?
  private var source: UInt16 = 0
  private var number = 0
  /// Bytes of the source that the next piece begins with, and where they stand in it.
  private var tail: [UInt8] = []
  private var tailBase = 0
  /// What only the end of all can tell, to be put into the coverage of a source.
  private(set) var notes: [(source: UInt16, text: String)] = []
  /// Entries of archives that broke off; their number of lines is not known here.
  private(set) var faults: [(source: UInt16, fault: String)] = []
  private(set) var streamFault: ByteStream.Fault?

  init(
    _ job: InputPlan.Job, name: String, _ register: SourceRegister, blockSize: Int
  ) throws(InputFailure) {
    self.job = job
    self.register = register
    self.blockSize = max(1, min(blockSize, 8 << 20))
    unpacking = Unpacking(try InputFile(path: job.path), path: name)
  }

  /// The same for a pipe.
  init(
    _ job: InputPlan.Job, name: String, _ register: SourceRegister, blockSize: Int,
    _ stream: consuming ByteStream
  ) {
    self.job = job
    self.register = register
    self.blockSize = max(1, min(blockSize, 8 << 20))
    unpacking = Unpacking(stream, path: name)
  }

  /// Stored bytes taken so far.
  var taken: Int { unpacking.taken }

  /// Entries and what became of them, for the coverage of the archive itself.
  func account(into coverage: inout Coverage) {
    coverage.problems += unpacking.problems
    if !unpacking.problems.isEmpty { coverage.isBrokenOff = true }
    coverage.entriesRead += unpacking.entriesRead
    for (reason, count) in unpacking.passedOver {
      coverage.entriesPassedOver[reason, default: 0] += count
    }
  }

  /// The next piece, in `buffer` if there is one; `nil` at the end.
  mutating func next(reusing buffer: consuming [UInt8]) -> Piece? {
    while entry == nil {
      guard let found = unpacking.next() else { return nil }
      if found.isWhole {
        source = job.source
        if found.isNumbered { register.isCapture(source) }
      } else if let number = register.add(
        Source(name: found.name, isCapture: found.isNumbered))
      {
        source = number
      } else {
        unpacking.refuse()
        continue
      }
      entry = found
      number = 0
      tail.removeAll(keepingCapacity: true)
      tailBase = 0
    }
    guard let entry else { return nil }
    if entry.isCapture { return whole(entry, .capture) }
    if let document = entry.document { return whole(entry, .document(document)) }
    return lines(entry, buffer)
  }

  private mutating func lines(_ entry: Unpacking.Entry, _ buffer: consuming [UInt8]) -> Piece {
    let start = number * blockSize
    let end = start + blockSize
    var bytes = buffer
    let wanted = max(
      tail.count, end - tailBase + SourceReading.longestLookBack / 4 + 2 * PieceMaker.step)
    // Room for a small source at first: pages that are never needed would have to be cleared.
    let least = number == 0 ? min(wanted, 2 * PieceMaker.step) : wanted
    // What is not written to is not read.
    if bytes.count < least { bytes = unsafe [UInt8](large: least) { _ in } }
    // There is room for more.
    unsafe bytes.withUnsafeMutableBytes { all in
      unsafe tail.withUnsafeBytes { unsafe all.copyMemory(from: $0) }
    }
    var count = tail.count
    var isAtEnd = false
    var hasNewline = PieceMaker.newline(bytes, max(0, end - 1 - tailBase), count)
    while true {
      // One byte more than needed tells that the source goes on.
      if tailBase + count > end, hasNewline || tailBase + count - end > LineFeed.longest { break }
      if count == bytes.count {
        let more = count < wanted ? wanted - count : 1 << 20
        bytes.append(contentsOf: repeatElement(0, count: more))
      }
      let got = unpacking.read(into: &bytes, at: count)
      if got == 0 {
        isAtEnd = true
        break
      }
      let from = max(count, end - 1 - tailBase)
      count += got
      if !hasNewline { hasNewline = PieceMaker.newline(bytes, from, count) }
    }
    let isLast = isAtEnd && tailBase + count <= end
    var piece = Piece(
      source: source, name: entry.name,
      modified: entry.modified > 0 ? entry.modified : job.modified,
      number: number, base: tailBase, count: count, start: start, end: end, isLast: isLast,
      bytes: [])
    if isLast {
      piece.isCut = finish()
    } else {
      let keep = max(0, end - SourceReading.longestLookBack - tailBase)
      tail.removeAll(keepingCapacity: true)
      tail.append(contentsOf: bytes[keep..<count])
      tailBase += keep
      number += 1
    }
    piece.bytes = bytes
    return piece
  }

  private static func newline(_ bytes: borrowing [UInt8], _ from: Int, _ to: Int) -> Bool {
    var i = from
    while i < to {
      if bytes[i] == 10 { return true }
      i += 1
    }
    return false
  }

  /// Ends the entry: whether it broke off.
  private mutating func finish() -> Bool {
    defer { entry = nil }
    if let fault = unpacking.streamFault {
      streamFault = fault
      return true
    }
    guard let fault = unpacking.fault else { return false }
    faults.append((source, fault))
    return true
  }

  /// The whole of a capture or a document.
  private mutating func whole(_ entry: Unpacking.Entry, _ kind: Piece.Kind) -> Piece {
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    var count = 0
    while count <= DocumentKind.largest {
      if count == bytes.count { bytes.append(contentsOf: repeatElement(0, count: bytes.count)) }
      let got = unpacking.read(into: &bytes, at: count)
      if got == 0 { break }
      count += got
    }
    if count > DocumentKind.largest {
      notes.append((source, "more than 512 MiB of what is read as a whole; passed over"))
      count = 0
    }
    bytes.removeSubrange(count...)
    _ = finish()
    return Piece(
      kind: kind, source: source, name: entry.name,
      modified: entry.modified > 0 ? entry.modified : job.modified, number: 0, base: 0,
      count: count, start: 0, end: count, isLast: true, bytes: bytes)
  }
}

extension Unpacking.Entry {
  /// Cited by the number of a packet or an entry, not of a line.
  fileprivate var isNumbered: Bool { isCapture || document == .har }
}
