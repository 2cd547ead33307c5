internal import ByteScan
package import Evidence

/// Access entries (and those of the firewall, `AzureFirewall`) of Azure Application Gateway v2 and
/// v1: `properties{…}` under a stamp, `serverStatus` a string that is empty when no backend
/// answered. Stamped at the end, `timeTaken` in seconds.
///
/// <https://learn.microsoft.com/azure/application-gateway/application-gateway-diagnostics#access-log>
package enum AzureGateway: LineFormat {
  package static let format = Format.azureAppGW

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    to - from > 60 && s[from] == UInt8(ascii: "{")
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    var time: JSONValue?
    var pool: JSONValue?
    var properties: JSONValue?
    var isAccess = false
    var isFirewall = false
    _ = JSONWalk.members(s, from, to) { start, end, value in
      if Bytes.equals("timeStamp", s, start, end) { time = value }
      if Bytes.equals("time", s, start, end), time == nil { time = value }
      if Bytes.equals("timestamp", s, start, end), time == nil { time = value }
      if Bytes.equals("backendPoolName", s, start, end) { pool = value }
      if Bytes.equals("properties", s, start, end), value.kind == .object { properties = value }
      if Bytes.equals("category", s, start, end) {
        isAccess = Bytes.equals("ApplicationGatewayAccessLog", s, value.start, value.end)
        isFirewall = Bytes.equals("ApplicationGatewayFirewallLog", s, value.start, value.end)
      }
    }
    guard isAccess || isFirewall, let time, let properties,
      let stamp = TimeStamp.iso(s, time.start, time.end)
    else { return nil }
    if isFirewall { return AzureFirewall.read(s, properties, stamp, context, &sink) }
    var fields = Fields()
    _ = JSONWalk.members(s, properties.start, properties.end) { start, end, value in
      fields.take(s, start, end, value)
    }
    guard let status = StatusCode.read(s, fields.status, to) else { return nil }
    var request = Request(citation: context.citation)
    request.format = format
    request.hop = .edge
    request.writer = context.writer
    request.status = status
    if let v = fields.taken {
      request.duration = Bytes.microseconds(s, v.start, v.end)
      if fields.isFirstGeneration(s, v), request.duration > 0 { request.duration /= 1000 }
    }
    request.stampEnd(stamp, context)
    if let pool { request.service = sink.intern(s, json: pool) }
    fields.fill(&request, s, &sink)
    sink.add(request, context)
    return ReadLine(format: format, time: request.end)
  }

  private struct Fields {
    var status: JSONValue?
    var taken: JSONValue?
    private var client: JSONValue?
    private var port: JSONValue?
    private var method: JSONValue?
    private var uri: JSONValue?
    private var agent: JSONValue?
    private var received: JSONValue?
    private var sent: JSONValue?
    private var transaction: JSONValue?
    private var routed: JSONValue?
    private var serverStatus: JSONValue?
    private var host: JSONValue?
    private var originalHost: JSONValue?
    private var error: JSONValue?

    mutating func take(_ s: Span<UInt8>, _ start: Int, _ end: Int, _ value: JSONValue) {
      @inline(__always) func key(_ name: StaticString) -> Bool {
        Bytes.equals(name, s, start, end)
      }
      if Quoted.isAbsent(s, value.start, value.end) { return }
      if key("httpStatus") { status = value }
      if key("timeTaken") { taken = value }
      if key("clientIP") { client = value }
      if key("clientPort") { port = value }
      if key("httpMethod") { method = value }
      if key("requestUri") { uri = value }
      if key("userAgent") { agent = value }
      if key("receivedBytes") { received = value }
      if key("sentBytes") { sent = value }
      if key("transactionId") { transaction = value }
      if key("serverRouted") { routed = value }
      if key("serverStatus") { serverStatus = value }
      if key("host") { host = value }
      if key("originalHost") { originalHost = value }
      if key("error_info") { error = value }
    }

    /// Version 1 counts `timeTaken` in whole milliseconds, and knows neither hosts nor
    /// transactions.
    func isFirstGeneration(_ s: Span<UInt8>, _ taken: JSONValue) -> Bool {
      host == nil && originalHost == nil && transaction == nil
        && Bytes.find(UInt8(ascii: "."), s, taken.start, taken.end) < 0
    }

    func fill(_ request: inout Request, _ s: Span<UInt8>, _ sink: inout Sink) {
      if let v = received {
        request.requestBytes = Int32(clamping: Bytes.number(s, v.start, v.end))
      }
      if let v = sent {
        request.responseBytes = Int32(clamping: Bytes.number(s, v.start, v.end))
        request.sizeCountsHeaders = true
      }
      if let client { request.client = sink.intern(s, json: client) }
      if let v = port {
        request.clientPort = UInt16(clamping: max(0, Bytes.number(s, v.start, v.end)))
      }
      if let method { request.method = sink.intern(s, json: method) }
      if let name = originalHost ?? host { request.host = sink.intern(s, json: name) }
      if let agent { request.userAgent = sink.intern(s, json: agent) }
      if let routed { request.upstreamAddress = sink.intern(s, json: routed) }
      if let v = serverStatus {
        request.upstreamStatus = UInt16(clamping: max(0, Bytes.number(s, v.start, v.end)))
        request.answeredBy = request.upstreamStatus == request.status ? .upstream : .edge
      } else {
        request.answeredBy = .edge
      }
      if let uri { sink.setTarget(&request, s, json: uri) }
      guard Sink.isKept(request.status) else { return }
      if let error { request.detail = sink.internMasked(s, json: error) }
      if let transaction { request.requestID = sink.intern(s, json: transaction) }
    }
  }
}
