/// The decoded bytes of one input, from front to back: a plain file, a pipe, or what a gzip file
/// inflates to. Faults end the stream and are kept in `fault`; what came before them is good.
package struct ByteStream: ~Copyable {
  /// Why a stream ended before its time; `position` counts bytes of the file as stored.
  package enum Fault: Sendable, Equatable {
    case unreadable(String)
    case truncatedGzip(position: Int)
    case corruptGzip(position: Int)
    case trailingBytes(position: Int)
  }

  /// Where stored bytes come from.
  private enum Origin: ~Copyable {
    case file(InputFile)
    /// An entry of an archive.
    case flow(Flow)
  }

  private let origin: Origin
  /// Inflates until something is wrong; then `gunzip` looks at that member again.
  private var fast: FastGunzip?
  private var gunzip: Gunzip?
  private var input: [UInt8] = []
  private var inputStart = 0
  private var inputEnd = 0
  /// Stored bytes that were inflated.
  private(set) var position = 0
  private var hasEnded = false
  package private(set) var fault: Fault?
  package let isCompressed: Bool

  /// Looks at the first bytes of `file` to see whether they are gzip.
  package init(_ file: consuming InputFile) { self.init(.file(file)) }

  /// The same with zlib alone: the oracle of tests.
  init(slowly file: consuming InputFile) { self.init(.file(file), isFast: false) }

  /// The same for what comes out of an archive.
  init(_ flow: Flow) { self.init(.flow(flow)) }

  private init(_ origin: consuming Origin, isFast: Bool = true) {
    var input = [UInt8](repeating: 0, count: 256 << 10)
    var got = 0
    var fault: Fault?
    do throws(InputFailure) {
      // A pipe may give one byte at a time.
      while got < 2 || got < 12 && ByteStream.mayBeCapture(input) {
        let n = try ByteStream.read(origin, into: &input, at: got)
        if n == 0 { break }
        got += n
      }
    } catch { fault = .unreadable(error.text) }
    isCompressed = got >= 2 && input[0] == 0x1f && input[1] == 0x8b
    self.fault = fault
    hasEnded = fault != nil
    self.origin = origin
    self.input = input
    inputEnd = got
    guard isCompressed else { return }
    if isFast {
      let inflater = FastGunzip()
      if inflater.isReady {
        fast = consume inflater
        return
      }
    }
    gunzip = Gunzip()
  }

  /// The first two bytes are those of a capture: it is worth waiting for more.
  private static func mayBeCapture(_ input: borrowing [UInt8]) -> Bool {
    switch (input[0], input[1]) {
    case (0xa1, 0xb2), (0xd4, 0xc3), (0x4d, 0x3c), (0x34, 0xcd), (0x0a, 0x0d): true
    default: false
    }
  }

  /// A capture that is not compressed.
  package var isCapture: Bool {
    !isCompressed && Magic.of(input.span, inputStart, inputEnd) == .capture
  }

  /// Whether a read would not block, after waiting for so long.
  package func isReadable(within milliseconds: Int32) -> Bool {
    if inputStart < inputEnd { return true }
    switch origin {
    case .file(let file): return file.isReadable(within: milliseconds)
    case .flow: return true
    }
  }

  /// Its first bytes are those of a compressed file, an archive, a text in UTF-16 or a table: of what `Unpacking` takes
  /// off.
  package var isPacked: Bool {
    if isCompressed { return true }
    switch Magic.of(input.span, inputStart, inputEnd) {
    case .zip, .sevenZip, .tar, .zstd, .xz, .bzip2, .lz4, .wideText: return true
    case .text: return RowText.begins(input.span, inputStart, inputEnd)
    case .gzip, .capture, .binary, .empty: return false
    }
  }

  /// What the first bytes are as a text that is read as a whole; `nil`: as lines.
  package var document: DocumentKind? {
    isCompressed ? nil : DocumentKind.of(input.span, inputStart, inputEnd)
  }

  /// Fills `buffer` from `at` on, as far as one read goes: the number of bytes, 0 at the end.
  package mutating func read(into buffer: inout [UInt8], at: Int = 0) -> Int {
    if !isCompressed { return readPlain(into: &buffer, at: at) }
    while true {
      if inputStart == inputEnd, fast?.holdsOutput != true, gunzip?.holdsOutput != true {
        refill()
        if inputStart == inputEnd {
          // A cut member: zlib may make a few bytes more of it.
          if fault == nil, fast?.mayEnd == false {
            _ = handOver()
            continue
          }
          if fault == nil, isInsideMember() { fault = .truncatedGzip(position: position) }
          return 0
        }
      }
      if fast != nil {
        let given = inflateFast(into: &buffer, at: at)
        if given > 0 { return given }
        continue
      }
      do throws(Gunzip.Failure) {
        guard
          let (taken, given) = try gunzip?.inflate(
            input, inputStart, inputEnd, into: &buffer, at: at)
        else { return 0 }
        inputStart += taken
        position += taken
        if gunzip?.hasFailed == true { end(.corruptGzip(position: position)) }
        if given > 0 { return given }
        if taken == 0, inputStart < inputEnd {
          end(.corruptGzip(position: position))
          return 0
        }
      } catch {
        end(
          error == .trailing
            ? .trailingBytes(position: position) : .corruptGzip(position: position))
        return 0
      }
    }
  }

  private mutating func isInsideMember() -> Bool {
    if let mayEnd = fast?.mayEnd { return !mayEnd }
    if let mayEnd = gunzip?.mayEnd { return !mayEnd }
    return false
  }

  private mutating func refill() {
    guard !hasEnded else { return }
    inputStart = 0
    inputEnd = 0
    do throws(InputFailure) {
      inputEnd = try ByteStream.read(origin, into: &input, at: 0)
    } catch {
      fault = .unreadable(error.text)
      hasEnded = true
    }
    if inputEnd == 0 { hasEnded = true }
  }

  /// One step of the fast inflater; hands over to the other one when something is wrong.
  private mutating func inflateFast(into buffer: inout [UInt8], at: Int) -> Int {
    guard
      let (taken, given) = fast?.inflate(input, inputStart, inputEnd, into: &buffer, at: at)
    else { return 0 }
    inputStart += taken
    position += taken
    if fast?.hasFailed == true || taken == 0 && given == 0 && inputStart < inputEnd {
      // ISA-L notices a fault some bytes late: what this step gave is left to zlib.
      return handOver(but: given) ? 0 : given
    }
    return given
  }

  /// Reads the current member again with zlib, as far as it was given already but for the `last` bytes;
  /// `false` when it cannot.
  private mutating func handOver(but last: Int = 0) -> Bool {
    let start = fast?.memberStart ?? 0
    let isCut = fast?.hasFailed == false && inputStart == inputEnd
    var again = max(0, (fast?.memberBytes ?? 0) - last)
    fast = nil
    var isSeekable = false
    switch origin {
    case .file(let file): isSeekable = file.seek(to: start)
    case .flow: break
    }
    guard isSeekable else {
      if isCut {
        end(.truncatedGzip(position: position))
      } else if start > 0, again + last == 0 {
        end(.trailingBytes(position: start))
      } else {
        end(.corruptGzip(position: position))
      }
      return false
    }
    gunzip = Gunzip(isBehindMember: start > 0)
    inputStart = 0
    inputEnd = 0
    hasEnded = false
    position = start
    var passed = [UInt8](repeating: 0, count: min(again, 1 << 20))
    while again > 0 {
      if passed.count > again { passed.removeSubrange(again...) }
      let got = read(into: &passed, at: 0)
      if got == 0 { break }
      again -= got
    }
    return true
  }

  private static func read(
    _ origin: borrowing Origin, into buffer: inout [UInt8], at: Int
  ) throws(InputFailure) -> Int {
    switch origin {
    case .file(let file): try file.read(into: &buffer, at: at, count: buffer.count - at)
    case .flow(let flow): flow.read(into: &buffer, at: at)
    }
  }

  private mutating func end(_ fault: Fault) {
    self.fault = fault
    hasEnded = true
    inputStart = inputEnd
    gunzip = nil
    fast = nil
  }

  private mutating func readPlain(into buffer: inout [UInt8], at: Int) -> Int {
    if inputStart < inputEnd {
      let count = min(inputEnd - inputStart, buffer.count - at)
      for i in 0..<count { buffer[at + i] = input[inputStart + i] }
      inputStart += count
      return count
    }
    guard !hasEnded else { return 0 }
    do throws(InputFailure) {
      let got = try ByteStream.read(origin, into: &buffer, at: at)
      if got == 0 { hasEnded = true }
      return got
    } catch {
      fault = .unreadable(error.text)
      hasEnded = true
      return 0
    }
  }
}

extension ByteStream.Fault {
  /// Without a word on what was read before; ready to print.
  package var text: String {
    switch self {
    case .unreadable(let reason): reason
    case .truncatedGzip(let position): "truncated gzip member after \(position) bytes"
    case .corruptGzip(let position): "corrupt gzip data near byte \(position)"
    case .trailingBytes(let position):
      "bytes that are no gzip after byte \(position) were ignored"
    }
  }

  /// Ready to print; `lines` is how many were read before.
  package func text(lines: Int) -> String {
    switch self {
    case .trailingBytes: text + "; the \(lines) lines before them were read"
    default: text + "; the \(lines) lines before it were read"
    }
  }
}
