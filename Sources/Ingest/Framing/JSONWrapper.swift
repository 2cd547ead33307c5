internal import ByteScan

/// A JSON object around a log line: docker's json-file, stern, logcli, Fluent Bit, Fluentd, Vector,
/// Filebeat, Logstash, journald, GELF, exports of Elasticsearch, Splunk, CloudWatch, Google's and Azure's logging. A
/// program's own JSON is none: nothing in it names the
/// stream or the container.
struct JSONWrapper: BitwiseCopyable {
  /// The line inside; kind `.string` (maybe escaped), `.object` (JSON not quoted again) or `.array`
  /// (journald: bytes as numbers). `nil` when only `name` and `nanoseconds` are of use.
  var text: JSONValue?
  /// As if UTC; `.min` without one.
  var nanoseconds = Int64.min
  var isCoarse = false
  /// Escaped names are not used: pods have none.
  var pod: (start: Int, end: Int) = (0, 0)
  var container: (start: Int, end: Int) = (0, 0)
  var stream = Frame.Stream.none
  var isPartial = false
  var joinsPartials = false

  // Members of the object that were seen; see `init`.
  private var log: JSONValue?
  private var message: JSONValue?
  private var line: JSONValue?
  private var journal: JSONValue?
  private var source: JSONValue?
  private var hasStream = false
  private var hasMetadata = false
  private var hasLevel = false
  private var hasJournalTime = false
  private var members = 0
  /// A shipper's mark that a program's own JSON may bear as well.
  private var isShipped = false
  private var hasAnswer = false
  private var payload: JSONValue?
  private var hasRequest = false
  /// `@message` is the text of a record with a level, and no line.
  private var isHashiCorp = false
  /// What Grafana puts beside a line that it saves.
  private var hasFields = false

  /// A cell of what CloudWatch Logs Insights answers: `{"field":"@message","value":"…"}`.
  private var isCell = false
  private var isMessageCell = false

  /// OpenShift's collector (ViaQ) wrote it.
  private var isOpenShift = false
  private var hasContainerID = false

  /// Datadog's record: what holds the line is one member deeper.
  private var record: JSONValue?

  /// `isRecord`: one of many in a list that a store gave, where a message needs no further proof.
  init?(_ s: Span<UInt8>, _ from: Int, _ to: Int, isRecord: Bool = false) {
    var found = JSONWrapper()
    let end = JSONWalk.members(s, from, to) { (key, keyEnd, value) in
      found.member(s, key, keyEnd, value)
    }
    // A cut object (docker's own rotation, a copied screen) is no wrapper that could be trusted.
    guard end >= 0 else { return nil }
    if let source = found.source, let inner = JSONWrapper(s, source) {
      self = inner
      return
    }
    if let record = found.record, found.message == nil, found.log == nil, !found.hasLevel,
      let inner = JSONWrapper(s, record)
    {
      self = inner
      return
    }
    if isRecord, !found.hasAnswer { found.hasMetadata = true }
    guard found.decide() else { return nil }
    self = found
  }

  private init() {}
  private init?(_ s: Span<UInt8>, _ object: JSONValue) {
    guard object.kind == .object else { return nil }
    var found = JSONWrapper()
    _ = JSONWalk.members(s, object.start, object.end) { (key, keyEnd, value) in
      found.member(s, key, keyEnd, value)
    }
    // Inside `_source` a message needs no further proof.
    found.hasMetadata = true
    guard found.decide() else { return nil }
    self = found
  }

  /// Which member holds the line.
  private mutating func decide() -> Bool {
    if isCell, members == 2, var line {
      if !isMessageCell { line.end = line.start }
      text = line
      return true
    }
    if isShipped, !hasLevel, !hasAnswer { hasMetadata = true }
    if isOpenShift, hasMetadata {
      // Its collector finds a level for every line.
      hasLevel = false
    }
    if let log, log.kind == .string,
      hasStream || hasMetadata || hasContainerID || nanoseconds != .min || members == 1
    {
      text = log
      // Docker cuts at 16 KiB and ends the last piece with a newline; shippers take the newline off.
      joinsPartials = hasStream && !hasMetadata
      if joinsPartials {
        let cut = 16_384
        isPartial = log.end - log.start >= cut
      }
      return true
    }
    if let line, hasMetadata && !isHashiCorp || hasFields {
      text = line
      return true
    }
    if let payload, hasMetadata, !hasRequest {
      text = payload
      return true
    }
    if let journal, hasJournalTime {
      text = journal
      return true
    }
    guard hasMetadata else {
      // Docker leaves `log` out when it is empty.
      if hasStream, nanoseconds != .min, message == nil {
        text = JSONValue(kind: .string, start: 0, end: 0, isEscaped: false)
        return true
      }
      return false
    }
    if let message, !hasLevel { text = message }
    return text != nil || pod.end > pod.start
  }

