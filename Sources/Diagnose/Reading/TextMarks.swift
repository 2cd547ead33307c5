internal import Evidence

/// Which user agents and routes are those of health checks and of scanners. Each text is looked at
/// once.
struct TextMarks: Sendable {
  static let probe: UInt8 = 1
  static let scanner: UInt8 = 2
  /// By symbol. A text is an agent or a route, as a rule; both have their own bits.
  private var agents: [UInt8]
  private var routes: [UInt8]
  private static let seen: UInt8 = 128

  init(_ file: CaseFile) {
    let count = max(1, file.observations.symbols.count)
    agents = [UInt8](repeating: 0, count: count)
    routes = [UInt8](repeating: 0, count: count)
    for a in file.actors where agents[Int(a.userAgent.index)] == 0 {
      agents[Int(a.userAgent.index)] = TextMarks.agent(file.text(a.userAgent).lowercased())
    }
    for r in file.exchanges.requests where routes[Int(r.route.index)] == 0 {
      routes[Int(r.route.index)] = TextMarks.route(file.text(r.route).lowercased())
    }
  }

  /// `probe` and `scanner`: by name or by what they look for.
  func of(_ route: Symbol, _ agent: Symbol) -> UInt8 {
    routes[Int(route.index)] | agents[Int(agent.index)]
  }

  private static func agent(_ agent: String) -> UInt8 {
    var mark = seen
    if agent.hasPrefix("kube-probe") || agent.hasPrefix("elb-health")
      || agent.contains("healthcheck") || agent.hasPrefix("googlehc")
      || agent.contains("uptime") || agent.hasPrefix("prometheus")
    {
      mark |= probe
    }
    let scanners = [
      "nikto", "nmap", "masscan", "zgrab", "sqlmap", "nuclei", "gobuster", "dirb", "scan",
    ]
    if scanners.contains(where: { agent.contains($0) }) { mark |= scanner }
    return mark
  }

  private static func route(_ path: String) -> UInt8 {
    var mark = seen
    if path.contains("health") || path.hasSuffix("/ready") || path.hasSuffix("/readyz")
      || path.hasSuffix("/livez") || path.hasSuffix("/ping") || path.hasSuffix("/metrics")
    {
      mark |= probe
    }
    let sought = [
      ".env", ".git", "wp-login", "phpmyadmin", "/etc/passwd", "actuator", "/.aws",
    ]
    if sought.contains(where: { path.contains($0) }) { mark |= scanner }
    return mark
  }
}
