internal import Evidence

/// 404s on Keycloak's paths: whose they are.
enum LostPaths {
  /// Bytes of `{"error":"Realm does not exist"}`, Keycloak's own answer to calls of a realm that it
  /// does not have (facts: answer-length fingerprints); 24 appended the description `For more on this error
  /// consult the server log at the debug level.`
  static let noRealm: Set<Int32> = [32, 120]
  /// Bytes of `{"error":"Unable to find matching target resource method"}`, and in 24 with
  /// `"error_description":"For more on this error consult the server log at the debug level."`.
  static let noMethod: Set<Int32> = [58, 146]

  /// The edge had no route to Keycloak for these rows, or sent them to its default backend.
  static func areOfEdge(_ group: Group, _ scene: Scene) -> Bool {
    group.rows.prefix(50).allSatisfy { isOfEdge(scene.exchange($0).request, scene) }
  }

  static func isOfEdge(_ r: Request, _ scene: Scene) -> Bool {
    if r.answeredBy == .edge { return true }
    if scene.text(r.detail).contains("route_not_found") || scene.text(r.flags).contains("NR") {
      return true
    }
    let service = scene.text(r.service)
    return service.contains("default-backend") || service.contains("default_backend")
  }

  /// The realms of these rows answer nothing but 404, here and on every other path, while another realm
  /// answers well.
  static func isWholeRealm(_ group: Group, _ scene: Scene) -> Bool {
    // Their 404s are of users, clients and roles.
    if group.endpoint == .admin || group.endpoint == .account { return false }
    var realms: Set<String> = []
    for i in group.rows.prefix(200) {
      guard let realm = Realms.realm(scene.text(scene.exchange(i).request.path)) else {
        return false
      }
      realms.insert(realm)
    }
    var isOtherServed = false
    var known = TextMemo<String?>()
    for i in scene.byParty[Int(group.party)] {
      let b = scene.briefs[i]
      let path = scene.file.exchanges.requests[i].path
      guard let realm = known.value(of: path, { Realms.realm(scene.text($0)) }) else { continue }
      if realms.contains(realm) {
        guard b.status == 404 || b.status == 0 || b.status >= 499 else { return false }
      } else if b.isSuccess {
        isOtherServed = true
      }
    }
    return isOtherServed
  }

  /// Good answers on the very routes of a group, those before its first row and those after its last.
  static func served(_ group: Group, _ scene: Scene) -> (before: [Citation], after: [Citation]) {
    guard let first = group.rows.first, let last = group.rows.last else { return ([], []) }
    let routes = Set(group.rows.prefix(200).map { scene.exchange($0).request.route })
    let start = scene.briefs[first].start
    let end = scene.briefs[last].end
    var before: [Citation] = []
    var after: [Citation] = []
    for i in scene.byParty[Int(group.party)] {
      let b = scene.briefs[i]
      guard b.isSuccess, b.start < start || b.start > end else { continue }
      let r = scene.exchange(i).request
      guard routes.contains(r.route) else { continue }
      if b.start < start { before.append(r.citation) } else { after.append(r.citation) }
    }
    return (before, after)
  }

  /// Keycloak's administrators removed or changed a realm shortly before.
  static func realmChange(_ group: Group, _ scene: Scene) -> Citation? {
    let first = group.rows.first.map { scene.briefs[$0].start } ?? .unknown
    return Signals.adminEvents(scene, before: first, within: 600) {
      scene.text($0.resourceType) == "REALM"
    }.last?.citation
  }
}
