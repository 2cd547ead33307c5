import Foundation
import Testing

@testable import Diagnose

/// The table of weights is the one place of them, and holds none that nobody weighs with. (That names are unique
/// is the compiler's to say.)
@Suite struct WeightTableTests {
  /// Texts of the module's files by path, those of the table apart.
  private static let files: (table: [String: String], others: [String: String]) = {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Diagnose").standardizedFileURL
    var table: [String: String] = [:]
    var others: [String: String] = [:]
    let paths = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String }
    for path in paths ?? [] where path.hasSuffix(".swift") {
      let text = try? String(contentsOf: root.appending(path: path), encoding: .utf8)
      if path.hasPrefix("Weighing/WeightTable") { table[path] = text } else { others[path] = text }
    }
    return (table, others)
  }()

  private static let names = files.table.values.flatMap { text in
    text.matches(of: /static var (\w+): Odds \{ Odds\(/).map { String($0.1) }
  }

  @Test func `a guess by the size of an answer is told from what more than that tells for`() {
    var weight = Weight(.malformedPrior)
    weight.count(.sizeFitsShare, times: 0.6)
    weight.count(.sizeFits)
    #expect(weight.restsOnSize)
    weight.count(.malformedEveryClient)
    #expect(weight.restsOnSize)
    weight.count(.malformedSaid)
    #expect(!weight.restsOnSize)
  }

  @Test func `a weight is called what the table calls it`() {
    #expect(Self.names.contains("expiredSaid"))
    #expect("\(Odds.expiredSaid.name)" == "expiredSaid")
  }

  @Test func `weights are made in the table alone`() {
    #expect(Self.files.others.count > 100)
    for (path, text) in Self.files.others {
      #expect(!text.contains(/\bOdds\(|: Odds = \.init\(/), "\(path)")
      #expect(!text.contains(/\btimes: -?[0-9.]/), "\(path): a number in place of a weight")
    }
  }

  @Test func `every weight of the table is weighed with`() {
    let used = Set(
      Self.files.others.values.flatMap { text in
        text.matches(of: /\.([a-z]\w+)/).map { String($0.1) }
      })
    for name in Self.names { #expect(used.contains(name), "\(name)") }
  }
}
