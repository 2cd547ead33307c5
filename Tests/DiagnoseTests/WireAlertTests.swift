import Evidence
import Testing

@testable import Diagnose

/// TLS alerts around refusals.
@Suite struct WireAlertTests {
  private static func event(
    _ kind: NetworkEvent.Kind, _ packet: Int, _ wire: inout WireCase, port: UInt16 = 5000,
    code: UInt16 = 0, _ detail: String
  ) -> NetworkEvent {
    var event = NetworkEvent(citation: Citation(source: 0, number: packet), kind: kind)
    event.time = Instant(nanoseconds: (WireCase.start + 1) * 1_000_000_000)
    event.source = wire.symbol("10.0.0.9")
    event.sourcePort = port
    event.destination = wire.symbol("10.0.0.20")
    event.destinationPort = 443
    event.code = code
    event.detail = wire.symbol(detail)
    return event
  }

  private static func alert(_ wire: WireCase) -> WireAlert? {
    let scene = Scene(wire.file)
    return WireAlert(Profile(Grouping.groups(scene)[0], scene), scene)
  }

  @Test func `a fatal alert tells why, and shows the certificate of its connection`() throws {
    var wire = WireCase()
    wire.ask(401)
    let certificate = "from server; subject sso.example; issuer CA; not after 2025-01-01T00:00:00Z"
    let events = [
      Self.event(.tlsCertificate, 70, &wire, port: 4999, "from server; subject other.example"),
      Self.event(.tlsCertificate, 71, &wire, certificate),
      Self.event(.tlsAlert, 72, &wire, code: 2 << 8 | 45, "from client"),
    ]
    wire.file.observations.network = events
    let alert = try #require(Self.alert(wire))
    #expect(alert.text.contains("certificate expired, from client"))
    #expect(alert.text.contains("subject sso.example"))
    #expect(alert.text.contains("not after 2025-01-01"))
    #expect(!alert.text.contains("other.example"))
    #expect(alert.lines.map(\.number) == [72, 71])
  }

  @Test func `a goodbye and an alert whose content is hidden tell nothing`() {
    var wire = WireCase()
    wire.ask(401)
    let events = [
      Self.event(.tlsAlert, 72, &wire, code: 1 << 8, "from client"),
      Self.event(.tlsAlert, 73, &wire, "from server, encrypted"),
    ]
    wire.file.observations.network = events
    #expect(Self.alert(wire) == nil)
  }
}
