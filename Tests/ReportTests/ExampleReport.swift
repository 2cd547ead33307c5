import Evidence

/// One report with everything a renderer can meet: two faults, a harmless and an undecided group,
/// a capture, notes, unparsed lines. Built by hand, so that renderers are tested without a diagnosis.
enum ExampleReport {
  static let start = Instant.utc(year: 2026, month: 3, day: 4, hour: 9, minute: 15, second: 2)

  static func at(_ seconds: Double) -> Instant { start.advanced(seconds: seconds) }
  static func log(_ number: Int) -> Citation { Citation(source: 0, number: number) }
  static func keycloak(_ number: Int) -> Citation { Citation(source: 1, number: number) }
  static func packet(_ number: Int) -> Citation { Citation(source: 2, number: number) }

  static func make() -> Report {
    var report = Report()
    report.version = "0.0.0"
    report.sources = Sources([
      Source(name: "logs/ingress.log", isCapture: false),
      Source(name: "logs/keycloak.log", isCapture: false),
      Source(name: "node.pcapng", isCapture: true),
    ])
    report.findings = [expired(), blocked(), harmless(), undecided()]
    addFailures(to: &report)
    report.weighed = [weighed()]
    report.totals.requests = 12_480
    report.totals.failures401 = 10
    report.totals.adjacent = 3
    report.totals.explained = 6
    report.totals.benign = 2
    report.totals.undecided = 2
    report.totals.first = at(0)
    report.totals.last = at(90)
    report.totals.answeredBy = [("application orders", 6), ("edge", 4)]
    report.inputs = [
      InputSummary(
        source: 0, role: "ingress access log (ingress-nginx)",
        formats: [(.nginxIngress, 12_479), (.unparsed, 2)], lines: 12_481, unparsed: 2,
        unparsedExamples: [log(77), log(9001)], first: at(0), last: at(90), problems: []),
      InputSummary(
        source: 1, role: "Keycloak's log", formats: [(.keycloakText, 210)], lines: 210,
        unparsed: 0, unparsedExamples: [], first: at(-30), last: at(95),
        problems: ["success events are not logged (level)"]),
      InputSummary(
        source: 2, role: "capture", formats: [(.capture, 48)], lines: 48, unparsed: 0,
        unparsedExamples: [], first: at(10), last: at(40), problems: []),
    ]
    report.notes = [
      Note(
        kind: .clock, text: "Keycloak's log is 2.1 s behind the ingress (from 14 pairs)",
        citations: [log(12), keycloak(4)])
    ]
    return report
  }

  private static func expired() -> Finding {
    var finding = Finding(
      cause: .tokenExpired,
      title: "client erp-connector goes on using access tokens past their 300 s", confidence: 0.974,
      proof: CitedClaim(
        "orders refuses the token: \"Jwt is expired\"", log(120),
        [log(121), log(130), log(131), log(140)]),
      more: [CitedClaim("the last token event of this client is 301 s older", keycloak(14))])
    finding.id = "F1"
    finding.statuses = [401: 4]
    finding.first = at(12)
    finding.last = at(61.25)
    finding.answeredBy = "application orders"
    finding.routes = [("/orders/*", 3), ("/orders/*/items", 1)]
    finding.clients = [("198.51.100.7", 4)]
    finding.users = [("alice", 3), ("bob@example.org", 1)]
    finding.against = [CitedClaim("one success in the same window", log(133))]
    finding.hops = [
      CitedClaim("Authorization: Bearer (JWT) before the proxy, none behind it", packet(12))
    ]
    finding.lifeLine = [
      LifeEvent(
        offset: -301.25, claim: CitedClaim("gets a token (LOGIN, user carol)", keycloak(14)),
        user: "carol"),
      LifeEvent(offset: -0.4, claim: CitedClaim("accepted: GET /orders/* → 200", log(119))),
      LifeEvent(
        offset: 0, claim: CitedClaim("refused: GET /orders/17 → 401", log(120), [log(121)])),
      LifeEvent(offset: 42.0625, claim: CitedClaim("gets a new token", keycloak(31))),
    ]
    finding.remarks = ["4 edge 401s match 4 warnings of orders"]
    finding.runnerUp = RunnerUp(
      cause: .tokenClockSkew, share: 0.02,
      separatedBy: "tokens younger than 300 s pass on the same pod")
    finding.fix = ["let erp-connector refresh before exp, or request a new token on 401"]
    finding.verify = ["no 401 of erp-connector later than 300 s after a token event"]
    finding.clusters = [
      ClusterRow(
        answeredBy: "application orders", method: "GET", host: "shop.example", route: "/orders/*",
        service: "shop-orders-8080", client: "erp-connector", status: 401, count: 4, first: at(12),
        last: at(61.25), example: log(120))
    ]
    return finding
  }

