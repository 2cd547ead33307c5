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

  /// Problem details (RFC 9457) and bodies with time and path stand around the text with more than 64 bytes.
  @Test func `texts in a long body are told by how their sizes differ`() {
    // `Signature has expired`, `Invalid issuer`, `Not enough segments`, `Signature verification failed`.
    let texts = [21, 14, 19, 29]
    let fit = Self.fit(texts.map { $0 + 118 })
    #expect(fit[0, default: [:]][.tokenExpired, default: 0] > 0.3)
    #expect(fit[1, default: [:]][.tokenIssuer, default: 0] > 0.3)
    // The same constant, but lengths that no library has together.
    let others = Self.fit([23, 9, 30, 41].map { $0 + 118 })
    #expect(others[0, default: [:]][.tokenExpired, default: 0] < 0.2)
  }

  /// By place in the list.
  private static func fit(_ bytes: [Int]) -> [Int: [Statement: Double]] {
    let sizes = bytes.map { LengthFit.SizeClass(party: 0, status: 401, bytes: Int32($0)) }
    let fit = LengthFit(
      Dictionary(uniqueKeysWithValues: sizes.map { ($0, .body) }), isEmpty: { _ in false },
      baseline: { _ in nil })
    return Dictionary(
      uniqueKeysWithValues: sizes.enumerated().map { ($0, fit.candidates[$1] ?? [:]) })
  }

  /// How likely a service's only refusal of a size names the algorithm.
  private static func share(_ bytes: Int, as counting: LengthFit.Counting) -> Double {
    let size = LengthFit.SizeClass(party: 0, status: 401, bytes: Int32(bytes))
    let fit = LengthFit([size: counting], isEmpty: { _ in false }, baseline: { _ in nil })
    return fit.candidates[size]?[.tokenAlgorithm] ?? 0
  }
}
