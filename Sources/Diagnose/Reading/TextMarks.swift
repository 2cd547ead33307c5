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

  init(_ file: CaseFile, _ outlines: [Outline]) {
    let count = max(1, file.observations.symbols.count)
    agents = [UInt8](repeating: 0, count: count)
    routes = [UInt8](repeating: 0, count: count)
    for a in file.actors where agents[Int(a.userAgent.index)] == 0 {
      agents[Int(a.userAgent.index)] = TextMarks.agent(file.text(a.userAgent).lowercased())
    }
    for o in outlines where routes[Int(o.route.index)] == 0 {
      routes[Int(o.route.index)] = TextMarks.route(file.text(o.route).lowercased())
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
      "nikto", "nmap", "masscan", "zgrab", "sqlmap", "nuclei", "gobuster", "dirb", "wpscan",
      "l9scan", "zap/", "zaproxy", "burp", "nessus", "acunetix", "arachni", "w3af", "openvas",
      "qualys", "netsparker", "invicti", "feroxbuster", "ffuf", "dirbuster", "whatweb", "wfuzz",
    ]
    if scanners.contains(where: { agent.contains($0) }) || isScanning(agent) { mark |= scanner }
    return mark
  }

  /// `Internet-wide scan`, `security scanner`: not a client with a name and version of its own (`scanner-app/2.1`).
  private static func isScanning(_ agent: String) -> Bool {
    guard agent.contains("scan") else { return false }
    let words = agent.split { !$0.isLetter && $0 != "/" }
    return words.contains { $0.hasPrefix("scan") && !$0.contains("/") }
      && agent.prefix { $0 != " " }.contains("scan") == false
  }

  /// Parts of paths that are asked for in the hope that somebody left them open.
  private static let sought: Set<Substring> = [".git", ".aws", "actuator"]

  /// Last parts of the paths of health checks.
  private static let checks: Set<Substring> = [
    "health", "healthz", "healthy", "health.json", "_health", "healthcheck", "health-check",
    "health_check", "ready",
    "readyz",
    "livez", "ping", "metrics",
  ]

  /// `/healthz`, `/actuator/health/liveness`, `/_cluster/health`; not the API of a health service.
  private static func isHealthCheck(_ path: String) -> Bool {
    let parts = path.prefix { $0 != "?" }.split(separator: "/")
    guard let last = parts.last else { return false }
    if checks.contains(last) || parts.contains("healthz") { return true }
    // Spring, Quarkus: groups of checks (`live`, `readiness`, `started`, `well`).
    return parts.count >= 2 && parts[parts.count - 2] == "health"
      && ["live", "ready", "start", "well"].contains { last.hasPrefix($0) }
  }

  private static func route(_ path: String) -> UInt8 {
    var mark = seen
    if isHealthCheck(path) { mark |= probe }
    let isSought = path.split(separator: "/").contains { part in
      sought.contains(part) || part.hasPrefix(".env") || part.hasSuffix(".env")
        || part.hasPrefix("wp-login")
        || part.contains("phpmyadmin")
    }
    if isSought || path.contains("/etc/passwd") { mark |= scanner }
    return mark
  }
}