  private static func weighed() -> Weighed {
    Weighed(
      cause: .ingressAuthHeaderStripped, share: 0.71, isBySums: true,
      candidates: [
        Weighed.Candidate(
          cause: .ingressAuthHeaderStripped, sum: 1.5,
          signs: [
            Weighed.Sign(name: "strippedPrior", odds: -0.5, times: 1),
            Weighed.Sign(name: "strippedEmptySize", odds: 1.6, times: 0.7),
            Weighed.Sign(name: "strippedReloadAtOnset", odds: 1.5, times: 1.000_000_4),
            Weighed.Sign(name: "strippedMostIfHealed", odds: 1.5, times: nil),
          ]),
        Weighed.Candidate(
          cause: .undecided, sum: 0.1,
          signs: [Weighed.Sign(name: "undecided", odds: 0.1, times: 1)]),
      ], failures: [0, 1])
  }

  private static func blocked() -> Finding {
    var finding = Finding(
      cause: .netpolDrop, title: "packets from billing to Keycloak vanish", confidence: 0.991,
      proof: CitedClaim("SYN sent 4 times without an answer", packet(17)))
    finding.id = "F2"
    finding.statuses = [401: 2, 503: 3]
    finding.first = at(20)
    finding.last = at(45)
    finding.answeredBy = "edge (auth sub-request)"
    finding.routes = [("/billing", 5)]
    finding.fix = ["allow billing → Keycloak, port 8443, in the NetworkPolicy"]
    return finding
  }

  private static func harmless() -> Finding {
    var finding = Finding(
      cause: .benignNoToken, title: "a scanner without credentials", confidence: 0.95,
      proof: CitedClaim("never any success of this actor", log(300)))
    finding.id = "F3"
    finding.statuses = [401: 2]
    finding.first = at(70)
    finding.last = at(70)
    finding.answeredBy = "edge"
    return finding
  }

  private static func undecided() -> Finding {
    var finding = Finding(
      cause: .undecided, title: "2 refusals of profile that no input explains", confidence: 0.4,
      proof: CitedClaim("401 without a reason", log(400), [log(401)]))
    finding.id = "F4"
    finding.statuses = [401: 2]
    finding.first = at(80)
    finding.last = at(90)
    finding.missing = [
      MissingInput(
        what: "the log of profile", command: "kubectl -n shop logs deploy/profile --since=1h")
    ]
    return finding
  }

  private static func addFailures(to report: inout Report) {
    let rows: [(Double, Int, Int32, UInt16, String)] = [
      (12, 120, 0, 401, "/orders/17"), (30, 121, 0, 401, "/orders/18"),
      (60, 130, 0, 401, "/orders/19"), (61.25, 131, 0, 401, "/orders/17/items"),
      (20, 200, 1, 401, "/billing"), (45, 201, 1, 503, "/billing"),
      (70, 300, 2, 401, "/.env"), (80, 400, 3, 401, "/profile"),
    ]
    for (seconds, number, finding, status, path) in rows {
      var request = Request(citation: log(number))
      request.start = at(seconds)
      request.end = at(seconds + 0.5)
      request.status = status
      request.method = report.symbols.intern("GET")
      request.host = report.symbols.intern("shop.example")
      request.path = report.symbols.intern(path)
      request.client = report.symbols.intern("198.51.100.7")
      request.requestID = report.symbols.intern("req-\(number)")
      report.failures.append(request)
      report.attributions.append(
        Attribution(
          request: report.failures.count - 1, answeredBy: finding == 0 ? .application : .edge,
          cause: report.findings[Int(finding)].cause, confidence: 0.97, finding: finding,
          evidence: [log(number), packet(17)]))
    }
  }
}