  private mutating func member(
    _ s: Span<UInt8>, _ key: Int, _ keyEnd: Int, _ value: JSONValue
  ) {
    members += 1
    switch keyEnd - key {
    case 2:
      if Bytes.equals("dt", s, key, keyEnd) {
        // Better Stack's
        hasFields = true
        stamp(s, value)
      }
    case 3:
      if Bytes.equals("raw", s, key, keyEnd), hasFields, value.kind == .string {
        line = line ?? value
      } else if Bytes.equals("log", s, key, keyEnd) {
        log = value
        if value.kind == .object { harvested(s, value) }
      } else if Bytes.equals("pod", s, key, keyEnd), value.kind == .string {
        // stern's extjson
        pod = (value.start, value.end)
        hasMetadata = true
      }
    case 4:
      if Bytes.equals("time", s, key, keyEnd) {
        stamp(s, value)
      } else if Bytes.equals("line", s, key, keyEnd), value.kind == .string {
        line = value
      } else if Bytes.equals("date", s, key, keyEnd) {
        stamp(s, value)
      } else if Bytes.equals("body", s, key, keyEnd), value.kind == .string, message == nil {
        message = value
      } else if Bytes.equals("_raw", s, key, keyEnd), value.kind == .string {
        line = value
        hasMetadata = true
      }
    case 5:
      if Bytes.equals("_line", s, key, keyEnd), value.kind == .string {
        // Mezmo's
        line = value
        hasMetadata = true
      } else if Bytes.equals("level", s, key, keyEnd) {
        hasLevel = true
      } else if Bytes.equals("field", s, key, keyEnd), value.kind == .string {
        isCell = true
        isMessageCell = Bytes.equals("@message", s, value.start, value.end)
      } else if Bytes.equals("value", s, key, keyEnd), isCell, value.kind == .string {
        line = line ?? value
      } else if Bytes.equals("_time", s, key, keyEnd) {
        stamp(s, value)
      } else if Bytes.equals("event", s, key, keyEnd), value.kind == .object {
        original(s, value)
      }
    case 6:
      if Bytes.equals("status", s, key, keyEnd) {
        hasAnswer = true
      } else if Bytes.equals("@level", s, key, keyEnd) {
        isHashiCorp = true
        hasLevel = true
      } else if Bytes.equals("stream", s, key, keyEnd) {
        hasStream = value.kind == .string
        stream = Bytes.has("stderr", s, value.start, value.end) ? .errors : .output
      } else if Bytes.equals("labels", s, key, keyEnd), value.kind == .object {
        labels(s, value)
      } else if Bytes.equals("result", s, key, keyEnd), value.kind == .object {
        source = value
      } else if Bytes.equals("fields", s, key, keyEnd), value.kind == .object {
        hasFields = true
        names(s, value)
        listed(s, value)
      }
    case 7:
      if Bytes.equals("message", s, key, keyEnd) {
        message = value
      } else if Bytes.equals("content", s, key, keyEnd), value.kind == .string, message == nil {
        // Argo CD's
        message = value
      } else if Bytes.equals("MESSAGE", s, key, keyEnd) {
        journal = value
      } else if Bytes.equals("PROGRAM", s, key, keyEnd), value.kind == .string {
        // syslog-ng's
        container = (value.start, value.end)
        hasJournalTime = true
      } else if Bytes.equals("podName", s, key, keyEnd) || Bytes.equals("PodName", s, key, keyEnd) {
        pod = (value.start, value.end)
        hasMetadata = true
      } else if Bytes.equals("_source", s, key, keyEnd), value.kind == .object {
        source = value
      }
    case 8:
      if Bytes.equals("pod_name", s, key, keyEnd) {
        pod = (value.start, value.end)
        hasMetadata = true
      } else if Bytes.equals("@message", s, key, keyEnd) {
        line = value
        hasMetadata = true
      } else if Bytes.equals("@version", s, key, keyEnd) {
        // Logstash's; programs that log in its layout say a level or a status, too.
        isShipped = true
      } else if Bytes.equals("LogEntry", s, key, keyEnd) {
        line = value
      } else if Bytes.equals("resource", s, key, keyEnd), value.kind == .object {
        resource(s, value)
        attributes(s, value)
      }
    case 9:
      if Bytes.equals("timestamp", s, key, keyEnd) || Bytes.equals("timeStamp", s, key, keyEnd) {
        stamp(s, value)
      } else if Bytes.equals("container", s, key, keyEnd), value.kind == .string {
        container = (value.start, value.end)
      } else if Bytes.equals("openshift", s, key, keyEnd) {
        isOpenShift = true
      }
    default: longMember(s, key, keyEnd, value)
    }
  }

