internal import Captures
internal import Evidence
internal import Ingest

/// Which sources there are and in which pieces they are read.
struct InputPlan: Sendable {
  struct Job: Sendable {
    enum Kind: Sendable {
      /// Part of a plain file.
      case block(number: Int, start: Int, end: Int, isLast: Bool)
      /// From front to back: pipes.
      case stream
      /// A plain file that may grow.
      case tail
      /// Compressed files and archives.
      case packed
      case capture
      /// Packets of an interface of this machine; `path` is its name.
      case interface
    }
    var source: UInt16
    var path: String
    var kind: Kind
    /// For the order of work: large pieces that cannot be divided come first.
    var size: Int
    var modified: Int
  }

  var sources = Sources()
  /// Pieces that end by themselves, in the order of work.
  var jobs: [Job] = []
  /// FIFOs and standard input: they may wait for one another's writers, so each has its own thread.
  var pipes: [Job] = []
  /// Secrets of TLS connections out of inputs that are key logs.
  private var keys = KeyLog()
  /// Paths of plain files that are read on beyond their end.
  private let followed: Set<String>
  /// By source: why it was passed over.
  var passedOver: [UInt16: String] = [:]
  private var twins = Twins()
  /// Inputs that could not be opened, ready to print.
  var problems: [String]
  /// Takes what is found inside archives; set when all inputs are known.
  private(set) var register = SourceRegister(Sources())

  init(
    _ inputs: [String], blockSize: Int, interfaces: [String] = [], following: Set<String> = []
  ) {
    followed = following
    let walk = FolderWalk.files(inputs)
    problems = walk.problems
    var beyond = 0
    for path in walk.files {
      guard sources.all.count < Int(UInt16.max) else {
        beyond += 1
        continue
      }
      // A FIFO is opened once, by who reads it: its writer would notice a reader that goes away.
      if InputFile.isPipe(path: path) {
        pipes.append(
          Job(source: UInt16(sources.all.count), path: path, kind: .stream, size: 0, modified: 0))
        sources.all.append(Source(name: path, isCapture: false))
        continue
      }
      do throws(InputFailure) {
        let file = try InputFile(path: path)
        add(path, file, blockSize)
      } catch {
        problems.append("\(path): \(error.text)")
      }
    }
    if beyond > 0 {
      problems.append(
        "\(beyond) of \(walk.files.count) inputs were passed over: more than \(UInt16.max)")
    }
    for name in interfaces {
      pipes.append(
        Job(source: UInt16(sources.all.count), path: name, kind: .interface, size: 0, modified: 0))
      sources.all.append(Source(name: name, isCapture: true))
    }
    register = SourceRegister(sources)
    jobs.sort { ($0.size, $1.source, $1.path) > ($1.size, $0.source, $0.path) }
  }

  /// The options, with the secrets found among the inputs.
  func completed(_ options: IngestOptions) -> IngestOptions {
    var options = options
    options.keys.absorb(keys)
    return options
  }

  private mutating func add(_ path: String, _ file: consuming InputFile, _ blockSize: Int) {
    let source = UInt16(sources.all.count)
    let size = file.size
    let modified = file.modified
    var job = Job(source: source, path: path, kind: .stream, size: size, modified: modified)
    guard file.isRegular else {
      sources.all.append(Source(name: path, isCapture: false))
      pipes.append(job)
      return
    }
    if size > 0, let other = twins.first(path, file) {
      sources.all.append(Source(name: path, isCapture: false))
      passedOver[source] = "the same as \(other); read once"
      return
    }
    var stream = ByteStream(file)
    var head = [UInt8](repeating: 0, count: Magic.length)
    var got = 0
    while got < head.count {
      let n = stream.read(into: &head, at: got)
      if n == 0 { break }
      got += n
    }
    let kind = Magic.of(head.span, 0, got)
    sources.all.append(Source(name: path, isCapture: kind == .capture))
    switch kind {
    case .capture:
      job.kind = .capture
      jobs.append(job)
    case .zip, .sevenZip, .tar, .zstd, .xz, .bzip2, .lz4, .gzip:
      job.kind = .packed
      job.size = size &* 8
      jobs.append(job)
    case .binary: passedOver[source] = "binary data (\(size) bytes) were passed over"
    case .empty where !stream.isCompressed:
      guard followed.contains(path) else { break }
      job.kind = .tail
      jobs.append(job)
    case .text where KeyLog.begins(head.span, 0, got) && size <= KeyLog.largest:
      // Secrets are no log: nothing of them may be read as lines.
      if let text = InputPlan.whole(path, size) { keys.add(text.span) }
    case .text where OwnReport.begins(Array(head[..<got])):
      passedOver[source] = "a report of why401; passed over"
    case .empty, .wideText,
      .text where !stream.isCompressed && RowText.begins(head.span, 0, got):
      job.kind = .packed
      jobs.append(job)
    case .text:
      if !stream.isCompressed, let document = document(path, head, got, size) {
        sources.all[Int(source)].isCapture = document == .har
        job.kind = .packed
        jobs.append(job)
      } else if stream.isCompressed {
        // Weighed as what comes out of it, roughly.
        job.kind = .packed
        job.size = size &* 8
        jobs.append(job)
      } else if followed.contains(path) {
        job.kind = .tail
        jobs.append(job)
      } else {
        let step = max(1, blockSize)
        for (number, start) in Swift.stride(from: 0, to: size, by: step).enumerated() {
          let end = min(start + step, size)
          job.kind = .block(number: number, start: start, end: end, isLast: end == size)
          job.size = end - start
          jobs.append(job)
        }
      }
    }
  }

  /// Whether a plain text is read as a whole: by its first bytes, or all of a small one.
  private func document(_ path: String, _ head: [UInt8], _ got: Int, _ size: Int) -> DocumentKind? {
    if let kind = DocumentKind.of(head.span, 0, got) {
      return size <= DocumentKind.largest ? kind : nil
    }
    guard size > got, size <= DocumentKind.look, let whole = InputPlan.whole(path, size) else {
      return nil
    }
    return DocumentKind.of(whole.span, 0, whole.count)
  }

  private static func whole(_ path: String, _ size: Int) -> [UInt8]? {
    guard let file = try? InputFile(path: path) else { return nil }
    var whole = [UInt8](repeating: 0, count: size)
    let read = (try? file.read(into: &whole, at: 0, count: size)) ?? 0
    whole.removeSubrange(read...)
    return whole
  }
}
