internal import Evidence

/// Keycloak’s path is wrong at the edge.
enum WrongPath: WeighedCause {
  static let page = CausePage(
    cause: .ingressWrongPath,
    title: "Keycloak’s path is wrong at the edge",
    summary:
      "A prefix (/auth) or rewrite does not fit the server.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard group.endpoint.isKeycloak, group.status == 404 else { return nil }
    var w = Weight()
    let r = scene.exchange(group.rows[0]).request
    let path = scene.text(r.path)
    if !r.sizeCountsHeaders, r.responseBytes == 58 {
      w.add(
        3.5, "the answer has the size of “Unable to find matching target resource method”",
        Signals.rows(group, scene))
      return w
    }
    if path.hasPrefix("/auth/realms/"), Realms.plainPathWorks(scene) {
      w.add(
        3, "the path has the prefix /auth that this Keycloak does not serve",
        Signals.rows(group, scene))
      return w
    }
    return nil
  }
}
