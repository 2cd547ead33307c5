import Foundation
import Testing

/// `--role` and `--clock`, and their places in the settings.
@Suite struct WishTests {
  private func page(_ arguments: [String], _ inputs: [String]) throws -> String {
    SettingsTests.words(try Tool.run(arguments + inputs).output)
  }

  @Test func `a service that is said to be Keycloak is`() throws {
    let log = try Scratch.file(Lines.refusals + Lines.success).path
    #expect(try page([], [log]).contains("Who said no: application shop-orders-8080 2"))
    let said = "Who said no: Keycloak 2"
    #expect(try page(["--role", "keycloak=shop-orders-*"], [log]).contains(said))
    let file = try Scratch.file("roles: {keycloak: [shop-orders-*]}\n").path
    #expect(try page(["--config", file], [log]).contains(said))
  }

  @Test func `a proxy that is said to stand behind the edge counts no request twice`() throws {
    let front = try Scratch.file(Lines.refusals).path
    let back = try Scratch.file(
      Lines.refusals.replacing("d2e1f0", with: "d2e1f1"), name: "inner-proxy.log"
    ).path
    #expect(try page([], [front, back]).hasPrefix("4 × 401"))
    #expect(
      try page(["--role", "application=inner-proxy.log"], [front, back]).hasPrefix("2 × 401"))
  }

  @Test func `a clock moves what is joined, and only against the others`() throws {
    let run = RecordedRunTests.folder.appending(path: "nginx-1/inputs").path
    func rows(_ arguments: [String]) throws -> String {
      try Tool.run([run, "--no-clock-estimate", "-q", "--attributions", "-"] + arguments).output
    }
    func events(_ text: String) -> Int {
      text.split(separator: "\n").count { $0.contains("keycloak.log:") }
    }
    let plain = try rows([])
    #expect(events(plain) > 0)
    let edge = ["--clock", "ingress-access.log=+600", "--clock", "ingress-error.log=+600"]
    let off = try rows(["--clock", "keycloak.log=+600"])
    #expect(off != plain)
    let both = try rows(
      edge + [
        "--clock", "keycloak.log=+600", "--clock", "orders.log=+600", "--clock", "catalog.log=+600",
        "--clock", "profile.log=+600",
      ])
    #expect(both == plain)
    let note = try page(["--clock", "keycloak.log=-3.25s"], [run])
    #expect(
      note.contains("keycloak.log are taken to be 3.3 s behind the edge's clock, as you said"))
  }

  @Test func `a name that nothing has is said, a wrong one refused`() throws {
    let log = try Scratch.file(Lines.refusals).path
    let missed = try page(["--role", "edge=nosuch.log", "--clock", "nosuch.log=1"], [log])
    #expect(missed.contains("no input, writer, host or service is called nosuch.log"))
    #expect(missed.contains("no input is called nosuch.log, whose clock was given"))
    for (option, value, words) in [
      ("--role", "kyecloak=x", "did you mean \"keycloak\"?"),
      ("--role", "edge", "a role is ROLE=NAME"),
      ("--clock", "x", "--clock is INPUT=SECONDS"),
      ("--clock", "x=fast", "--clock is INPUT=SECONDS"),
      ("--clock", "x=1e99", "--clock is INPUT=SECONDS"),
    ] {
      let run = try Tool.run([option, value, log])
      #expect(run.status == 64)
      #expect(run.errors.contains(words))
    }
    let file = try Scratch.file("clocks: {kc.log: soon}\n").path
    #expect(try Tool.run(["--config", file, log]).errors.contains(":1:18: a clock is an offset"))
  }
}
