/// Takes a user's pattern apart: nginx's `log_format` (`$remote_addr`), Envoy's format string
/// (`%RESPONSE_CODE%`) or Apache's `LogFormat` (`%>s`). Told apart by their variables.
///
/// Sources: <https://nginx.org/en/docs/http/ngx_http_log_module.html>,
/// <https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage>,
/// <https://httpd.apache.org/docs/current/mod/mod_log_config.html>
extension PatternFormat {
  /// Why a pattern cannot be used; ready to print.
  package struct Wrong: Error, Sendable { package let text: String }

  package static func parse(_ pattern: String) throws(Wrong) -> PatternFormat {
    let text = Array(pattern.utf8)
    guard text.count <= 16 << 10 else { throw Wrong(text: "the format is longer than 16 KiB") }
    let made: PatternFormat?
    if text.contains(UInt8(ascii: "$")) {
      made = PatternFormat(nginx(text), stampsStart: false)
    } else if isEnvoy(text) {
      made = PatternFormat(envoy(text), stampsStart: true)
    } else if text.contains(UInt8(ascii: "%")) {
      made = PatternFormat(apache(text), stampsStart: true)
    } else {
      throw Wrong(
        text: "neither nginx's log_format ($status), Envoy's (%RESPONSE_CODE%) nor Apache's (%>s)")
    }
    guard let made else {
      throw Wrong(text: "the format has no field for the status ($status, %RESPONSE_CODE%, %>s)")
    }
    return made
  }

  private static func isEnvoy(_ text: [UInt8]) -> Bool {
    var capitals = 0
    var isInside = false
    for c in text {
      if c == UInt8(ascii: "%") {
        isInside.toggle()
        capitals = 0
      } else if isInside, c >= 65 && c <= 90 || c == UInt8(ascii: "_") {
        capitals += 1
        if capitals >= 5 { return true }
      } else {
        capitals = 0
      }
    }
    return false
  }

  // MARK: nginx

  private static func nginx(_ text: [UInt8]) -> [Piece] {
    var pieces: [Piece] = []
    var i = 0
    while i < text.count {
      guard text[i] == UInt8(ascii: "$") else {
        pieces.append(.text([text[i]]))
        i += 1
        continue
      }
      i += 1
      let isBraced = i < text.count && text[i] == UInt8(ascii: "{")
      if isBraced { i += 1 }
      let start = i
      while i < text.count, isNameByte(text[i]) { i += 1 }
      let name = String(decoding: text[start..<i], as: UTF8.self)
      if isBraced, i < text.count, text[i] == UInt8(ascii: "}") { i += 1 }
      pieces.append(.field(nginxFields[name] ?? .other))
    }
    return pieces
  }

  private static func isNameByte(_ c: UInt8) -> Bool {
    c >= 97 && c <= 122 || c >= 65 && c <= 90 || c >= 48 && c <= 57 || c == UInt8(ascii: "_")
  }

  private static let nginxFields: [String: PatternField] = [
    "remote_addr": .client, "realip_remote_addr": .other, "remote_user": .remoteUser,
    "http_x_forwarded_for": .forwardedFor, "time_local": .commonTime, "time_iso8601": .isoTime,
    "msec": .epoch, "request": .requestLine, "request_method": .method, "request_uri": .target,
    "uri": .path, "status": .status, "body_bytes_sent": .responseBytes,
    "bytes_sent": .responseBytesWithHeaders, "request_length": .requestBytes,
    "request_time": .seconds, "host": .host, "http_host": .host, "http_user_agent": .userAgent,
    "request_id": .requestID, "req_id": .requestID, "http_x_request_id": .requestID,
    "http_traceparent": .traceparent, "upstream_addr": .upstreamAddress,
    "upstream_status": .upstreamStatus, "proxy_upstream_name": .service,
    "proxy_host": .service, "upstream_http_www_authenticate": .challenge,
    "sent_http_www_authenticate": .challenge, "sent_http_location": .location,
  ]

  // MARK: Envoy

  private static func envoy(_ text: [UInt8]) -> [Piece] {
    var pieces: [Piece] = []
    var i = 0
    while i < text.count {
      if text[i] == UInt8(ascii: "\\"), i + 1 < text.count, text[i + 1] == UInt8(ascii: "n") {
        i += 2
        continue
      }
      guard text[i] == UInt8(ascii: "%") else {
        if text[i] != 10 { pieces.append(.text([text[i]])) }
        i += 1
        continue
      }
      let start = i + 1
      var end = start
      var depth = 0
      while end < text.count, text[end] != UInt8(ascii: "%") || depth > 0 {
        if text[end] == UInt8(ascii: "(") { depth += 1 }
        if text[end] == UInt8(ascii: ")") { depth -= 1 }
        end += 1
      }
      let command = String(decoding: text[start..<end], as: UTF8.self)
      i = end + 1
      pieces.append(.field(envoyField(command)))
    }
    return pieces
  }

