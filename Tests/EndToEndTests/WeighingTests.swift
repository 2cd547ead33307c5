import Foundation
import Testing

/// What `--weighing` tells of the recorded runs.
@Suite struct WeighingTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL

  /// The clusters of a recorded run.
  private static func clusters(_ run: String, _ arguments: [String]) throws -> String {
    let folder = RecordedRunTests.folder.appending(path: run)
    return try Tool.run(arguments + ["-q", "--weighing", "-"], folder: folder).output
  }

  @Test func `signs and table make the sums, and the sums the verdicts`() throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/python3") else { return }
    let result = try Tool.shell(
      "Scripts/weights --check \"$WHY401\" Samples/runs", folder: Self.root)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(result.output.contains("in 14 runs: 0 not reproduced"))
  }

  @Test func `every row with its cause is of one cluster`() throws {
    let folder = RecordedRunTests.folder.appending(path: "nginx-2")
    var causes: [String: String] = [:]
    for line in try Self.clusters("nginx-2", ["inputs"]).split(separator: "\n") {
      let cluster = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
      for failure in cluster["failures"] as? [String] ?? [] {
        #expect(causes.updateValue(cluster["cause"] as? String ?? "", forKey: failure) == nil)
      }
    }
    let rows = try Tool.attributions([folder.appending(path: "inputs").path])
    #expect(rows.count > 10 && rows.count == causes.count)
    for row in rows {
      let citation = (row["citation"] as? String ?? "").replacing("\(folder.path)/", with: "")
      #expect(causes[citation] == row["cause"] as? String, "\(citation)")
    }
  }

  @Test func `batch and stream, in whatever order, give the same bytes`() throws {
    let folder = RecordedRunTests.folder.appending(path: "envoy-1")
    let files = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/inputs")
      .sorted().map { "inputs/\($0)" }
    #expect(files.count > 1)
    let batch = try Self.clusters("envoy-1", files)
    #expect(!batch.isEmpty)
    #expect(try batch == Self.clusters("envoy-1", files.reversed()))
    let rest = files.dropFirst().joined(separator: " ")
    let line = "cat \(files[0]) | \"$WHY401\" COMMAND - \(rest) -q --weighing -; true"
    let stream = try Tool.shell(line.replacing("COMMAND", with: "stream"), folder: folder)
    let pipe = try Tool.shell(line.replacing("COMMAND", with: "analyze"), folder: folder)
    #expect(!stream.output.isEmpty && stream.output == pipe.output)
  }
}
