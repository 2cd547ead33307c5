@testable import Captures
@testable import Evidence

/// What a capture in memory was read as.
struct Reading {
  var observations = Observations()

  /// Every request is kept where it is not said otherwise.
  init(_ bytes: [UInt8], inFull: Bool = true) {
    var options = CaptureOptions()
    options.isInFull = inFull
    self.init(bytes, options)
  }
  init(_ bytes: [UInt8], _ options: CaptureOptions) {
    CaptureReader.read(bytes: bytes, source: 3, options: options, into: &observations)
  }
  init(_ file: PacketBuilder) { self.init(file.bytes) }

  func text(_ symbol: Symbol) -> String { observations.symbols.text(symbol) }
  var requests: [Request] {
    observations.requests.sorted {
      ($0.start, $0.citation) < ($1.start, $1.citation)
    }
  }
  var coverage: Coverage { observations.coverage[3] ?? Coverage() }
  func events(_ kind: NetworkEvent.Kind) -> [NetworkEvent] {
    observations.network.filter { $0.kind == kind }
  }
  /// `GET /a 200` per request, in the order of time; `- 200` for an answer alone.
  var lines: [String] {
    requests.map {
      ($0.method.isNone ? "-" : text($0.method) + " " + text($0.path)) + " \($0.status)"
    }
  }
}
