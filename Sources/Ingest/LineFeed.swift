internal import ByteScan
internal import Evidence

/// Cuts bytes, as they come, into lines for a `LineReader`. Where the chunks are cut makes no
/// difference: batch, pipes and streams go through here.
package struct LineFeed: Sendable {
  /// Bytes of a line that are looked at; the rest of a longer one is passed over.
  package static let longest = 1 << 20

  package private(set) var reader: LineReader
  /// Byte of the source at which the next line begins.
  package private(set) var offset: Int
  /// Lines that begin before this byte only tell what went on before.
  private let start: Int
  /// Lines that begin at or after this byte belong to the next block.
  private let limit: Int
  /// The beginning of a line that the last chunk did not end.
  private var carry: [UInt8] = []
  /// Bytes of the current line that were passed over.
  private var passed = 0
  private var isAligned: Bool
  /// The block is read to its end.
  package private(set) var isDone = false

  /// `from`: where the bytes begin, at the start of a line or (`from` > 0) anywhere: then what comes
  /// before the first newline is passed over.
  package init(_ reader: LineReader, from: Int = 0, start: Int = 0, limit: Int = .max) {
    self.reader = reader
    offset = from
    self.start = start
    self.limit = limit
    isAligned = from == 0
  }

  /// Reads the lines that end in `chunk[0..<count]`.
  package mutating func append(_ chunk: Span<UInt8>, _ count: Int, _ sink: inout Sink) {
    sink.window = reader.options.window
    var i = 0
    if !carry.isEmpty || passed > 0 || !isAligned {
      let newline = Bytes.findFar(10, chunk, 0, count)
      let end = newline < 0 ? count : newline
      keep(chunk, end)
      if newline < 0 { return }
      endCarried(&sink, hasNewline: true)
      i = newline + 1
    }
    sink.isMuted = offset < start
    reader.memory.marks.forget()
    while !isDone {
      if offset >= limit {
        isDone = true
        break
      }
      let newline = self.newline(chunk, i, count)
      if newline < 0 { break }
      let next = reader.passOver(
        chunk, i, beginningBefore: i + min(count - i, limit - offset), &sink)
      if next > i {
        offset += next - i
        i = next
        continue
      }
      let stored = newline + 1 - i
      if stored <= LineFeed.longest {
        reader.read(chunk, i, newline, stored: stored, &sink)
      } else if !reader.readLongBatch(chunk, i, newline, stored: stored, &sink) {
        if newline - i > LineFeed.longest { reader.sawTooLongLine() }
        reader.read(chunk, i, min(newline, i + LineFeed.longest), stored: stored, &sink)
      }
      offset += newline + 1 - i
      i = newline + 1
      if sink.isMuted, offset >= start { begin(&sink) }
    }
    if !isDone, i < count { keep(chunk, from: i, count) }
  }

  /// The end of the line that begins at `from`. For formats that glance at lines, a stretch of them
  /// is marked at once; what is marked ends before the line only where that is long.
  @inline(__always)
  private mutating func newline(_ chunk: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    let near = reader.memory.marks.takeLine(from)
    if near >= 0 { return near }
    guard reader.glances else { return Bytes.findFar(10, chunk, from, to) }
    reader.memory.marks.scan(chunk, from, to)
    let found = reader.memory.marks.takeLine(from)
    return found >= 0 ? found : Bytes.findFar(10, chunk, from, to)
  }

  /// Gives up the texts of what was read, when they are many: for readers that hand everything on at once.
  package mutating func renewSymbols(_ sink: inout Sink) {
    if sink.observations.symbols.count > 100_000 { reader.renewSymbols(&sink) }
  }

  private mutating func begin(_ sink: inout Sink) {
    sink.isMuted = false
    reader.begin()
  }

  private mutating func keep(_ chunk: Span<UInt8>, from: Int = 0, _ to: Int) {
    let room = isAligned ? max(0, LineFeed.longest - carry.count) : 0
    let taken = min(room, to - from)
    for i in from..<from + taken { carry.append(chunk[i]) }
    passed += to - from - taken
  }

  private mutating func endCarried(_ sink: inout Sink, hasNewline: Bool) {
    let length = carry.count + passed + (hasNewline ? 1 : 0)
    if !isAligned {
      isAligned = true
      offset += length
      passed = 0
      if start > 0, offset >= start { begin(&sink) }
      return
    }
    var line: [UInt8] = []
    swap(&line, &carry)
    reader.memory.marks.forget()
    sink.isMuted = offset < start
    if offset < limit {
      if passed > 0 { reader.sawTooLongLine() }
      reader.read(line.span, 0, line.count, stored: length, &sink)
    } else {
      isDone = true
    }
    offset += length
    passed = 0
    line.removeAll(keepingCapacity: true)
    swap(&line, &carry)
    if sink.isMuted, offset >= start { begin(&sink) }
  }

  /// Ends the block. `isCut`: the source broke off, so that an unfinished last line is no line.
  ///
  /// - Returns: lines read.
  package mutating func finish(_ sink: inout Sink, isLast: Bool = true, isCut: Bool = false) {
    if !carry.isEmpty || passed > 0, isAligned, !isDone, !isCut {
      endCarried(&sink, hasNewline: false)
    }
    sink.isMuted = false
    reader.finish(isLast: isLast, &sink)
  }
}