  private mutating func longMember(
    _ s: Span<UInt8>, _ key: Int, _ keyEnd: Int, _ value: JSONValue
  ) {
    if Bytes.equals("@timestamp", s, key, keyEnd) {
      stamp(s, value)
    } else if Bytes.equals("@rawstring", s, key, keyEnd), value.kind == .string {
      // LogScale's
      line = value
      hasMetadata = true
    } else if Bytes.equals("kubernetes", s, key, keyEnd), value.kind == .object {
      hasMetadata = true
      _ = JSONWalk.members(s, value.start, value.end) { (inner, innerEnd, found) in
        metadata(s, inner, innerEnd, found)
      }
    } else if Bytes.equals("containerName", s, key, keyEnd)
      || Bytes.equals("ContainerName", s, key, keyEnd)
      || Bytes.equals("_container_name", s, key, keyEnd)
    {
      container = (value.start, value.end)
    } else if Bytes.equals("loggerName", s, key, keyEnd)
      || Bytes.equals("log.level", s, key, keyEnd)
      || Bytes.equals("severity", s, key, keyEnd)
    {
      hasLevel = true
    } else if Bytes.equals("k8s.pod.name", s, key, keyEnd)
      || Bytes.equals("kubernetes.pod_name", s, key, keyEnd)
    {
      pod = (value.start, value.end)
      hasMetadata = true
    } else if Bytes.equals("__REALTIME_TIMESTAMP", s, key, keyEnd) {
      let digits = Bytes.number(s, value.start, value.end)
      if digits > 0, digits < 9_000_000_000_000_000 { nanoseconds = Int64(digits) * 1000 }
      hasJournalTime = true
    } else if Bytes.equals("viaq_msg_id", s, key, keyEnd) {
      isOpenShift = true
    } else if Bytes.equals("structured", s, key, keyEnd), value.kind == .object {
      // A record that OpenShift's collector took apart.
      payload = payload ?? value
    } else if Bytes.equals("container_name", s, key, keyEnd), value.kind == .string {
      container = (value.start, value.end)
    } else if Bytes.equals("container_id", s, key, keyEnd) {
      // Amazon's FireLens
      hasContainerID = true
    } else if Bytes.equals("__tag__:_pod_name_", s, key, keyEnd) {
      // Alibaba's log service
      pod = (value.start, value.end)
      hasMetadata = true
    } else if Bytes.equals("CONTAINER_NAME", s, key, keyEnd) {
      container = (value.start, value.end)
    } else if Bytes.equals("SYSLOG_IDENTIFIER", s, key, keyEnd), container.end == 0 {
      container = (value.start, value.end)
    } else if Bytes.equals("_SYSTEMD_UNIT", s, key, keyEnd) {
      hasJournalTime = true
    } else {
      exported(s, key, keyEnd, value)
    }
  }

  /// Members of what clouds and log servers export.
  private mutating func exported(
    _ s: Span<UInt8>, _ key: Int, _ keyEnd: Int, _ value: JSONValue
  ) {
    if Bytes.equals("textPayload", s, key, keyEnd) || Bytes.equals("LogMessage", s, key, keyEnd)
      || Bytes.equals("short_message", s, key, keyEnd) && line == nil
      || Bytes.equals("full_message", s, key, keyEnd)
    {
      line = value
      hasMetadata = true
    } else if Bytes.equals("jsonPayload", s, key, keyEnd), value.kind == .object {
      payload = value
    } else if Bytes.equals("httpRequest", s, key, keyEnd) {
      hasRequest = true
    } else if Bytes.equals("source_type", s, key, keyEnd)
      || Bytes.equals("@metadata", s, key, keyEnd)
    {
      isShipped = true
    } else if Bytes.equals("status_code", s, key, keyEnd) {
      hasAnswer = true
    } else if Bytes.equals("logStreamName", s, key, keyEnd)
      || Bytes.equals("ingestionTime", s, key, keyEnd)
    {
      hasMetadata = true
    } else if Bytes.equals("TimeGenerated", s, key, keyEnd) {
      stamp(s, value)
    } else if Bytes.equals("attributes", s, key, keyEnd), value.kind == .object {
      record = value
      attributes(s, value)
    } else if Bytes.equals("resources_string", s, key, keyEnd), value.kind == .object {
      attributes(s, value)
    }
  }

