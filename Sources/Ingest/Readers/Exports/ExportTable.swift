internal import ByteScan

/// The head of a table of log records, as log stores export them: Kibana's, Splunk's, Datadog's, Grafana's and
/// Graylog's CSV, CloudWatch's (console and Logs Insights), Azure's Log Analytics. Cells are separated by commas,
/// semicolons or tabs and quoted as RFC 4180 §2 says. The first row names the columns.
package struct ExportTable: Sendable {
  /// A wider one is none.
  static let widest = 512

  let separator: UInt8
  /// Of the head, its line end included, from the first byte of the text.
  let headLength: Int
  /// As they stand, unquoted.
  let names: [[UInt8]]
  /// The columns that hold whole lines, the better ones first; none: each column is a field of a record.
  let messages: [Int]
  /// Quotes inside cells have backslashes and are not doubled.
  private(set) var isEscaped = false
  /// Names are paths into a record (Google's `httpRequest.status`), to be written as such.
  let isNested: Bool
  /// Log Analytics': rows of one table may be of several kinds.
  let isAzure: Bool
  /// Requests of the Application Gateway.
  let isGateway: Bool
  let time: Int?
  /// Stamps without a zone are UTC: the head says so, or the store writes no others.
  let isUTC: Bool
  let pod: Int?
  let container: Int?
  /// Grafana's: a JSON object.
  let labels: Int?
  /// The columns are those of a load balancer's line.
  let loadBalancer: LoadBalancerTable?

  /// Names of columns, the better ones first: Splunk, CloudWatch Logs Insights, Elastic and most others, Fluent Bit,
  /// Azure's ContainerLogV2 and ContainerLog, Grafana, Google.
  private static let messages = [
    "_raw", "@message", "@rawstring", "event.original", "message", "log", "logmessage", "logentry",
    "line",
    "textpayload", "body", "content", "msg", "raw", "text",
  ]
  /// Google's, of which a row has one or none.
  private static let payloads = [
    "textpayload", "jsonpayload.message", "jsonpayload.msg", "jsonpayload.log", "jsonpayload.event",
  ]
  private static let times = [
    "tsns", "@timestamp", "_time", "timestamp", "timegenerated", "time", "date", "datetime", "ts",
  ]
  private static let pods = [
    "kubernetes.pod.name", "kubernetes.pod_name", "kubernetes_pod_name", "k8s.pod.name", "pod_name",
    "podname", "pod", "resource.labels.pod_name", "@logstream", "logstreamname", "service",
  ]
  private static let containers = [
    "kubernetes.container.name", "kubernetes.container_name", "kubernetes_container_name",
    "k8s.container.name", "container_name", "containername", "container",
    "resource.labels.container_name",
  ]
  /// Parts of names of columns with statuses and with paths: both, and a table is one of access records.
  private static let statuses = ["status", "response_code", "responsecode"]
  private static let paths = ["path", "url", "uri", "request"]

  package static func begins(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    ExportTable(s, from, to) != nil
  }

  /// The head of `s[from..<to]`, the first bytes of a text; `nil` when they are none.
  init?(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    var at = from
    if Bytes.has("\u{feff}", s, at, to) { at += 3 }
    var given: UInt8?
    // Excel's first line: `sep=;`.
    if Bytes.has("sep=", s, at, to), at + 6 < to {
      given = s[at + 4]
      guard let next = ExportTable.lineEnd(s, at, to) else { return nil }
      at = next
    }
    guard at < to, ExportTable.mayBegin(s[at]), let end = ExportTable.lineEnd(s, at, to) else {
      return nil
    }
    var best: (UInt8, [[UInt8]])?
    for separator in given.map({ [$0] }) ?? [UInt8(ascii: ","), UInt8(ascii: ";"), 9] {
      guard let names = ExportTable.names(s, at, end, separator) else { continue }
      if names.count > best?.1.count ?? 0 { best = (separator, names) }
    }
    guard let found = best else { return nil }
    self.init(separator: found.0, names: found.1, headLength: end - from)
    isEscaped = ExportTable.isEscaped(s, end, to, separator)
    if names.count == 1 {
      // A name alone is a word; what is quoted below it are cells.
      guard end < to, s[end] == UInt8(ascii: "\"") else { return nil }
    }
  }

  private init?(separator: UInt8, names given: [[UInt8]], headLength: Int) {
    // AzureDiagnostics puts the type of its values behind the names (`httpStatus_d`).
    let isAzure = given.contains { ExportTable.plain($0) == "timegenerated" }
    let names = isAzure ? given.map(ExportTable.untyped) : given
    let plain = names.map(ExportTable.plain)
    func first(_ wanted: [String]) -> Int? {
      for name in wanted {
        if let place = plain.firstIndex(of: name) { return place }
      }
      return nil
    }
    self.isAzure = isAzure
    isGateway =
      isAzure && ["httpstatus", "serverrouted", "requesturi"].allSatisfy { plain.contains($0) }
    isNested = plain.contains { $0.hasPrefix("httprequest.") || $0.hasPrefix("jsonpayload.") }
    let message = first(ExportTable.messages)
    messages =
      isNested
      ? ExportTable.payloads.compactMap { plain.firstIndex(of: $0) } : message.map { [$0] } ?? []
    if messages.isEmpty {
      func has(_ parts: [String]) -> Bool {
        plain.contains { name in parts.contains { name.contains($0) } }
      }
      guard names.count >= 4, has(ExportTable.statuses), has(ExportTable.paths) else { return nil }
    }
    let time = first(ExportTable.times)
    self.separator = separator
    self.headLength = headLength
    self.names = names
    self.time = time
    isUTC =
      time.map { String(decoding: names[$0], as: UTF8.self).lowercased().contains("utc") } ?? false
      || messages.contains { plain[$0] == "@message" }
    pod = first(ExportTable.pods)
    container = first(ExportTable.containers)
    labels = plain.firstIndex(of: "labels")
    loadBalancer = messages.isEmpty ? LoadBalancerTable(plain) : nil
  }

  /// The name of a column in small letters, without what some stores add: `TimeGenerated [UTC]`.
  private static func plain(_ name: [UInt8]) -> String {
    let text = String(decoding: name, as: UTF8.self).lowercased()
    return String(text.prefix { $0 != " " && $0 != "[" && $0 != "(" })
  }

  /// `httpStatus` of `httpStatus_d`.
  private static func untyped(_ name: [UInt8]) -> [UInt8] {
    guard name.count > 2, name[name.count - 2] == UInt8(ascii: "_"),
      "sdgbt".utf8.contains(name[name.count - 1])
    else { return name }
    return name.dropLast(2)
  }

  /// The first byte of a name, or its quote.
  private static func mayBegin(_ c: UInt8) -> Bool {
    isLetter(c) || "\"@_".utf8.contains(c)
  }

  private static func isLetter(_ c: UInt8) -> Bool { (c | 32) &- 97 < 26 }

  private static func lineEnd(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    let newline = Bytes.findFar(10, s, from, to)
    return newline < 0 ? nil : newline + 1
  }

  /// The cells of a line when all of them are names: words of letters, digits and `@ . _ - [ ] ( )` or blanks, none
  /// of them twice.
  private static func names(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ separator: UInt8
  ) -> [[UInt8]]? {
    var cells = TableCells()
    cells.read(s, from, to, separator, most: widest + 1)
    guard !cells.all.isEmpty, cells.all.count <= widest else { return nil }
    var names: [[UInt8]] = []
    var seen: Set<[UInt8]> = []
    for cell in cells.all {
      var name: [UInt8] = []
      cell.write(s, into: &name)
      guard !name.isEmpty, name.count <= 128, name.allSatisfy(isNameByte),
        name.contains(where: isLetter), seen.insert(name).inserted
      else { return nil }
      names.append(name)
    }
    return names
  }

  /// Quotes behind backslashes that are not the first of two, nor end a cell.
  private static func isEscaped(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ separator: UInt8
  ) -> Bool {
    var i = from
    while i + 2 < to {
      if s[i] == UInt8(ascii: "\\") {
        if s[i + 1] == UInt8(ascii: "\"") {
          let next = s[i + 2]
          return next != UInt8(ascii: "\"") && next != separator && next != 10 && next != 13
        }
        i += 1
      }
      i += 1
    }
    return false
  }

  private static func isNameByte(_ c: UInt8) -> Bool {
    Prefixes.isNameByte(c) || "@# []()/".utf8.contains(c)
  }
}
