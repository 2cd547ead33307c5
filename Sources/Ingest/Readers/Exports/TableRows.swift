/// The rows of a table, each as a JSON object on the line on which it begins, so that what is read can be cited: the
/// line, when and by whom it was written, or the fields of the record. Line ends inside cells follow it. What is no
/// row of the table stays as it is.
final class TableRows {
  private let source: Flow
  private var input: [UInt8] = []
  private var isAtEnd = false
  private var writer: TableWriter
  private var given = 0

  private init(_ table: ExportTable, _ source: Flow) {
    self.source = source
    writer = TableWriter(table)
  }

  /// What is left of a text once its rows are lines; the text itself when it is no table.
  static func flow(of source: Flow) -> Flow {
    let head = source.peek(Magic.length)
    guard let table = ExportTable(head.span, 0, head.count) else { return source }
    let rows = TableRows(table, source)
    return Flow(fault: { source.fault }, pull: { rows.read(into: &$0, at: $1) })
  }

  /// Reads into `buffer[at...]`: the number of bytes, 0 at the end.
  private func read(into buffer: inout [UInt8], at: Int) -> Int {
    while given == writer.out.count {
      given = 0
      guard fill() else { return 0 }
    }
    let count = min(writer.out.count - given, buffer.count - at)
    let from = given
    buffer.replaceSubrange(at..<at + count, with: writer.out[from..<from + count])
    given += count
    return count
  }

  /// Writes the rows that the input holds; `false` when there are no more.
  private func fill() -> Bool {
    if !isAtEnd {
      let count = input.count
      input.append(contentsOf: repeatElement(0, count: 256 << 10))
      let got = source.read(into: &input, at: count)
      input.removeSubrange((count + got)...)
      isAtEnd = got == 0
    }
    var held: [UInt8] = []
    swap(&held, &input)
    let done = writer.write(held.span, isLast: isAtEnd)
    held.removeSubrange(..<done)
    swap(&held, &input)
    return !isAtEnd || !writer.out.isEmpty
  }
}
