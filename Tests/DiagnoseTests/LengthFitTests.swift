import Evidence
import Testing

@testable import Diagnose

struct LengthFitTests {
  @Test func `sizes that count headers are read by how each edge counts them`() {
    // `unsupported_algorithm: Algorithm of 'HS512' is not allowed`, twice, and `{"error":…,"message":…}`.
    let text = 58
    let htx = 193 + 8 + 39 + 2 * text
    #expect(Self.share(htx, as: .haproxy) > 0.2)
    #expect(Self.share(htx + 1, as: .haproxy) < 0.1)
    let apache = 198 + 8 + 39 + 2 * text
    #expect(Self.share(apache, as: .apache) > 0.2)
    #expect(Self.share(apache + 1, as: .apache) < 0.1)
    let nginx = 275 + 39 + 2 * text
    #expect(Self.share(nginx, as: .nginx) > 0.2)
    #expect(Self.share(nginx + 1, as: .nginx) < 0.1)
    #expect(Self.share(nginx, as: .body) < 0.1)
  }

  /// How likely a service's only refusal of a size names the algorithm.
  private static func share(_ bytes: Int, as counting: LengthFit.Counting) -> Double {
    let size = LengthFit.SizeClass(party: 0, status: 401, bytes: Int32(bytes))
    let fit = LengthFit([size: counting], isEmpty: { _ in false }, baseline: { _ in nil })
    return fit.candidates[size]?[.tokenAlgorithm] ?? 0
  }
}
