internal import Evidence

/// Failures that are known and not to be reported until a day. Holds for failures of that time: the same
/// logs give the same report whenever they are read.
struct SuppressionRule: Sendable {
  /// Where it stands: `why401.yaml:12`.
  var place: String
  var reason = ""
  var until = ""
  var end = Instant.unknown
  // Names with stars; `nil` = any.
  var cause: String?
  var host: String?
  var method: String?
  /// Of the request, or its route.
  var path: String?
  var service: String?
  /// Of the client.
  var address: String?
  var status: UInt16?

  init(place: String) { self.place = place }

  /// Names no failure in particular.
  var isEverything: Bool { cause == nil && !asksRequest }
  /// A finding without failures cannot be told apart by these.
  var asksRequest: Bool {
    host != nil || method != nil || path != nil || service != nil || address != nil || status != nil
  }

  func holds(for cause: CauseID) -> Bool {
    self.cause.map { Glob.matches($0, cause.rawValue) } ?? true
  }

  func holds(for r: Request, _ symbols: SymbolTable) -> Bool {
    func fits(_ pattern: String?, _ texts: Symbol...) -> Bool {
      guard let pattern else { return true }
      return texts.contains { Glob.matches(pattern, symbols.text($0)) }
    }
    return (status == nil || status == r.status) && fits(host, r.host) && fits(method, r.method)
      && fits(path, r.path, r.route) && fits(service, r.service) && fits(address, r.client)
  }
}
