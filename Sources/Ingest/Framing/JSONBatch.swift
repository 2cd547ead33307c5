internal import ByteScan

/// Several log lines in one JSON value: what OpenTelemetry's file exporter writes per batch
/// (`{"resourceLogs":[…]}`), and Loki's streams, as pushed (`{"streams":[…]}`), answered to a query
/// (`{"status":"success","data":{"resultType":"streams","result":[…]}}`), or one by one
/// (`{"stream":{…},"values":[…]}`); what Elasticsearch and OpenSearch answer to a search
/// (`{"took":3,…,"hits":{…,"hits":[…]}}`); and records in a list, bare or under one name (Grafana, Fluent Bit's
/// HTTP output, `{"events":[…]}`, Azure's `{"records":[…]}`), or lines (`["…","…"]`).
enum JSONBatch {
  struct Entry: BitwiseCopyable {
    /// A line, or a record: an object.
    var text: JSONValue
    /// 0 without one.
    var nanoseconds: Int64
    var pod: (start: Int, end: Int)
    var container: (start: Int, end: Int)
  }

  /// Who wrote the lines.
  private struct Names: BitwiseCopyable {
    var pod: (start: Int, end: Int) = (0, 0)
    var container: (start: Int, end: Int) = (0, 0)

    mutating func take(_ s: Span<UInt8>, _ start: Int, _ end: Int, _ value: JSONValue) {
      guard value.isString else { return }
      if Bytes.equals("pod", s, start, end) || Bytes.equals("k8s.pod.name", s, start, end) {
        pod = (value.start, value.end)
      } else if Bytes.equals("container", s, start, end)
        || Bytes.equals("k8s.container.name", s, start, end)
      {
        container = (value.start, value.end)
      }
    }
  }

  /// Members that hold records and nothing else.
  static let lists: [StaticString] = [
    "\"items\"", "\"events\"", "\"entries\"", "\"logs\"", "\"results\"", "\"rows\"", "\"records\"",
    "\"value\"", "\"data\"",
  ]

  /// By the first key.
  static func begins(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    let key = Bytes.skipBlanks(s, from + 1, to)
    if s[from] == UInt8(ascii: "["), key < to, isText(s, key, to) { return true }
    guard key + 40 < to else { return false }
    if s[from] == UInt8(ascii: "[") { return isRecord(s, key, to) }
    guard s[key] == UInt8(ascii: "\"") else { return false }
    if list(s, key, to) >= 0 || isSearch(s, key, to) { return true }
    switch s[key + 1] {
    case UInt8(ascii: "r"): return Bytes.has("\"resourceLogs\"", s, key, to)
    case UInt8(ascii: "s"):
      return Bytes.has("\"streams\"", s, key, to) || Bytes.has("\"stream\":{", s, key, to)
        || Bytes.has("\"status\"", s, key, to)
          && Bytes.find("\"resultType\"", s, key, min(to, key + 200)) > 0
    default: return false
    }
  }

  /// A text of some length; a short one is a word of a list that says something.
  private static func isText(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard s[from] == UInt8(ascii: "\"") else { return false }
    let end = JSONWalk.stringEnd(s, from + 1, to).end
    guard end > from + 24 else { return false }
    let next = Bytes.skipBlanks(s, end + 1, to)
    return next < to && (s[next] == UInt8(ascii: ",") || s[next] == UInt8(ascii: "]"))
  }

  /// `{"` begins an object with members.
  private static func isRecord(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard from < to, s[from] == UInt8(ascii: "{") else { return false }
    let key = Bytes.skipBlanks(s, from + 1, to)
    return key < to && s[key] == UInt8(ascii: "\"")
  }

  /// Where the list of the member begins whose key is at `key`; -1 when it holds none of records.
  private static func list(_ s: Span<UInt8>, _ key: Int, _ to: Int) -> Int {
    for name in lists where Bytes.has(name, s, key, to) {
      let colon = Bytes.skipBlanks(s, key + name.utf8CodeUnitCount, to)
      guard colon < to, s[colon] == UInt8(ascii: ":") else { return -1 }
      let open = Bytes.skipBlanks(s, colon + 1, to)
      guard open < to, s[open] == UInt8(ascii: "[") else { return -1 }
      let first = Bytes.skipBlanks(s, open + 1, to)
      if Bytes.has("[{\"field\"", s, first, to) { return open }
      return isRecord(s, first, to) ? open : -1
    }
    return -1
  }

