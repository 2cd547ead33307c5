internal import ByteScan

/// What a member of a structured log record is, by the names that loggers use: Python's and Java's
/// JSON formatters, zap, pino, bunyan, winston, logrus, slog, Serilog, .NET, ECS, OpenTelemetry, the Docker registry.
enum FieldName {
  case time, level, logger, message, error, stack, requestID, traceID, client, method, path, status
  case duration, userAgent, host, bytes, request, response, context, writer
  /// ECS' object with the address of whoever sent a request.
  case source
  /// Whom a proxy asked, and what that answered.
  case upstream, upstreamStatus
  /// `GET /path`, a whole request line, or what API gateways call a route.
  case line
  /// Tells that bare durations are milliseconds (Rails' controllers, Envoy's clusters).
  case milliseconds
  /// Tomcat's `%l`.
  case loggedUser
  case other

  static func read(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> FieldName {
    let length = to - from
    guard length > 0, length <= 32 else { return .other }
    for entry in byLength[length] where isSame(entry.name, s, from) { return entry.field }
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

  private static let byLength = (0...32).map { length in
    table.filter { $0.name.utf8CodeUnitCount == length }
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
    // Gateways and content networks: Amazon's, Azure's, Cloudflare, Akamai, Fastly, Avi; Linkerd; the audit log of Kubernetes.
    ("remote", .client), ("remoteip", .client), ("sourceips", .client), ("cip", .client),
    ("client.addr", .client), ("calleripaddress", .client), ("fwd", .client),
    ("service", .duration), ("srcip", .client),
    ("cliip", .client), ("client_addr", .client), ("remote_address", .client),
    ("real_ip", .client), ("forwarded_for", .client), ("x_forwarded_for", .client),
    ("requestmethod", .method), ("csmethod", .method), ("clientrequestmethod", .method),
    ("reqmethod", .method), ("http_request_method", .method),
    ("resourcepath", .path), ("csuristem", .path), ("clientrequesturi", .path),
    ("uri_path", .path), ("reqpath", .path), ("request_path", .path), ("request_url", .path),
    ("requesturl", .path), ("originalurl", .path), ("original_url", .path), ("http.url", .path),
    ("url.full", .path), ("originalrequesturiwithargs", .path),
    ("scstatus", .status), ("edgeresponsestatus", .status), ("responsecode", .status),
    ("response_status_code", .status), ("http.status", .status), ("sc_status", .status),
    ("resp_status", .status), ("http_response_code", .status),
    ("total_time", .duration), ("totalduration", .duration), ("elapsed_time", .duration),
    ("elapsedtime", .duration), ("runtime", .duration), ("request_time", .duration),
    ("durationms", .duration), ("elapsedms", .duration), ("latencyms", .duration),
    ("total_ns", .duration), ("duration_ns", .duration), ("latency_ns", .duration),
    ("duration_us", .duration), ("latency_human", .duration), ("duration_s", .duration),
    ("duration_seconds", .duration), ("time_taken", .duration),
    ("responselength", .bytes), ("response_length", .bytes), ("response_bytes", .bytes),
    ("responsebytes", .bytes), ("bytes_out", .bytes), ("bytes_written", .bytes),
    ("edgeresponsebytes", .bytes), ("scbytes", .bytes), ("bytes_sent", .bytes),
    ("body_bytes_sent", .bytes), ("response_body_size", .bytes),
    ("domainname", .host), ("domain_name", .host), ("authority", .host), ("cshost", .host),
    ("clientrequesthost", .host), ("reqhost", .host), ("http_host", .host),
    ("request_host", .host), ("url.domain", .host), ("server_name", .host),
    ("clientrequestuseragent", .userAgent), ("clientua", .userAgent), ("agent", .userAgent),
    ("http_user_agent", .userAgent), ("request_user_agent", .userAgent), ("ua", .userAgent),
    ("dt", .time), ("requestreceivedtimestamp", .time), ("edgestarttimestamp", .time),
    ("report_timestamp", .time), ("reqtimesec", .time), ("timegenerated", .time),
    ("time_local", .time), ("time_iso8601", .time), ("@level", .level), ("severitytext", .level),
    ("severity_text", .level), ("@message", .message), ("rayid", .requestID),
    ("span", .context), ("meta", .context), ("jsonpayload", .context), ("proxy", .context),
    ("httprequest", .request), ("responsestatus", .response), ("routekey", .line),
    ("requested_url", .line), ("upstream_addr", .upstream), ("upstreamaddress", .upstream),
    ("upstream_address", .upstream), ("serverrouted", .upstream), ("originip", .upstream),
    ("server_ip", .upstream), ("upstream_status", .upstreamStatus),
    ("serverstatus", .upstreamStatus), ("originresponsestatus", .upstreamStatus),
    ("backendresponsecode", .upstreamStatus), ("server_response_code", .upstreamStatus),
    ("logicalusername", .loggedUser), ("controller", .milliseconds),
    ("upstream_cluster", .milliseconds),
    ("auth_via", .milliseconds), ("schema_name", .milliseconds),
  ]
}
