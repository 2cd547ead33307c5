internal import Evidence

/// What walks over all exchanges ask of a request, beside its `Brief`: requests are large, and a walk over them takes
/// ten times as long.
struct Outline: Sendable, BitwiseCopyable {
  var route: Symbol
  var agent: Symbol
  var method: Symbol
  /// Bytes of the request beside its target; `unlogged` where its length is not known.
  var length: Int32
  /// The client's; 0 unknown.
  var port: UInt16
  /// The name of a Basic user was logged.
  var isNamed: Bool
  /// Of a format whose sizes may hold headers (`Scene.combinedCounts`).
  var isCombined: Bool

  static let unlogged = Int32.min
  var hasLength: Bool { length != Outline.unlogged }

  init(_ r: Request) {
    route = r.route
    agent = r.userAgent
    method = r.method
    length = r.requestBytes > 0 ? Int32(clamping: r.lengthWithoutTarget) : Outline.unlogged
    port = r.clientPort
    isNamed = !r.remoteUser.isNone
    isCombined = Scene.isCombined(r)
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