  /// `{"type":"k8s_container","labels":{"pod_name":…,"container_name":…}}` of Google's logging.
  private mutating func resource(_ s: Span<UInt8>, _ value: JSONValue) {
    _ = JSONWalk.members(s, value.start, value.end) { (inner, innerEnd, found) in
      guard Bytes.equals("labels", s, inner, innerEnd), found.kind == .object else { return }
      _ = JSONWalk.members(s, found.start, found.end) { (name, nameEnd, label) in
        if Bytes.equals("container_name", s, name, nameEnd) { hasMetadata = true }
        metadata(s, name, nameEnd, label)
      }
    }
  }

  /// Attributes of OpenTelemetry: `{"k8s.pod.name":…,"k8s.container.name":…}`.
  private mutating func attributes(_ s: Span<UInt8>, _ value: JSONValue) {
    _ = JSONWalk.members(s, value.start, value.end) { (inner, innerEnd, found) in
      if Bytes.equals("k8s.pod.name", s, inner, innerEnd) {
        pod = (found.start, found.end)
        hasMetadata = true
      } else if Bytes.equals("k8s.container.name", s, inner, innerEnd) {
        container = (found.start, found.end)
        hasMetadata = true
      }
    }
  }

  /// Members of `kubernetes`: flat (Fluent Bit, Vector) or nested (Filebeat).
  private mutating func metadata(
    _ s: Span<UInt8>, _ key: Int, _ keyEnd: Int, _ value: JSONValue
  ) {
    if Bytes.equals("pod_name", s, key, keyEnd) {
      pod = (value.start, value.end)
    } else if Bytes.equals("container_name", s, key, keyEnd) {
      container = (value.start, value.end)
    } else if value.kind == .object {
      let isPod = Bytes.equals("pod", s, key, keyEnd)
      guard isPod || Bytes.equals("container", s, key, keyEnd) else { return }
      _ = JSONWalk.members(s, value.start, value.end) { (inner, innerEnd, found) in
        guard Bytes.equals("name", s, inner, innerEnd) else { return }
        if isPod { pod = (found.start, found.end) } else { container = (found.start, found.end) }
      }
    }
  }

  /// Of the Elastic Common Schema: the line from which the other members were made.
  private mutating func original(_ s: Span<UInt8>, _ value: JSONValue) {
    _ = JSONWalk.members(s, value.start, value.end) { (key, keyEnd, found) in
      guard Bytes.equals("original", s, key, keyEnd), found.kind == .string else { return }
      line = found
      hasMetadata = true
    }
  }

  /// Filebeat's `log`: where a line was harvested. In the Elastic Common Schema `log` has a level.
  private mutating func harvested(_ s: Span<UInt8>, _ value: JSONValue) {
    _ = JSONWalk.members(s, value.start, value.end) { (key, keyEnd, _) in
      if Bytes.equals("level", s, key, keyEnd) {
        hasLevel = true
      } else if Bytes.equals("offset", s, key, keyEnd) || Bytes.equals("file", s, key, keyEnd) {
        isShipped = true
      }
    }
  }

  /// Labels of logcli and Loki.
  private mutating func labels(_ s: Span<UInt8>, _ value: JSONValue) {
    hasMetadata = true
    names(s, value)
  }

  /// Elasticsearch's answer to a search for fields: each has a list of values.
  private mutating func listed(_ s: Span<UInt8>, _ value: JSONValue) {
    _ = JSONWalk.members(s, value.start, value.end) { (key, keyEnd, found) in
      guard found.kind == .array else { return }
      var first: JSONValue?
      _ = JSONWalk.elements(s, found.start, found.end) { if first == nil { first = $0 } }
      guard let first, first.kind == .string else { return }
      if Bytes.equals("message", s, key, keyEnd) || Bytes.equals("event.original", s, key, keyEnd) {
        line = first
      } else if Bytes.equals("@timestamp", s, key, keyEnd) {
        stamp(s, first)
      }
    }
  }

  private mutating func names(_ s: Span<UInt8>, _ value: JSONValue) {
    _ = JSONWalk.members(s, value.start, value.end) { (key, keyEnd, found) in
      if Bytes.equals("pod", s, key, keyEnd) {
        pod = (found.start, found.end)
      } else if Bytes.equals("container", s, key, keyEnd) {
        container = (found.start, found.end)
      }
    }
  }

  private mutating func stamp(_ s: Span<UInt8>, _ value: JSONValue) {
    let found =
      value.kind == .number
      ? StructuredFields.epoch(s, value.start, value.end) : TimeStamp.iso(s, value.start, value.end)
    guard let found, found.hasZone, nanoseconds == .min || isCoarse else { return }
    nanoseconds = found.nanoseconds
    isCoarse = found.isCoarse
  }
}
