internal import ByteScan
internal import Evidence

/// Entries of the web application firewall of Azure's gateways: one for each rule that a request
/// matched. Only what was blocked was answered by the gateway (403).
///
/// <https://learn.microsoft.com/azure/web-application-firewall/ag/web-application-firewall-logs>
enum AzureFirewall {
  static func read(
    _ s: Span<UInt8>, _ properties: JSONValue, _ stamp: TimeStamp, _ context: LineContext,
    _ sink: inout Sink
  ) -> ReadLine {
    var message = Message(context, .azureAppGW, Instant.ofMessage(stamp, context))
    message.level = .notice
    _ = JSONWalk.members(s, properties.start, properties.end) { start, end, value in
      @inline(__always) func key(_ name: StaticString) -> Bool {
        Bytes.equals(name, s, start, end)
      }
      if value.start >= value.end { return }
      if key("clientIp") {
        let address = Address(s, value.start, value.end)
        message.client = sink.intern(s, address.start, address.end)
      }
      if key("hostname") { message.host = sink.intern(s, json: value) }
      if key("message") { message.text = sink.internMasked(s, json: value) }
      if key("ruleId") { message.subject = sink.intern(s, json: value) }
      if key("transactionId") { message.requestID = sink.intern(s, json: value) }
      if key("action"), Bytes.equals("Blocked", s, value.start, value.end) { message.level = .warn }
      if key("requestUri") {
        let path = UpstreamURL.path(s, value.start, value.end)
        message.path = sink.internMasked(s, path.start, path.end)
      }
    }
    if message.level >= .warn || sink.isRecording { sink.add(message) }
    return ReadLine(format: .azureAppGW, time: message.time, isMessage: true)
  }
}
