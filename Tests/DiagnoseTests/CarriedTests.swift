import Evidence
import Testing

@testable import Diagnose

/// Causes that a client carries from service to service.
@Suite struct CarriedTests {
  @Test func `refusals do not speak for themselves, those of another group do`() {
    var wire = WireCase()
    for k in 0..<12 { wire.ask(k % 2 == 0 ? 401 : 403) }
    let scene = Scene(wire.file)
    let groups = Grouping.groups(scene)
    var weight = Weight(.badSignaturePrior)
    weight.add(.badSignatureSaid, "said", [])
    let judged = groups.map { group in
      var j = Judged(group, Profile(group, scene), scene)
      j.verdict = Verdict(cause: .tokenBadSignature, share: 0.7, weight: weight, runnerUp: nil)
      return j
    }
    let first = judged[0].group.rows
    let alone = Carried([judged[0]], scene)
    #expect(alone.counts(first, of: 0, scene).isEmpty)
    #expect(alone.counts(first, of: 1, scene) == [.tokenBadSignature: first.count])
    // Another group of the same client.
    let both = Carried(judged, scene)
    #expect(judged.count == 2)
    #expect(both.counts(first, of: 0, scene) == [.tokenBadSignature: first.count])
  }
}
