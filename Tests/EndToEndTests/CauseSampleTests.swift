import Foundation
import Testing

/// Every cause against lines that show it and lines that only look like it (`Samples/causes`).
struct CauseSampleTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Samples/causes")
  static let causes =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?
    .filter { !$0.hasSuffix(".md") }.sorted() ?? []

  /// Causes that no log line shows, and why. Their pages serve a reader who knows the setup.
  static let unseen = [
    // A redirect to the login is no failure in any log, and an auth service that looked at a token
    // and refused it answers with the same bytes as one that never looked.
    "ingress.bearer_ignored"
  ]
  /// Above this a finding counts as named.
  static let named = 0.5

  @Test func `every cause of the catalogue has a folder`() throws {
    let listed = try Tool.run(["causes"]).output.split(separator: "\n")
      .map { $0.drop { $0 == " " }.prefix { $0 != " " } }
      .filter { $0.contains(".") }.map(String.init)
    #expect(listed.count > 60)
    #expect(Set(listed).subtracting(Self.unseen) == Set(Self.causes))
  }

  @Test(arguments: causes)
  func `lines that show a cause are named so`(_ cause: String) throws {
    #expect(try confidence(of: cause, in: Self.inputs(cause, "positive")) > 0)
  }

  @Test(arguments: causes)
  func `lines that only look like a cause are not named so`(_ cause: String) throws {
    let inputs = Self.inputs(cause, "near-miss")
    #expect(!(try FileManager.default.contentsOfDirectory(atPath: inputs.path)).isEmpty)
    #expect(try confidence(of: cause, in: inputs) < Self.named)
  }

  /// A finding stands on the lines it cites: without them it is gone or weaker, or, where others say the
  /// same of other requests, of fewer failures.
  @Test(arguments: causes)
  func `without the lines it cites a finding is gone, weaker or smaller`(_ cause: String) throws {
    let inputs = Self.inputs(cause, "positive")
    let finding = try #require(try findings(in: inputs).first { $0["cause"] as? String == cause })
    let claims = try #require(finding["for"] as? [[String: Any]])
    let cited = Set(claims.flatMap { $0["citations"] as? [String] ?? [] })
    #expect(!cited.isEmpty)
    let rest = Scratch.folder.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: rest, withIntermediateDirectories: true)
    var lines = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: inputs.path).sorted() {
      let file = inputs.appending(path: name)
      let all = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      let kept = all.enumerated().filter { !cited.contains("\(file.path):\($0.offset + 1)") }
      lines += all.count - kept.count
      guard !kept.isEmpty else { continue }
      try Data(kept.map { $0.element + "\n" }.joined().utf8)
        .write(to: rest.appending(path: name))
    }
    #expect(lines == cited.count)
    guard let left = try findings(in: rest).first(where: { $0["cause"] as? String == cause })
    else { return }
    #expect(
      try confidence(left) < confidence(finding) || failures(left) < failures(finding))
  }

  private static func inputs(_ cause: String, _ kind: String) -> URL {
    folder.appending(path: "\(cause)/\(kind)")
  }

  /// 0 where the report does not name it.
  private func confidence(of cause: String, in inputs: URL) throws -> Double {
    try findings(in: inputs).filter { $0["cause"] as? String == cause }.map(confidence).max() ?? 0
  }

  private func confidence(_ finding: [String: Any]) throws -> Double {
    try #require(finding["confidence"] as? Double)
  }

  private func failures(_ finding: [String: Any]) throws -> Int {
    try #require((finding["counts"] as? [String: Any])?["total"] as? Int)
  }

  private func findings(in inputs: URL) throws -> [[String: Any]] {
    let result = try Tool.run(["-q", "--fail-on", "never", "--json", "-", inputs.path])
    // Nothing left to read is no report.
    guard result.status == 0 else { return [] }
    let report = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return (report as? [String: Any])?["findings"] as? [[String: Any]] ?? []
  }
}
