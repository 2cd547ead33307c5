/// The columns of a table of AWS load balancers' requests, as Amazon's own definition for Athena names them, in the order
/// in which a line of the log has their values.
///
/// <https://docs.aws.amazon.com/athena/latest/ug/create-alb-access-logs-table.html>
struct LoadBalancerTable: Sendable {
  private enum Piece {
    case bare(String)
    /// Address and port.
    case address(String, String)
    /// Several values between quotes.
    case quoted([String])
  }

  private static let line: [Piece] = [
    .bare("type"), .bare("time"), .bare("elb"), .address("client_ip", "client_port"),
    .address("target_ip", "target_port"), .bare("request_processing_time"),
    .bare("target_processing_time"), .bare("response_processing_time"), .bare("elb_status_code"),
    .bare("target_status_code"), .bare("received_bytes"), .bare("sent_bytes"),
    .quoted(["request_verb", "request_url", "request_proto"]), .quoted(["user_agent"]),
    .bare("ssl_cipher"), .bare("ssl_protocol"), .bare("target_group_arn"), .quoted(["trace_id"]),
    .quoted(["domain_name"]), .quoted(["chosen_cert_arn"]), .bare("matched_rule_priority"),
    .bare("request_creation_time"), .quoted(["actions_executed"]), .quoted(["redirect_url"]),
  ]

  /// A value of the line.
  struct Value: Sendable {
    /// What stands before it.
    let before: StaticString
    /// `nil`: the table has none.
    let column: Int?
    /// Left out where it is empty: a port has its address before it.
    var isPort = false
  }

  /// A quote closes behind the last one.
  private(set) var values: [Value] = []

  /// `nil` unless those columns are there without which there is no request.
  init?(_ names: [String]) {
    func column(_ name: String) -> Int? { names.firstIndex(of: name) }
    for name in ["type", "time", "client_ip", "elb_status_code", "request_verb", "request_url"]
    where column(name) == nil { return nil }
    /// What ends the piece before.
    var before: StaticString = ""
    var isQuoted = false
    for piece in LoadBalancerTable.line {
      switch piece {
      case .bare(let name):
        values.append(Value(before: before, column: column(name)))
      case .address(let ip, let port):
        values.append(Value(before: before, column: column(ip)))
        values.append(Value(before: ":", column: column(port), isPort: true))
      case .quoted(let names):
        before = isQuoted ? "\" \"" : " \""
        for name in names {
          values.append(Value(before: before, column: column(name)))
          before = " "
        }
      }
      if case .quoted = piece { isQuoted = true } else { isQuoted = false }
      before = isQuoted ? "\" " : " "
    }
  }
}
