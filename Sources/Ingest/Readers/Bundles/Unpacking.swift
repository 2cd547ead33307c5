/// What an input holds once its wrappings are off: the lines of one compressed file, or the entries of an
/// archive, one after the other. Nothing is written to disk, and nothing is held but the bytes asked for.
///
/// Archives may lie in archives once (a must-gather inside a support bundle); a compressed entry counts as
/// the file it is.
package struct Unpacking: ~Copyable {
  package struct Entry: Sendable {
    /// As cited: the path of the input, or `bundle.tar.gz!dir/entry.log`.
    package var name: String
    package var isCapture: Bool
    /// Read as a whole.
    package var document: DocumentKind?
    /// The rows of a table, which `read` gives as lines of JSON.
    package var isTable = false
    package var modified: Int
    /// The input itself, not an entry of it.
    package var isWhole: Bool
  }

  /// Entries of one archive that are looked at.
  static let mostEntries = 1_000_000
  /// Bytes that all entries of one archive may inflate to.
  static let mostBytes = 1 << 40
  static let deepest = 2

  private struct Level {
    let archive: Archive
    /// Before the names of entries: `bundle.tar.gz!`.
    let prefix: String
    var names: [String: Int] = [:]
  }

  private let path: String
  private let top: StreamBox
  /// Kept open for an archive that seeks in it.
  private let file: InputFile?
  /// Tables are given as they are.
  private let isRaw: Bool
  private var levels: [Level] = []
  private var current: Flow?
  private var hasBegun = false
  private var seen = 0
  private var given = 0
  package private(set) var entriesRead = 0
  package private(set) var passedOver: [String: Int] = [:]
  /// What kept entries, or the rest of an archive, from being read: ready to print.
  package private(set) var problems: [String] = []
  /// The whole is no archive.
  package private(set) var isSingle = false

  /// A stream that closures can share.
  private final class StreamBox {
    var stream: ByteStream
    init(_ stream: consuming ByteStream) { self.stream = stream }
  }

  /// `path` is the name that citations begin with. `isRaw`: what is read shall be shown, not understood.
  package init(_ file: consuming InputFile, path: String, isRaw: Bool = false) {
    self.path = path
    self.isRaw = isRaw
    // Zip and 7z have their tables at the end.
    self.file = file.isRegular ? try? InputFile(path: path) : nil
    modified = file.modified
    top = StreamBox(ByteStream(file))
  }

  /// The same for a pipe whose first bytes were looked at.
  package init(_ stream: consuming ByteStream, path: String) {
    self.path = path
    isRaw = false
    file = nil
    modified = 0
    top = StreamBox(stream)
  }
  private let modified: Int

  /// Stored bytes of the input that were taken so far.
  package var taken: Int { top.stream.position }

  /// The next entry whose bytes `read` gives, or `nil` when there are no more.
  package mutating func next() -> Entry? {
    if !hasBegun {
      hasBegun = true
      if let whole = open() { return whole }
    }
    current = nil
    while let level = levels.last {
      switch level.archive.next() {
      case .end: levels.removeLast()
      case .failed(let text):
        problems.append(Unpacking.sentence(level.prefix, top.stream.fault?.text ?? text))
        levels.removeLast()
      case .entry(let header):
        seen += 1
        guard seen <= Unpacking.mostEntries, given <= Unpacking.mostBytes else {
          problems.append("too many entries or bytes; the rest was passed over")
          levels.removeAll()
          return nil
        }
        if let entry = enter(header, level) { return entry }
      }
    }
    return nil
  }

  /// Reads on in the entry that `next` gave: the number of bytes, 0 at its end.
  package mutating func read(into buffer: inout [UInt8], at: Int) -> Int {
    guard let current, given <= Unpacking.mostBytes else { return 0 }
    let got = current.read(into: &buffer, at: at)
    given += got
    return got
  }

  /// Why the entry ended before its time; ready to print.
  package var fault: String? { current?.fault }
  /// The same for a gzip file, with more detail.
  package var streamFault: ByteStream.Fault? { isSingle ? top.stream.fault : nil }

  // MARK: Opening

  private mutating func open() -> Entry? {
    let top = self.top
    let stored = Flow(
      taken: top.stream.isCompressed ? { top.stream.position } : nil,
      fault: { top.stream.fault?.text }, pull: { top.stream.read(into: &$0, at: $1) })
    let (flow, kind) = Unpacking.inflated(stored)
    switch kind {
    case .tar: push(Archive(flow, .tar), path + "!")
    case .zip, .sevenZip:
      let layout: Archive.Layout = kind == .zip ? .zip : .sevenZip
      if flow === stored, !top.stream.isCompressed, file != nil {
        push(seeking(layout), path + "!")
      } else {
        push(Archive(flow, layout), path + "!")
      }
    default:
      isSingle = true
      current = flow
      if kind == .binary { problems.append("binary data were passed over") }
      if flow.peek(1).isEmpty, let fault = flow.fault { problems.append(fault) }
      guard kind == .text || kind == .capture else { return nil }
      return entry(path, flow, kind, modified, isWhole: true)
    }
    return nil
  }

  private func seeking(_ layout: Archive.Layout) -> Archive {
    switch file {
    case .some(let file): Archive(seeking: file, layout)
    case .none: Archive(Flow { _, _ in 0 }, layout)
    }
  }

  private mutating func push(_ archive: Archive, _ prefix: String) {
    levels.append(Level(archive: archive, prefix: prefix))
  }

  /// Takes at most two compressions off, and makes UTF-8 of UTF-16.
  private static func inflated(_ flow: Flow) -> (Flow, Magic) {
    var flow = flow
    var kind = magic(flow)
    for _ in 0..<2 {
      switch kind {
      case .gzip:
        let box = StreamBox(ByteStream(flow))
        flow = Flow(
          taken: { box.stream.position }, fault: { box.stream.fault?.text },
          pull: { box.stream.read(into: &$0, at: $1) })
      case .zstd, .xz, .bzip2, .lz4:
        let archive = Archive(flow, .compressed)
        var failure: String?
        if case .failed(let text) = archive.next() { failure = text }
        let text = failure
        flow = Flow(
          taken: { archive.taken }, fault: { text ?? archive.entryFault },
          pull: { archive.read(into: &$0, at: $1) })
      default: return narrow(flow, kind)
      }
      kind = magic(flow)
    }
    return narrow(flow, kind)
  }

  private static func narrow(_ flow: Flow, _ kind: Magic) -> (Flow, Magic) {
    guard kind == .wideText else { return (flow, kind) }
    let head = flow.peek(Magic.length)
    let isBig = Magic.isBigEndian(head.span, 0, head.count) ?? false
    let text = WideText.flow(of: flow, isLittle: !isBig)
    return (text, magic(text))
  }

  private static func magic(_ flow: Flow) -> Magic {
    let head = flow.peek(Magic.length)
    return Magic.of(head.span, 0, head.count)
  }

  private static func document(_ flow: Flow, _ kind: Magic) -> DocumentKind? {
    guard kind == .text else { return nil }
    let head = flow.peek(Magic.length)
    return DocumentKind.of(head.span, 0, head.count)
  }

  // MARK: Entries

  private mutating func enter(_ header: Archive.Header, _ level: Level) -> Entry? {
    guard header.kind == .file else {
      if header.kind == .other { pass(.link) }
      return nil
    }
    if header.isEncrypted { return pass(.encrypted) }
    guard let name = Unpacking.name(header.path) else { return pass(.path) }
    let archive = level.archive
    archive.forgetEntryFault()
    let start = archive.taken
    let stored = Flow(
      taken: { archive.taken - start }, fault: { archive.entryFault },
      pull: { archive.read(into: &$0, at: $1) })
    let (flow, kind) = Unpacking.inflated(stored)
    if kind == .tar || kind == .zip || kind == .sevenZip {
      guard levels.count < Unpacking.deepest else { return pass(.nested) }
      let layout: Archive.Layout = kind == .tar ? .tar : kind == .zip ? .zip : .sevenZip
      push(Archive(flow, layout), level.prefix + name + "!")
      return nil
    }
    let head = flow.peek(Magic.length)
    if head.isEmpty, let fault = flow.fault {
      problems.append(Unpacking.sentence(level.prefix + name, fault))
      return nil
    }
    switch EntrySort.verdict(name, head) {
    case .passedOver(let reason): return pass(reason)
    case .lines, .capture: break
    }
    entriesRead += 1
    let last = levels.count - 1
    let times = levels[last].names[name, default: 0]
    levels[last].names[name] = times + 1
    // An archive may hold several versions of a file.
    let full = level.prefix + name + (times > 0 ? "~\(times)" : "")
    return entry(full, flow, kind, header.modified, isWhole: false)
  }

  /// Begins with an entry, whose bytes are given by `flow`.
  private mutating func entry(
    _ name: String, _ flow: Flow, _ kind: Magic, _ modified: Int, isWhole: Bool
  ) -> Entry {
    let rows = kind == .text && !isRaw ? RowText.flow(of: flow) : flow
    let isTable = rows !== flow
    current = rows
    return Entry(
      name: name, isCapture: kind == .capture,
      document: isTable ? nil : Unpacking.document(flow, kind), isTable: isTable,
      modified: modified, isWhole: isWhole)
  }

  @discardableResult private mutating func pass(_ reason: EntrySort.Reason) -> Entry? {
    passedOver[reason.rawValue, default: 0] += 1
    return nil
  }

  /// Counts an entry that `next` gave and that could not be taken.
  package mutating func refuse() {
    entriesRead -= 1
    pass(.tooMany)
  }

  /// A path as it is cited, without what leads out of the archive (`/var/log/x`, `../x`): nothing is ever written
  /// under it. `nil` when nothing is left.
  private static func name(_ path: String) -> String? {
    let parts = path.split(separator: "/").filter { $0 != "." && $0 != ".." }
    return parts.isEmpty ? nil : parts.joined(separator: "/")
  }

  private static func sentence(_ place: String, _ text: String) -> String {
    // The whole is named by who prints this.
    guard let mark = place.firstIndex(of: "!") else { return text }
    var entry = place[place.index(after: mark)...]
    if entry.hasSuffix("!") { entry.removeLast() }
    return entry.isEmpty ? "\(text); the entries before it were read" : "\(entry): \(text)"
  }
}
