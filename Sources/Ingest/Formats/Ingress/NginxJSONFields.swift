internal import ByteScan

/// Which members of an nginx JSON template are there, under any of their names.
struct NginxJSONFields {
  /// A name was met that only nginx templates have.
  var isNginx = false
  /// A text of a program's own (gatekeeper's `msg`): no template of nginx has one.
  var isMessage = false
  var time: JSONValue?
  /// When the request came in, where that is what the template has.
  var startTime: JSONValue?
  var status: JSONValue?
  var duration: JSONValue?
  var bytes: JSONValue?
  /// `bytes` is `$bytes_sent`: headers and body.
  var bytesCountHeaders = false
  var requestLength: JSONValue?
  var client: JSONValue?
  var forwardedFor: JSONValue?
  var user: JSONValue?
  var host: JSONValue?
  var agent: JSONValue?
  var method: JSONValue?
  var target: JSONValue?
  var query: JSONValue?
  var requestLine: JSONValue?
  var service: JSONValue?
  var requestID: JSONValue?
  var traceID: JSONValue?
  var upstreamAddress: JSONValue?
  var upstreamStatus: JSONValue?
  var upstreamLength: JSONValue?

  /// Sorts one member in. Names of equal length are compared; others cost one comparison of lengths.
  mutating func take(_ s: Span<UInt8>, _ start: Int, _ end: Int, _ value: JSONValue) {
    if value.kind == .object {
      if Bytes.equals("httpRequest", s, start, end) { nested(s, value) }
      return
    }
    @inline(__always) func key(_ name: StaticString) -> Bool { Bytes.equals(name, s, start, end) }
    switch end - start {
    case 2:
      if key("ts") { time = time ?? value } else if key("ip") { client = client ?? value }
    case 3:
      if key("uri") || key("url") {
        target = target ?? value
      } else if key("msg") {
        isMessage = true
      }
    case 4:
      if key("time") {
        time = value
      } else if key("path") {
        target = target ?? value
      } else if key("host") {
        host = host ?? value
      } else if key("verb") {
        method = method ?? value
      } else if key("code") {
        status = status ?? value
      } else if key("args") {
        query = query ?? value
      } else if key("msec") || key("date") {
        time = time ?? value
      }
    case 5:
      if key("vhost") {
        host = value
        isNginx = true
      }
    case 6:
      if key("status") {
        status = value
      } else if key("method") {
        method = value
      } else if key("length") {
        bytes = bytes ?? value
      }
    case 7:
      if key("request") { requestLine = value }
    case 8:
      if key("trace_id") {
        traceID = value
      } else if key("duration") {
        duration = duration ?? value
      } else if key("datetime") {
        time = time ?? value
      }
    case 9:
      nine(s, start, end, value)
    case 10:
      ten(s, start, end, value)
    default:
      long(s, start, end, value)
    }
  }

  private mutating func nine(_ s: Span<UInt8>, _ start: Int, _ end: Int, _ value: JSONValue) {
    @inline(__always) func key(_ name: StaticString) -> Bool { Bytes.equals(name, s, start, end) }
    if key("timestamp") {
      time = time ?? value
    } else if key("requestID") {
      requestID = value
    } else if key("http_host") || key("authority") {
      host = host ?? value
    } else if key("resp_time") {
      duration = value
      isNginx = true
    } else if key("client_ip") {
      client = client ?? value
    } else if key("remote_ip") {
      client = client ?? value
    }
  }

  private mutating func ten(_ s: Span<UInt8>, _ start: Int, _ end: Int, _ value: JSONValue) {
    @inline(__always) func key(_ name: StaticString) -> Bool { Bytes.equals(name, s, start, end) }
    if key("request_id") {
      requestID = value
    } else if key("bytes_sent") {
      if bytes == nil {
        bytes = value
        bytesCountHeaders = true
      }
    } else if key("time_local") {
      time = time ?? value
      isNginx = true
    } else if key("@timestamp") {
      time = time ?? value
    } else if key("user_agent") {
      agent = agent ?? value
    } else if key("start_time") || key("started_at") {
      startTime = startTime ?? value
    }
  }

  private mutating func long(_ s: Span<UInt8>, _ start: Int, _ end: Int, _ value: JSONValue) {
    @inline(__always) func key(_ name: StaticString) -> Bool { Bytes.equals(name, s, start, end) }
    switch end - start {
    case 11:
      if key("remote_addr") {
        client = value
        isNginx = true
      } else if key("remote_user") {
        user = value
      } else if key("request_uri") {
        target = value
        isNginx = true
      } else if key("status_code") {
        status = status ?? value
      } else if key("remote_host") {
        client = client ?? value
      }
    case 12:
      if key("request_time") {
        duration = value
        isNginx = true
      } else if key("service_name") {
        service = service ?? value
      } else if key("time_iso8601") {
        time = value
        isNginx = true
      } else if key("request_host") {
        host = host ?? value
      } else if key("upstreamAddr") {
        upstreamAddress = value
        isNginx = true
      }
    case 13:
      if key("upstream_addr") {
        upstreamAddress = value
        isNginx = true
      } else if key("request_query") {
        query = value
      } else if key("request_proto") {
        isNginx = true
      }
    case 14:
      if key("request_length") {
        requestLength = value
        isNginx = true
      } else if key("client_address") {
        client = client ?? value
      } else if key("request_method") {
        method = value
      } else if key("resp_body_size") {
        bytes = value
      } else if key("upstreamStatus") {
        upstreamStatus = value
        isNginx = true
      }
    default:
      longest(s, start, end, value)
    }
  }

  private mutating func longest(_ s: Span<UInt8>, _ start: Int, _ end: Int, _ value: JSONValue) {
    @inline(__always) func key(_ name: StaticString) -> Bool { Bytes.equals(name, s, start, end) }
    if key("http_user_agent") {
      agent = value
      isNginx = true
    } else if key("response_status") {
      status = status ?? value
    } else if key("body_bytes_sent") {
      bytes = value
      bytesCountHeaders = false
      isNginx = true
    } else if key("x_forwarded_for") || key("x-forward-for") || key("http_x_forwarded_for") {
      forwardedFor = value
    } else if key("upstream_status") {
      upstreamStatus = value
      isNginx = true
    } else if key("generation_time_milli") {
      // Matomo's template; in spite of the name it is `$request_time`.
      duration = value
      isNginx = true
    } else if key("request_address") {
      client = client ?? value
    } else if key("proxy_upstream_name") || key("proxyUpstreamName") {
      service = value
      isNginx = true
    } else if key("upstream_response_length") {
      upstreamLength = value
      isNginx = true
    } else if key("opentelemetry_trace_id") || key("otel_trace_id") {
      traceID = value
    }
  }

  /// `httpRequest{requestMethod,requestUrl,status,requestSize,responseSize,userAgent,remoteIp,latency}`
  private mutating func nested(_ s: Span<UInt8>, _ object: JSONValue) {
    var copy = self
    _ = JSONWalk.members(s, object.start, object.end) { start, end, value in
      @inline(__always) func key(_ name: StaticString) -> Bool {
        Bytes.equals(name, s, start, end)
      }
      if key("status") { copy.status = value }
      if key("requestMethod") { copy.method = value }
      if key("requestUrl") { copy.target = value }
      if key("requestSize") { copy.requestLength = value }
      if key("responseSize") { copy.bytes = value }
      if key("userAgent") { copy.agent = value }
      if key("remoteIp") { copy.client = value }
      if key("latency") { copy.duration = value }
    }
    self = copy
  }
}
