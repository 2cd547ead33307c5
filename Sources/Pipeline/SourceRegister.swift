internal import Evidence
internal import Synchronization

/// The sources of one run while it reads: what lies in an archive is known when it is met. Numbers
/// are given in the order of arrival here, and in the order of names when everything is read
/// (`Settling`).
final class SourceRegister: Sendable {
  private let sources: Mutex<[Source]>

  init(_ sources: Sources) { self.sources = Mutex(sources.all) }

  /// `nil` when there are more than can be told apart.
  func add(_ source: Source) -> UInt16? {
    sources.withLock {
      guard $0.count < Int(UInt16.max) else { return nil }
      $0.append(source)
      return UInt16($0.count - 1)
    }
  }

  /// A compressed file turned out to hold packets.
  func isCapture(_ source: UInt16) { sources.withLock { $0[Int(source)].isCapture = true } }

  var all: [Source] { sources.withLock { $0 } }

  /// Old number to new one, and the sources in their final order.
  func sorted() -> (order: [UInt16], sources: Sources) {
    let all = self.all
    let byName = all.indices.sorted { (all[$0].name, $0) < (all[$1].name, $1) }
    var order = [UInt16](repeating: 0, count: all.count)
    for (new, old) in byName.enumerated() { order[old] = UInt16(new) }
    return (order, Sources(byName.map { all[$0] }))
  }
}
