import Foundation

/// Lines of Apache's combined and error logs on the day of `EdgeLog`; clients get their tokens by name.
struct ApacheLog {
  private var access = ""
  private var errors = ""

  mutating func token(
    _ second: Int, client: Int, _ answer: (status: Int, size: Int) = (200, 1441)
  ) {
    add(second, client, "-", "POST /realms/shop/protocol/openid-connect/token", answer)
  }

  mutating func call(
    _ second: Int, client: Int, _ path: String, _ answer: (status: Int, size: Int),
    user: String = "-"
  ) {
    add(second, client, user, "GET \(path)", answer)
  }

  /// - Parameters:
  ///   - microseconds: within the second.
  ///   - client: the one that it is about, if any.
  mutating func say(
    _ second: Int, _ microseconds: Int = 100_000, client: Int? = nil, _ module: String,
    _ text: String
  ) {
    let peer = client.map { "[client 203.0.113.\(20 + $0):4100\($0)] " } ?? ""
    errors +=
      "[Tue May 12 \(Self.clock(second)).\(microseconds) 2026] [\(module)] [pid 7:tid 9] \(peer)\(text)\n"
  }

  private mutating func add(
    _ second: Int, _ client: Int, _ user: String, _ request: String,
    _ answer: (status: Int, size: Int)
  ) {
    access += """
      203.0.113.\(20 + client) - \(user) [12/May/2026:\(Self.clock(second)) +0000] "\(request) HTTP/1.1" \
      \(answer.status) \(answer.size) "-" "client-\(client)/1.0"

      """
  }

  private static func clock(_ second: Int) -> String {
    String(format: "10:%02d:%02d", second / 60, second % 60)
  }

  func files(keycloak: String? = nil) throws -> [String] {
    try EdgeLog.files(access, keycloak, errors.isEmpty ? [] : [("error", errors)])
  }

  /// The causes of the failures whose paths begin with `path`.
  func causes(path: String = "/") throws -> Set<String> {
    try Tool.attributions(EdgeLog.files(access, nil, [("error", errors)])).below(path).causes
  }

  /// The same by the first part of the path.
  func causesByService(keycloak: String) throws -> [String: Set<String>] {
    var found: [String: Set<String>] = [:]
    for row in try Tool.attributions(files(keycloak: keycloak)) {
      let path = (row["path"] as? String ?? "").split(separator: "/").first ?? ""
      found["/\(path)", default: []].insert(row["cause"] as? String ?? "")
    }
    return found
  }
}
