internal import Evidence

/// Realm missing, disabled or renamed.
enum RealmNotFound: WeighedCause {
  static let page = CausePage(
    cause: .realmNotFound,
    title: "Realm missing, disabled or renamed",
    summary:
      "Requests name a realm that does not exist or is switched off.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard group.endpoint.isKeycloak else { return nil }
    var w = Weight()
    if group.status == 404 {
      let r = group.rows.first.map { scene.exchange($0).request }
      guard let r, r.answeredBy != .edge else { return nil }
      if !r.sizeCountsHeaders, r.responseBytes == 32 {
        w.add(4, "the answer has the size of “Realm does not exist”", Signals.rows(group, scene))
      } else {
        w.add(1.2, "404 on a realm's URL", Signals.rows(group, scene))
        if Realms.othersWork(group, scene) {
          w.note(1.4, "other realms of the same Keycloak answer")
        }
      }
      return w
    }
    if Signals.keycloakSays(["realm_disabled"], group, scene) {
      w.add(4.6, "Keycloak's event: realm_disabled", Signals.events(group, scene))
      return w
    }
    if Signals.fingerprint(group, scene) == 4_030_065 {
      w.add(3.8, "the answer has the size of “Realm not enabled”", Signals.rows(group, scene))
      return w
    }
    return nil
  }
}
