internal import Evidence

/// What walks over all exchanges ask of a request, beside its `Brief`, in twenty bytes: requests are large, and a walk
/// over them takes as many times as long.
struct Outline: Sendable, BitwiseCopyable {
  var route: Symbol
  var agent: Symbol
  var method: Symbol
  /// Bytes of the request beside its target; `unlogged` where its length is not known.
  var length: Int32
  /// The client's; 0 unknown.
  var port: UInt16
  private var marks: UInt8 = 0

  static let unlogged = Int32.min
  var hasLength: Bool { length != Outline.unlogged }

  /// The name of a Basic user was logged.
  var isNamed: Bool { marks & 1 != 0 }
  /// Of a format whose sizes may hold headers (`Scene.combinedCounts`).
  var isCombined: Bool { marks & 2 != 0 }
  /// The edge itself answered, as far as its line tells.
  var isOfEdge: Bool { marks & 4 != 0 }
  /// The answer's challenge was logged.
  var isChallenged: Bool { marks & 8 != 0 }

  init(_ r: Request) {
    route = r.route
    agent = r.userAgent
    method = r.method
    length = r.requestBytes > 0 ? Int32(clamping: r.lengthWithoutTarget) : Outline.unlogged
    port = r.clientPort
    if !r.remoteUser.isNone { marks |= 1 }
    if Scene.isCombined(r) { marks |= 2 }
    if r.answeredBy == .edge { marks |= 4 }
    if !r.challenge.isNone { marks |= 8 }
  }

  static func all(_ file: CaseFile, _ crew: Crew) -> [Outline] {
    unsafe crew.fill(file.exchanges.count) { (span, places) in
      let requests = file.exchanges.requests.span
      for i in span {
        unsafe places.initializeElement(at: i - span.lowerBound, to: Outline(requests[i]))
      }
    }
  }
}
