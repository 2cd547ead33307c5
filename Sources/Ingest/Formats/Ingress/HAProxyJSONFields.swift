internal import ByteScan

/// The members of one HAProxy line written as JSON. Keys are whatever the operator chose; what they
/// have in common is the name of the log variable or of its field in the manual, in any spelling,
/// and perhaps an object around it.
struct HAProxyJSONFields {
  var time: JSONValue?
  var client: JSONValue?
  var clientPort: JSONValue?
  var frontend: JSONValue?
  var backend: JSONValue?
  var server: JSONValue?
  var serverAddress: JSONValue?
  var serverPort: JSONValue?
  var status: JSONValue?
  var bytes: JSONValue?
  var active: JSONValue?
  var state: JSONValue?
  var requestLine: JSONValue?
  var method: JSONValue?
  var path: JSONValue?
  var host: JSONValue?
  var agent: JSONValue?
  var requestID: JSONValue?
  var challenge: JSONValue?

  private static let longest = 40
  private static let deepest = 3

  /// `around`: the key of the object that the member stands in, without what `plain` drops.
  mutating func take(
    _ s: Span<UInt8>, _ keyStart: Int, _ keyEnd: Int, _ value: JSONValue, around: [UInt8] = [],
    depth: Int = 0
  ) {
    guard keyEnd - keyStart <= HAProxyJSONFields.longest else { return }
    let name = HAProxyJSONFields.plain(s, keyStart, keyEnd)
    if value.kind == .object {
      guard depth < HAProxyJSONFields.deepest else { return }
      _ = JSONWalk.members(s, value.start, value.end) {
        take(s, $0, $1, $2, around: name, depth: depth + 1)
      }
      return
    }
    guard value.kind != .array, !value.isNull(s), !Quoted.isAbsent(s, value.start, value.end) else {
      return
    }
    let first = s[value.start]
    if !around.isEmpty, set(around + name, value, first) { return }
    if set(name, value, first) || !around.isEmpty { return }
    setShort(name, value)
  }

  /// Lower-case letters and digits, without `haproxy` in front.
  private static func plain(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> [UInt8] {
    var name: [UInt8] = []
    for i in from..<to {
      let c = s[i] >= 65 && s[i] <= 90 ? s[i] | 32 : s[i]
      if c >= 97 && c <= 122 || Bytes.isDigit(c) { name.append(c) }
    }
    let product = "haproxy".utf8
    if name.count > product.count, name.starts(with: product) { name.removeFirst(product.count) }
    return name
  }

  /// Whether the name means something here. The first of several members counts.
  private mutating func set(_ name: [UInt8], _ value: JSONValue, _ first: UInt8) -> Bool {
    func keep(_ field: inout JSONValue?) { if field == nil { field = value } }
    // Queues and counters of a side go by its name, too.
    func text(_ field: inout JSONValue?) { if value.isString { keep(&field) } }
    switch String(decoding: name, as: UTF8.self) {
    case "time", "timestamp", "timestampms", "requestdate", "acceptdate", "datetime", "date", "t",
      "tr", "trg", "timelocal", "localtime", "timeiso8601", "starttime", "requeststart",
      "requeststartgmt", "datetimegmt":
      // `%tr` is a time, `%Tr` a duration.
      if value.isString || value.end - value.start >= 9 { keep(&time) }
    case "clientip", "clientaddress", "clientaddr", "clientsourceip", "remoteaddr", "remoteip",
      "sourceip", "srcip", "src", "client", "ci":
      text(&client)
    case "clientport", "remoteport", "sourceport", "srcport", "cp": keep(&clientPort)
    case "frontendname", "frontendnametransport", "frontend", "namefrontend", "f", "ft":
      text(&frontend)
    case "backendname", "backend", "namebackend", "b": text(&backend)
    case "servername", "server", "nameserver", "s": text(&server)
    case "serverip", "serveraddress", "serveraddr", "upstreamaddr", "si": keep(&serverAddress)
    case "serverport", "sp": keep(&serverPort)
    case "statuscode", "status", "httpstatus", "httpstatuscode", "responsestatuscode",
      "responsecode", "responsestatus", "httpcode", "code", "st":
      // A status may also be the word of a module.
      if Bytes.isDigit(first) || first == UInt8(ascii: "-") { keep(&status) }
    case "bytesread", "responsebytes", "bytessent": keep(&bytes)
    case "timeactive", "ta", "requestactivetime", "timersrequestactivetime", "activetime":
      active = value
    case "totaltime", "timetotal", "tt", "sessionduration", "tcpsessionduration", "duration",
      "timett":
      keep(&active)
    case "terminationstate", "terminationstatewithcookie", "terminationstatecookie", "tsc", "ts":
      keep(&state)
    case "httprequest", "requestline", "request", "r": keep(&requestLine)
    case "httpmethod", "requestmethod", "method", "meth", "verb", "hm": text(&method)
    case "requesturi", "httprequesturi", "httpuri", "uri", "url", "requestpath", "httppath",
      "path", "requesthu", "hu", "hp":
      text(&path)
    case "httphost", "requesthost", "headerhost", "hosthdr", "vhost", "domain", "fqdn", "host":
      text(&host)
    case "useragent", "headeruseragent", "httpuseragent", "agent", "ua": keep(&agent)
    case "requestid", "uniqueid", "xrequestid", "id": keep(&requestID)
    case "wwwauthenticate", "headerwwwauthenticate": keep(&challenge)
    default: return false
    }
    return true
  }

  /// Names that mean the request's own only where no object is around them.
  private mutating func setShort(_ name: [UInt8], _ value: JSONValue) {
    func keep(_ field: inout JSONValue?) { if field == nil { field = value } }
    switch String(decoding: name, as: UTF8.self) {
    case "ip": keep(&client)
    case "port": keep(&clientPort)
    case "bytes": keep(&bytes)
    case "state": keep(&state)
    default: break
    }
  }
}
