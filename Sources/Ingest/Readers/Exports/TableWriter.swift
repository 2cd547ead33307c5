internal import ByteScan

/// The rows of a table, each as a JSON object on the line on which it begins, so that what is read can be cited: the
/// line, when and by whom it was written, or the fields of the record. Line ends inside cells follow it. What is no
/// row of the table stays as it is.
struct TableWriter: FlowRewriter {
  private let table: ExportTable
  private var out: [UInt8] = []
  private var cells = TableCells()
  private var cell: [UInt8] = []
  private var hasHead = false
  /// Bytes that were looked at for the end of a row that has none stay as they are; so does the rest of the line in
  /// which they end.
  private var isPassing = false

  private init(_ table: ExportTable) { self.table = table }

  /// What is left of a text once its rows are lines; the text itself when it is no table.
  static func flow(of source: Flow) -> Flow {
    let head = source.peek(Magic.length)
    guard let table = ExportTable(head.span, 0, head.count) else { return source }
    return source.rewritten(by: TableWriter(table))
  }

  mutating func rewrite(_ s: Span<UInt8>, isLast: Bool, into lines: inout [UInt8]) -> Int {
    swap(&out, &lines)
    defer { swap(&out, &lines) }
    return write(s, isLast: isLast)
  }

  /// Writes the rows in `s`: how many bytes they take.
  private mutating func write(_ s: Span<UInt8>, isLast: Bool) -> Int {
    var start = 0
    if !hasHead {
      // The names of columns are an empty line.
      guard s.count >= table.headLength || isLast else { return 0 }
      let end = min(table.headLength, s.count)
      for i in 0..<end where s[i] == 10 { out.append(10) }
      start = end
      hasHead = true
    }
    while start < s.count {
      if isPassing {
        let newline = Bytes.findFar(10, s, start, s.count)
        let end = newline < 0 ? s.count : newline + 1
        Bytes.append(s, start, end, to: &out)
        start = end
        isPassing = newline < 0
        continue
      }
      let end = TableCells.rowEnd(
        s, start, s.count, table.separator, isEscaped: table.isEscaped, isLast: isLast)
      if let end, end - start <= LineFeed.longest {
        row(s, start, end)
        start = end
      } else if s.count - start > LineFeed.longest {
        // Some quote is never closed.
        Bytes.append(s, start, s.count, to: &out)
        start = s.count
        isPassing = true
      } else {
        break
      }
    }
    return start
  }

  private mutating func row(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    cells.read(
      s, from, to, table.separator, isEscaped: table.isEscaped, most: table.names.count)
    let columns = table.names.count
    guard cells.all.count == columns,
      cells.isWhole || table.messages == [columns - 1] && !cells.all[columns - 1].isQuoted,
      columns > 1 || cells.all[0].start < cells.all[0].end
    else {
      Bytes.append(s, from, to, to: &out)
      return
    }
    // A last cell that was not quoted has all that follows.
    if !cells.isWhole { cells.extendLast() }
    if let loadBalancer = table.loadBalancer {
      line(s, loadBalancer)
    } else {
      object(s)
    }
    var newline = Bytes.findFar(10, s, from, to)
    while newline >= 0 {
      out.append(10)
      newline = Bytes.findFar(10, s, newline + 1, to)
    }
  }

  /// The line that a load balancer wrote; what has no value is a dash there.
  private mutating func line(_ s: Span<UInt8>, _ table: LoadBalancerTable) {
    for value in table.values {
      let column = value.column.flatMap { isEmpty($0) ? nil : $0 }
      if column == nil, value.isPort { continue }
      append(value.before)
      guard let column else {
        out.append(UInt8(ascii: "-"))
        continue
      }
      take(s, column)
      for c in cell { out.append(c < 32 || c == UInt8(ascii: "\"") ? 32 : c) }
    }
    out.append(UInt8(ascii: "\""))
  }

  private mutating func object(_ s: Span<UInt8>) {
    out.append(UInt8(ascii: "{"))
    if let time = table.time { stamp(s, time) }
    if let message = table.messages.first(where: { !isEmpty($0) }) ?? onlyMessage {
      names(s)
      append("\"_raw\":")
      quote(s, message)
    } else if table.isGateway {
      gateway(s)
    } else {
      fields(s)
    }
    out.append(UInt8(ascii: "}"))
  }

  /// An empty line of a table of lines is one; a record with other values is not.
  private var onlyMessage: Int? { table.isNested || table.isAzure ? nil : table.messages.first }

  // MARK: Members

  /// `"@timestamp":…,` when the cell tells an instant.
  private mutating func stamp(_ s: Span<UInt8>, _ column: Int) {
    take(s, column)
    guard let stamp = TableStamp.text(cell, isUTC: table.isUTC) else { return }
    append(table.isGateway ? "\"timeStamp\":" : "\"@timestamp\":")
    out += stamp
    out.append(UInt8(ascii: ","))
  }

  private mutating func names(_ s: Span<UInt8>) {
    if let labels = table.labels {
      take(s, labels)
      if cell.first == UInt8(ascii: "{"),
        JSONWalk.value(cell.span, 0, cell.count).next == cell.count
      {
        append("\"labels\":")
        for c in cell { out.append(c == 10 || c == 13 ? 32 : c) }
        out.append(UInt8(ascii: ","))
      }
    }
    let pod = table.pod.flatMap { isEmpty($0) ? nil : $0 }
    let container = table.container.flatMap { isEmpty($0) ? nil : $0 }
    guard pod != nil || container != nil else { return }
    append("\"kubernetes\":{")
    if let pod {
      append("\"pod_name\":")
      quote(s, pod)
      if container != nil { out.append(UInt8(ascii: ",")) }
    }
    if let container {
      append("\"container_name\":")
      quote(s, container)
    }
    append("},")
  }

