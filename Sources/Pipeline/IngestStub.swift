package import Evidence

/// STUB until the reading half of the pipeline is here: opens nothing, reads nothing.
package enum IngestStub {
  /// How the caller looks on: how far reading is, and whether to give up.
  package struct Watch: Sendable {
    package var progress: (@Sendable (_ done: Int, _ total: Int) -> Void)?
    package var isCancelled: @Sendable () -> Bool = { false }
    package init() {}
  }
  package struct Ingested: Sendable {
    package var sources = Sources()
    package var observations = Observations()
    package var unreadable: [String] = []
    package var isPartial = false
  }
  package static func run(_ inputs: [String], watch: Watch) -> Ingested {
    var result = Ingested()
    result.sources = Sources(inputs.sorted().map { Source(name: $0, isCapture: false) })
    return result
  }
}
