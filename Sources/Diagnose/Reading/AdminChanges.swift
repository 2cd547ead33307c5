internal import Evidence

/// What administrators changed about clients, about what their tokens hold and about keys: admin events of Keycloak, and
/// calls of its Admin REST interface in its access log.
struct AdminChanges: Sendable {
  struct Change: Sendable {
    var time: Instant
    var citation: Citation
  }
  /// Of clients themselves.
  private(set) var clients: [Change] = []
  /// Of mappers and scopes: claims come and go.
  private(set) var mappers: [Change] = []
  /// Of components, of which key providers are some: events, and calls, in the order of the log.
  private(set) var componentEvents: [Change] = []
  private(set) var componentCalls: [Change] = []
  /// Ends of sessions: `users/ID/logout`, `sessions/ID`, `push-revocation`, `logout-all`; in the same order.
  private(set) var endEvents: [Change] = []
  private(set) var endCalls: [Change] = []
  /// Sessions that were ended by their id, and the first time of that.
  private(set) var endedSessions: [String: Change] = [:]

  init() {}

  init(_ file: CaseFile, from start: Instant) {
    for e in file.observations.adminEvents where e.time >= start {
      let path = file.text(e.resourcePath)
      let change = Change(time: e.time, citation: e.citation)
      if file.text(e.resourceType) == "COMPONENT" || path.contains("components") {
        componentEvents.append(change)
      }
      if path.hasSuffix("/logout") || path.contains("sessions/") || path.contains("push-revocation")
        || path.contains("logout-all")
      {
        endEvents.append(change)
        noteSession(path, change)
      }
      note(path, change)
    }
    // Calls are many, methods and paths few.
    var isChange = TextMemo<Bool>()
    var resources = TextMemo<String>()
    var isEnd = TextMemo<Bool>()
    for leg in file.legs where leg.hop == .keycloak && leg.start >= start {
      if isEnd.value(of: leg.path, { AdminChanges.endsSessions(file.text($0)) }) {
        let change = Change(time: leg.start, citation: leg.citation)
        endCalls.append(change)
        if leg.status < 400, file.text(leg.method) == "DELETE" {
          noteSession(file.text(leg.path), change)
        }
      }
      guard isChange.value(of: leg.method, { ["PUT", "POST", "DELETE"].contains(file.text($0)) })
      else { continue }
      let resource = resources.value(of: leg.path) { AdminChanges.resource(file.text($0)) }
      if resource.isEmpty { continue }
      let change = Change(time: leg.start, citation: leg.citation)
      if resource.contains("/components") { componentCalls.append(change) }
      if leg.status < 400 { note(String(resource.dropFirst()), change) }
    }
    clients.sort { ($0.time, $0.citation) < ($1.time, $1.citation) }
    mappers.sort { ($0.time, $0.citation) < ($1.time, $1.citation) }
  }

  /// - Parameter path: `sessions/ID`, `/admin/realms/REALM/sessions/ID?isOffline=false`.
  private mutating func noteSession(_ path: String, _ change: Change) {
    let parts = path.prefix { $0 != "?" }.split(separator: "/")
    guard parts.count >= 2, parts[parts.count - 2] == "sessions", let id = parts.last else {
      return
    }
    if endedSessions[String(id)].map({ $0.time <= change.time }) == true { return }
    endedSessions[String(id)] = change
  }

  private static func endsSessions(_ path: String) -> Bool {
    path.contains("/admin/realms/")
      && (path.hasSuffix("/logout") || path.contains("/sessions/")
        || path.hasSuffix("/push-revocation") || path.hasSuffix("/logout-all"))
  }

  /// What follows `/admin/realms/REALM`; empty where that is not asked.
  private static func resource(_ path: String) -> String {
    guard path.contains("/admin/realms/") else { return "" }
    return path.split(separator: "/").drop { $0 != "admin" }.dropFirst(3).map { "/" + $0 }.joined()
  }

  /// - Parameter path: `clients/ID`, `clients/ID/protocol-mappers/models/ID`, `client-scopes/ID/…`.
  private mutating func note(_ path: String, _ change: Change) {
    let parts = path.split(separator: "/")
    guard let kind = parts.first, kind == "clients" || kind == "client-scopes" else { return }
    if parts.contains(where: { $0 == "protocol-mappers" || $0.hasSuffix("client-scopes") }) {
      mappers.append(change)
    } else if kind == "clients", parts.count == 2 {
      clients.append(change)
    }
  }

  /// The last of some changes within a minute before a group of one client's refusals, if what it refuses are tokens
  /// issued since then.
  static func cause(of group: Group, in changes: [Change], _ scene: Scene) -> Change? {
    guard let first = group.rows.first else { return nil }
    let start = scene.briefs[first].start
    let before = changes.last { $0.time <= start.advanced(seconds: 1) }
    guard let change = before, start - change.time <= 60,
      areIssued(since: change.time, group, scene)
    else { return nil }
    return change
  }

  /// Whether most tokens that a group was refused with were issued after a time.
  static func areIssued(since time: Instant, _ group: Group, _ scene: Scene) -> Bool {
    let some = group.rows.prefix(200)
    let since = some.count {
      let call = scene.lastToken(before: scene.briefs[$0].start, for: $0)
      return call.map { scene.briefs[$0].end >= time.advanced(seconds: -2) } ?? false
    }
    return since >= 3 && since * 10 >= some.count * 7
  }
}