  /// Each column that is not empty; numbers as such.
  private mutating func fields(_ s: Span<UInt8>) {
    let hasTime = out.last == UInt8(ascii: ",")
    if table.isNested { return records(s, hasTime: hasTime) }
    for (column, name) in table.names.enumerated() where !isEmpty(column) {
      if column == table.time, hasTime { continue }
      member(s, name[...], column)
      out.append(UInt8(ascii: ","))
    }
    if out.last == UInt8(ascii: ",") { out.removeLast() }
  }

  private mutating func member(_ s: Span<UInt8>, _ name: ArraySlice<UInt8>, _ column: Int) {
    JSONOutput.quote(name, into: &out)
    out.append(UInt8(ascii: ":"))
    let found = cells.all[column]
    if TableStamp.isNumber(s, found.start, found.end) {
      Bytes.append(s, found.start, found.end, to: &out)
    } else {
      quote(s, column)
    }
  }

  /// Members that `AzureGateway` reads, as the gateway names them in its own records.
  private static let gatewayNames = [
    "clientIP", "clientPort", "httpMethod", "requestUri", "userAgent", "httpStatus",
    "receivedBytes", "sentBytes", "timeTaken", "transactionId", "serverRouted", "serverStatus",
    "host", "originalHost", "error_info",
  ]

  private mutating func gateway(_ s: Span<UInt8>) {
    append("\"category\":\"ApplicationGatewayAccessLog\",")
    if let pool = column("backendpoolname") {
      append("\"backendPoolName\":")
      quote(s, pool)
      out.append(UInt8(ascii: ","))
    }
    append("\"properties\":{")
    for name in TableWriter.gatewayNames {
      guard let place = column(name.lowercased()) else { continue }
      JSONOutput.quote(Array(name.utf8)[...], into: &out)
      out.append(UInt8(ascii: ":"))
      quote(s, place)
      out.append(UInt8(ascii: ","))
    }
    if out.last == UInt8(ascii: ",") { out.removeLast() }
    out.append(UInt8(ascii: "}"))
  }

  /// The column of a name in small letters, where the row has a value.
  private func column(_ name: String) -> Int? {
    table.names.indices.first {
      !isEmpty($0) && String(decoding: table.names[$0], as: UTF8.self).lowercased() == name
    }
  }

  /// Columns whose names are paths: those that begin alike are members of one object.
  private mutating func records(_ s: Span<UInt8>, hasTime: Bool) {
    var done: Set<ArraySlice<UInt8>> = []
    for (column, name) in table.names.enumerated() where !isEmpty(column) {
      if column == table.time, hasTime { continue }
      guard let dot = name.firstIndex(of: UInt8(ascii: ".")), dot > 0 else {
        member(s, name[...], column)
        out.append(UInt8(ascii: ","))
        continue
      }
      guard done.insert(name[..<dot]).inserted else { continue }
      JSONOutput.quote(name[..<dot], into: &out)
      append(":{")
      for (other, path) in table.names.enumerated()
      where !isEmpty(other) && path.starts(with: name[...dot]) {
        member(s, path[(dot + 1)...], other)
        out.append(UInt8(ascii: ","))
      }
      out[out.count - 1] = UInt8(ascii: "}")
      out.append(UInt8(ascii: ","))
    }
    if out.last == UInt8(ascii: ",") { out.removeLast() }
  }

  private func isEmpty(_ column: Int) -> Bool { cells.all[column].start >= cells.all[column].end }

  private mutating func take(_ s: Span<UInt8>, _ column: Int) {
    cell.removeAll(keepingCapacity: true)
    cells.all[column].write(s, into: &cell)
  }

  private mutating func append(_ text: StaticString) { Bytes.append(text, to: &out) }

  /// A cell as a JSON string.
  private mutating func quote(_ s: Span<UInt8>, _ column: Int) {
    let found = cells.all[column]
    out.append(UInt8(ascii: "\""))
    var i = found.start
    while i < found.end {
      let run = i
      while i < found.end, s[i] >= 32, s[i] != UInt8(ascii: "\""), s[i] != UInt8(ascii: "\\") {
        i += 1
      }
      Bytes.append(s, run, i, to: &out)
      guard i < found.end else { break }
      let c = s[i]
      i += 1
      switch c {
      case UInt8(ascii: "\""):
        append("\\\"")
        if found.isQuoted, !found.isEscaped, i < found.end, s[i] == UInt8(ascii: "\"") { i += 1 }
      case UInt8(ascii: "\\"):
        if let escaped = found.escaped(s, i - 1) {
          append(escaped == UInt8(ascii: "\"") ? "\\\"" : "\\\\")
          i += 1
        } else {
          append("\\\\")
        }
      case 10: append("\\n")
      case 13: append("\\r")
      case 9: append("\\t")
      default:
        append("\\u00")
        for digit in [c >> 4, c & 15] { out.append(digit < 10 ? 48 + digit : 87 + digit) }
      }
    }
    out.append(UInt8(ascii: "\""))
  }
}