  private static func envoyField(_ command: String) -> PatternField {
    let name = String(command.prefix { $0 != "(" && $0 != ":" })
    guard name == "REQ" || name == "RESP", let open = command.firstIndex(of: "(") else {
      return envoyFields[name] ?? .other
    }
    let header = command[command.index(after: open)...].prefix { $0 != ")" && $0 != "?" }
    return switch (name, header.lowercased()) {
    case ("REQ", ":method"): .method
    case ("REQ", "x-envoy-original-path"), ("REQ", ":path"): .target
    case ("REQ", ":authority"), ("REQ", "host"): .host
    case ("REQ", "user-agent"): .userAgent
    case ("REQ", "x-request-id"): .requestID
    case ("REQ", "x-forwarded-for"): .forwardedFor
    case ("REQ", "traceparent"): .traceparent
    case ("RESP", "www-authenticate"): .challenge
    case ("RESP", "location"): .location
    default: .other
    }
  }

  private static let envoyFields: [String: PatternField] = [
    "START_TIME": .isoTime, "RESPONSE_CODE": .status, "RESPONSE_CODE_DETAILS": .detail,
    "RESPONSE_FLAGS": .flags, "BYTES_SENT": .responseBytes, "DURATION": .milliseconds,
    "DOWNSTREAM_REMOTE_ADDRESS": .clientAndPort,
    "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT": .client,
    "DOWNSTREAM_DIRECT_REMOTE_ADDRESS": .clientAndPort,
    "DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT": .client, "UPSTREAM_HOST": .upstreamAddress,
    "UPSTREAM_CLUSTER": .service, "TRACE_ID": .other, "REQUESTED_SERVER_NAME": .other,
  ]

  // MARK: Apache

  private static func apache(_ text: [UInt8]) -> [Piece] {
    var pieces: [Piece] = []
    var i = 0
    while i < text.count {
      if text[i] == UInt8(ascii: "\\"), i + 1 < text.count {
        pieces.append(.text([text[i + 1] == UInt8(ascii: "t") ? 9 : text[i + 1]]))
        i += 2
        continue
      }
      guard text[i] == UInt8(ascii: "%"), i + 1 < text.count else {
        pieces.append(.text([text[i]]))
        i += 1
        continue
      }
      i += 1
      // `%!200,304{X}i`, `%>s`, `%{X}i`, `%{us}T`.
      while i < text.count, !isLetter(text[i]), text[i] != UInt8(ascii: "{"),
        text[i] != UInt8(ascii: "%")
      { i += 1 }
      var argument = ""
      if i < text.count, text[i] == UInt8(ascii: "{") {
        let start = i + 1
        while i < text.count, text[i] != UInt8(ascii: "}") { i += 1 }
        argument = String(decoding: text[start..<min(i, text.count)], as: UTF8.self)
        i += 1
      }
      guard i < text.count else { break }
      let letter = text[i]
      i += 1
      if letter == UInt8(ascii: "%") {
        pieces.append(.text([letter]))
      } else {
        pieces.append(.field(apacheField(Character(Unicode.Scalar(letter)), argument)))
      }
    }
    return pieces
  }

  private static func isLetter(_ c: UInt8) -> Bool { c | 32 >= 97 && c | 32 <= 122 }

  private static func apacheField(_ letter: Character, _ argument: String) -> PatternField {
    switch (letter, argument.lowercased()) {
    case ("h", _), ("a", ""): .client
    case ("a", "c"): .other
    case ("u", _): .remoteUser
    case ("t", ""): .commonTimeInBrackets
    case ("t", "msec"): .epochMilliseconds
    case ("t", "sec"): .epoch
    case ("r", _): .requestLine
    case ("m", _): .method
    case ("U", _): .path
    case ("q", _): .query
    case ("s", _): .status
    case ("b", _), ("B", _): .responseBytes
    case ("O", _): .responseBytesWithHeaders
    case ("I", _): .requestBytes
    case ("D", _), ("T", "us"): .microseconds
    case ("T", "ms"): .milliseconds
    case ("T", _): .seconds
    case ("v", _), ("V", _), ("i", "host"): .host
    case ("i", "user-agent"): .userAgent
    case ("i", "x-forwarded-for"): .forwardedFor
    case ("i", "x-request-id"): .requestID
    case ("i", "traceparent"): .traceparent
    case ("o", "www-authenticate"): .challenge
    case ("o", "location"): .location
    default: .other
    }
  }
}
