import Evidence
import Report
import Testing

struct RedactionTests {
  @Test(arguments: GoldenTests.renderers.indices)
  func `no renderer shows a name or address after full redaction`(_ index: Int) {
    var out = Output()
    GoldenTests.renderers[index].write(ExampleReport.make().redacted(.all), &out)
    for secret in ["alice", "bob@example.org", "198.51.100.7"] {
      #expect(!out.text.contains(secret))
    }
  }

  @Test func `the same person has the same pseudonym everywhere`() {
    var report = ExampleReport.make()
    var finding = Finding(
      cause: .userLocked, title: "alice is locked; mail to alice@example.org from 10.0.0.1:443",
      confidence: 1,
      proof: CitedClaim("user=alice, ip 10.0.0.1, at 09:15:02", .init(source: 0, number: 1)))
    finding.users = [("alice", 1)]
    finding.clients = [("10.0.0.1", 1), ("2001:db8::1", 1)]
    report.findings = [finding]
    let redacted = report.redacted(.all).findings[0]
    #expect(redacted.title == "user-1 is locked; mail to user-2 from ip-1:443")
    #expect(redacted.supports[0].text == "user=user-1, ip ip-1, at 09:15:02")
    #expect(redacted.users[0].name == "user-1")
    #expect(redacted.clients.map(\.name) == ["ip-1", "ip-2"])
    let users = report.redacted(.users).findings[0]
    #expect(users.clients[0].name == "10.0.0.1")
    #expect(users.title.hasPrefix("user-1 is locked"))
  }

  @Test(arguments: [
    "from 10.1.2.3", "from fe80::1", "user=alice", "from 10.1.2.3:80", "10.1.2.3", "alice",
  ])
  func `the last word of a quote is redacted as those before it`(_ words: String) {
    var report = ExampleReport.make()
    report.findings[0].users = [("alice", 1)]
    report.findings[0].remarks = [
      "it says “refused \(words)”", "it says “\(words)…” here", "‘\(words)’",
    ]
    for remark in report.redacted(.all).findings[0].remarks {
      #expect(!remark.contains("10.1.2.3") && !remark.contains("fe80") && !remark.contains("alice"))
      #expect(remark.contains("”") || remark.contains("’"))
    }
  }

  @Test func `times, versions and identifiers are no addresses`() {
    var report = ExampleReport.make()
    let text = "at 18:20:30 in 26.7.3, token.expired, 1.2.3.4.5, std::string, 300.400.1.1"
    report.findings[0].remarks = [text]
    #expect(report.redacted(.all).findings[0].remarks == [text])
  }
}