  /// An answer of Elasticsearch: `took`, or `_scroll_id` before it, and `hits` soon.
  private static func isSearch(_ s: Span<UInt8>, _ key: Int, _ to: Int) -> Bool {
    guard
      Bytes.has("\"took\"", s, key, to) || Bytes.has("\"_scroll_id\"", s, key, to)
        || Bytes.has("\"hits\"", s, key, to)
    else { return false }
    return Bytes.find("\"hits\"", s, key, min(to, key + 4096)) >= 0
      && (Bytes.find("\"_source\"", s, key, to) >= 0 || Bytes.find("\"fields\"", s, key, to) >= 0)
  }

  /// In the order in which they stand; empty where the value is cut before its lists.
  static func entries(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> [Entry] {
    var entries: [Entry] = []
    if s[from] == UInt8(ascii: "[") {
      if isText(s, Bytes.skipBlanks(s, from + 1, to), to) {
        var isWhole = true
        let end = JSONWalk.elements(s, from, to) { value in
          isWhole = isWhole && value.kind == .string
          add(value, 0, Names(), &entries)
        }
        return isWhole && end == to ? entries : []
      }
      records(s, from, to, &entries)
      return entries
    }
    let key = Bytes.skipBlanks(s, from + 1, to)
    let list = list(s, key, to)
    if list >= 0 {
      records(s, list, to, &entries)
      return entries
    }
    _ = JSONWalk.members(s, from, to) { start, end, value in
      if Bytes.equals("hits", s, start, end), value.kind == .object {
        _ = JSONWalk.members(s, value.start, value.end) { start, end, value in
          guard Bytes.equals("hits", s, start, end), value.kind == .array else { return }
          records(s, value.start, value.end, &entries)
        }
      } else if Bytes.equals("resourceLogs", s, start, end) {
        objects(s, value) { resource(s, $0, &entries) }
      } else if Bytes.equals("stream", s, start, end), value.kind == .object {
        stream(s, JSONValue(kind: .object, start: from, end: to, isEscaped: false), &entries)
      } else if Bytes.equals("streams", s, start, end) {
        objects(s, value) { stream(s, $0, &entries) }
      } else if Bytes.equals("data", s, start, end), value.kind == .object {
        _ = JSONWalk.members(s, value.start, value.end) { start, end, value in
          guard Bytes.equals("result", s, start, end) else { return }
          objects(s, value) { stream(s, $0, &entries) }
        }
      }
    }
    return entries
  }

  private static func objects(_ s: Span<UInt8>, _ list: JSONValue, _ take: (JSONValue) -> Void) {
    guard list.kind == .array else { return }
    objects(s, list.start, list.end, take)
  }

  private static func objects(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ take: (JSONValue) -> Void
  ) {
    _ = JSONWalk.elements(s, from, to) { if $0.kind == .object { take($0) } }
  }

  private static func records(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ entries: inout [Entry]
  ) {
    _ = JSONWalk.elements(s, from, to) {
      if $0.kind == .array { row(s, $0, &entries) }
    }
    objects(s, from, to) {
      entries.append(Entry(text: $0, nanoseconds: 0, pod: (0, 0), container: (0, 0)))
    }
  }

  /// `[{"field":"@timestamp","value":"2026-08-21 10:00:00.123"},{"field":"@message","value":"…"}]` of CloudWatch Logs
  /// Insights, in UTC.
  private static func row(_ s: Span<UInt8>, _ list: JSONValue, _ entries: inout [Entry]) {
    var message: JSONValue?
    var time = 0
    var names = Names()
    objects(s, list) { cell in
      var field = (start: 0, end: 0)
      var found: JSONValue?
      _ = JSONWalk.members(s, cell.start, cell.end) { start, end, value in
        if Bytes.equals("field", s, start, end) { field = (value.start, value.end) }
        if Bytes.equals("value", s, start, end), value.isString { found = value }
      }
      guard let found else { return }
      if Bytes.equals("@message", s, field.start, field.end) {
        message = found
      } else if Bytes.equals("@logStream", s, field.start, field.end) {
        names.pod = (found.start, found.end)
      } else if Bytes.equals("@timestamp", s, field.start, field.end),
        let stamp = TimeStamp.iso(s, found.start, found.end)
      {
        time = Int(stamp.nanoseconds)
      }
    }
    if let message { add(message, time, names, &entries) }
  }

  // MARK: OpenTelemetry

  private static func resource(_ s: Span<UInt8>, _ object: JSONValue, _ entries: inout [Entry]) {
    var names = Names()
    _ = JSONWalk.members(s, object.start, object.end) { start, end, value in
      if Bytes.equals("resource", s, start, end), value.kind == .object {
        _ = JSONWalk.members(s, value.start, value.end) { start, end, value in
          guard Bytes.equals("attributes", s, start, end) else { return }
          objects(s, value) { attribute(s, $0, &names) }
        }
      } else if Bytes.equals("scopeLogs", s, start, end) {
        objects(s, value) { scope in
          _ = JSONWalk.members(s, scope.start, scope.end) { start, end, value in
            guard Bytes.equals("logRecords", s, start, end) else { return }
            objects(s, value) { record(s, $0, names, &entries) }
          }
        }
      }
    }
  }

  /// `{"key":"k8s.pod.name","value":{"stringValue":"web-0"}}`
  private static func attribute(_ s: Span<UInt8>, _ object: JSONValue, _ names: inout Names) {
    var key = (start: 0, end: 0)
    var found: JSONValue?
    _ = JSONWalk.members(s, object.start, object.end) { start, end, value in
      if Bytes.equals("key", s, start, end) { key = (value.start, value.end) }
      if Bytes.equals("value", s, start, end) { found = text(s, value) }
    }
    if let found { names.take(s, key.start, key.end, found) }
  }

  private static func record(
    _ s: Span<UInt8>, _ object: JSONValue, _ names: Names, _ entries: inout [Entry]
  ) {
    var body: JSONValue?
    var time = 0
    var observed = 0
    _ = JSONWalk.members(s, object.start, object.end) { start, end, value in
      if Bytes.equals("body", s, start, end) {
        body = text(s, value)
      } else if Bytes.equals("timeUnixNano", s, start, end) {
        time = Bytes.number(s, value.start, value.end)
      } else if Bytes.equals("observedTimeUnixNano", s, start, end) {
        observed = Bytes.number(s, value.start, value.end)
      }
    }
    if let body { add(body, time > 0 ? time : observed, names, &entries) }
  }

  private static func text(_ s: Span<UInt8>, _ value: JSONValue) -> JSONValue? {
    guard value.kind == .object else { return nil }
    var found: JSONValue?
    _ = JSONWalk.members(s, value.start, value.end) { start, end, value in
      if Bytes.equals("stringValue", s, start, end), value.isString { found = value }
    }
    return found
  }

  // MARK: Loki

  private static func stream(_ s: Span<UInt8>, _ object: JSONValue, _ entries: inout [Entry]) {
    var names = Names()
    _ = JSONWalk.members(s, object.start, object.end) { start, end, value in
      if Bytes.equals("stream", s, start, end), value.kind == .object {
        _ = JSONWalk.members(s, value.start, value.end) { names.take(s, $0, $1, $2) }
      } else if Bytes.equals("values", s, start, end), value.kind == .array {
        _ = JSONWalk.elements(s, value.start, value.end) { pair in
          guard pair.kind == .array else { return }
          var place = 0
          var time = 0
          _ = JSONWalk.elements(s, pair.start, pair.end) { value in
            if place == 0 { time = Bytes.number(s, value.start, value.end) }
            if place == 1, value.isString { add(value, time, names, &entries) }
            place += 1
          }
        }
      }
    }
  }

  private static func add(
    _ text: JSONValue, _ time: Int, _ names: Names, _ entries: inout [Entry]
  ) {
    // Up to the year 2200, as everywhere here.
    let isTime = time > 0 && time < 7_258_118_400_000_000_000
    entries.append(
      Entry(
        text: text, nanoseconds: isTime ? Int64(time) : 0, pod: names.pod,
        container: names.container))
  }
}
