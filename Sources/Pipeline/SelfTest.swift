package import Evidence
internal import Ingest

/// Judges the program on labelled runs: folders that hold `inputs/` and `labels.tsv`, one line per
/// failure: `inputs/FILE:LINE`, a tab, its cause, and after a second tab other causes that are just as
/// true, separated by commas. Reads nothing else and writes nothing.
package struct SelfTest: Sendable {
  /// What one verdict was worth.
  package struct Verdict: Sendable {
    package var cause: CauseID
    package var confidence: Double
    package var isRight: Bool
    package var isRightKind: Bool
  }

  package struct Run: Sendable {
    package var name: String
    /// Labelled failures, and those of them that the report explains or leaves undecided by line.
    package var labelled = 0
    package var verdicts: [Verdict] = []
    /// `file:line: reason`, ready to print.
    package var problems: [String] = []
  }

  /// `read` gives a file's bytes, or why it cannot be read.
  package static func runs(
    below folders: [String], _ options: IngestOptions,
    read: (String) -> (bytes: [UInt8], problem: String?)
  ) -> [Run] {
    FolderWalk.files(folders).files.filter { $0.hasSuffix("/labels.tsv") }.map { path in
      let folder = String(path.dropLast("/labels.tsv".count))
      var run = Run(name: folder.split(separator: "/").last.map(String.init) ?? folder)
      let file = read(path)
      if let problem = file.problem {
        run.problems.append("\(path): \(problem)")
        return run
      }
      let labels = parse(file.bytes, path, &run.problems)
      run.labelled = labels.count
      let outcome = Analysis.run(.init(inputs: [folder + "/inputs"], options: options))
      run.problems += outcome.unreadable
      let report = outcome.report
      let prefix = folder + "/"
      for row in report.attributions where report.failures.indices.contains(row.request) {
        var text = report.sources.text(report.failures[row.request].citation)
        if text.hasPrefix(prefix) { text.removeFirst(prefix.count) }
        guard let truth = labels[text] else { continue }
        run.verdicts.append(
          Verdict(
            cause: row.cause, confidence: Double(row.confidence),
            isRight: truth.contains(row.cause),
            isRightKind: truth.contains { $0.category == row.cause.category }))
      }
      return run
    }
  }

  private static func parse(_ bytes: [UInt8], _ path: String, _ problems: inout [String])
    -> [String: [CauseID]]
  {
    var labels: [String: [CauseID]] = [:]
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (k, line) in lines.enumerated() where !line.isEmpty {
      let fields = line.split(separator: UInt8(ascii: "\t")).map {
        String(decoding: $0, as: UTF8.self)
      }
      let names = fields.dropFirst().flatMap { $0.split(separator: ",").map(String.init) }
      let causes = names.compactMap { CauseID(rawValue: $0) }
      guard fields.count >= 2, !causes.isEmpty, causes.count == names.count else {
        problems.append("\(path):\(k + 1): not a citation and the names of causes")
        continue
      }
      labels[fields[0]] = causes
    }
    return labels
  }
}
