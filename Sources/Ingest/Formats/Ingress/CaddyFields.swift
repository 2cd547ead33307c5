internal import ByteScan
internal import Evidence

/// The top-level members of a line of Caddy's log.
struct CaddyFields {
  var level: JSONValue?
  var stamp: JSONValue?
  var logger: JSONValue?
  var message: JSONValue?
  var request: JSONValue?
  var status: JSONValue?
  var duration: JSONValue?
  var size: JSONValue?
  var user: JSONValue?
  var responseHeaders: JSONValue?
  var error: JSONValue?
  var method: JSONValue?
  var uri: JSONValue?

  mutating func take(_ s: Span<UInt8>, _ start: Int, _ end: Int, _ value: JSONValue) {
    @inline(__always) func key(_ name: StaticString) -> Bool { Bytes.equals(name, s, start, end) }
    switch end - start {
    case 2:
      if key("ts") { stamp = value }
    case 3:
      if key("msg") { message = value } else if key("uri") { uri = value }
    case 4:
      if key("size") { size = value }
    case 5:
      if key("level") { level = value } else if key("error") { error = value }
    case 6:
      if key("logger") {
        logger = value
      } else if key("status") {
        status = value
      } else if key("method") {
        method = value
      }
    case 7:
      if key("request"), value.kind == .object {
        request = value
      } else if key("user_id") {
        user = value
      }
    case 8:
      if key("duration") { duration = value }
    case 12:
      if key("resp_headers"), value.kind == .object { responseHeaders = value }
    default: break
    }
  }

  /// Epoch seconds; with another `time_format` an ISO stamp.
  func time(_ s: Span<UInt8>) -> TimeStamp? {
    stamp.flatMap { CaddyFields.time(s, $0.start, $0.end) }
  }

  static func time(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> TimeStamp? {
    TimeStamp.epoch(s, from, to) ?? TimeStamp.iso(s, from, to)
  }
}
