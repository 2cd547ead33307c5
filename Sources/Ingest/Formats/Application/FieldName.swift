internal import ByteScan

/// What a member of a structured log record is, by the names that loggers use: Python's and Java's
/// JSON formatters, zap, pino, bunyan, winston, logrus, slog, Serilog, .NET, ECS, OpenTelemetry, the Docker registry.
enum FieldName {
  case time, level, logger, message, error, stack, requestID, traceID, client, method, path, status
  case duration, userAgent, host, bytes, request, response, context, writer
  /// ECS' object with the address of whoever sent a request.
  case source
  case other

  static func read(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> FieldName {
    let length = to - from
    guard length > 0, length <= 32 else { return .other }
    for entry in table where entry.name.utf8CodeUnitCount == length {
      if isSame(entry.name, s, from) { return entry.field }
    }
    return .other
  }

  /// Letter case is ignored; `-` and `_` are the same.
  private static func isSame(_ name: StaticString, _ s: Span<UInt8>, _ from: Int) -> Bool {
    let start = unsafe name.utf8Start
    for i in 0..<name.utf8CodeUnitCount {
      var c = s[from + i]
      if c >= 65, c <= 90 { c |= 0x20 }
      if c == UInt8(ascii: "-") { c = UInt8(ascii: "_") }
      if unsafe c != start[i] { return false }
    }
    return true
  }

  /// In the order of frequency.
  private static let table: [(name: StaticString, field: FieldName)] = [
    ("timestamp", .time), ("level", .level), ("logger", .logger), ("message", .message),
    ("time", .time), ("msg", .message), ("ts", .time), ("@timestamp", .time),
    ("request_id", .requestID), ("trace_id", .traceID), ("method", .method), ("path", .path),
    ("status", .status), ("name", .logger), ("severity", .level), ("loglevel", .level),
    ("log_level", .level), ("levelname", .level), ("lvl", .level), ("log.level", .level),
    ("@l", .level), ("t", .time), ("@t", .time), ("datetime", .time), ("date", .time),
    ("asctime", .time), ("eventtime", .time), ("loggername", .logger), ("logger_name", .logger),
    ("log.logger", .logger), ("caller", .logger), ("category", .logger), ("component", .logger),
    ("sourcecontext", .logger), ("module", .logger), ("scope", .logger), ("@m", .message),
    ("@mt", .message), ("log", .message), ("event", .message), ("body", .message),
    ("renderedmessage", .message), ("err", .error), ("error", .error), ("error.message", .error),
    ("exception", .error), ("exc_info", .error), ("@x", .error), ("error_message", .error),
    ("errorcauses", .error), ("stack_trace", .stack), ("stacktrace", .stack), ("stack", .stack),
    ("error.stack_trace", .stack), ("traceback", .stack), ("requestid", .requestID),
    ("req_id", .requestID), ("reqid", .requestID), ("x_request_id", .requestID),
    ("correlation_id", .requestID), ("correlationid", .requestID), ("http.request.id", .requestID),
    ("traceid", .traceID), ("trace.id", .traceID), ("traceparent", .traceID),
    ("dd.trace_id", .traceID), ("client_ip", .client), ("clientip", .client),
    ("remote_addr", .client), ("remote_ip", .client), ("remoteaddr", .client),
    ("remoteaddress", .client), ("client", .client), ("client.address", .client),
    ("peer", .client), ("ip", .client), ("ip_address", .client), ("source_ip", .client),
    ("sourceip", .client),
    ("remote_host", .client), ("http_method", .method), ("httpmethod", .method), ("verb", .method),
    ("request_method", .method), ("http.method", .method), ("http.request.method", .method),
    ("uri", .path), ("url", .path), ("request_uri", .path), ("requestpath", .path),
    ("url.path", .path), ("url_path", .path), ("requested_uri", .path),
    ("http.target", .path), ("requesturi", .path), ("target", .path),
    ("status_code", .status), ("statuscode", .status), ("http.status_code", .status),
    ("response_status", .status), ("http_status", .status), ("code", .status),
    ("http.response.status_code", .status), ("resp", .status), ("httpstatuscode", .status),
    ("httpstatus", .status), ("response_code", .status), ("requesttime", .time),
    ("requesttimeepoch", .time), ("timetaken", .duration), ("responselatency", .duration),
    ("duration", .duration),
    ("duration_ms", .duration), ("latency", .duration), ("latency_ms", .duration),
    ("elapsed", .duration), ("elapsed_ms", .duration), ("responsetime", .duration),
    ("response_time", .duration), ("time_ms", .duration), ("elapsedmilliseconds", .duration),
    ("took", .duration), ("user_agent", .userAgent), ("useragent", .userAgent),
    ("user_agent.original", .userAgent), ("host", .host), ("http.host", .host),
    ("server.address", .host), ("bytes", .bytes), ("size", .bytes), ("response_size", .bytes),
    ("content_length", .bytes), ("req", .request), ("request", .request), ("http", .request),
    ("res", .response), ("response", .response), ("mdc", .context), ("contextmap", .context),
    ("fields", .context), ("properties", .context), ("state", .context), ("extra", .context),
    ("context", .context), ("attributes", .context), ("data", .context),
    ("record", .context), ("labels", .context),
    ("hostname", .writer), ("pod", .writer), ("l", .level), ("m", .message),
    ("client.ip", .client), ("source.ip", .client), ("source.address", .client),
    ("network.peer.address", .client), ("source", .source), ("url.original", .path),
    ("http.request.remoteaddr", .client), ("http.request.uri", .path),
    ("http.response.status", .status),
    ("http.request.useragent", .userAgent), ("http.request.host", .host),
    ("http.response.duration", .duration), ("http.response.written", .bytes),
  ]
}
