internal import Evidence

/// Realm missing, disabled or renamed.
enum RealmNotFound: WeighedCause {
  static let page = CausePage(
    cause: .realmNotFound,
    title: "Realm missing, disabled or renamed",
    summary:
      "Requests name a realm that does not exist, was renamed, or is switched off.",
    decides: [
      "Realm URLs answer 404 \"Realm does not exist\" (32 bytes).",
      """
      A disabled realm: the token endpoint answers 403 "Realm not enabled" (65 bytes) without \
      any event; the login page 400 with event `realm_disabled`.
      """,
      "An admin event UPDATE or DELETE on the realm at the onset.",
    ],
    supports: [
      "Every client of that realm fails, other realms work."
    ],
    against: [
      "The 404 has another text, or Keycloak's other realms fail as well."
    ],
    lookAlikes: [
      (
        .ingressWrongPath,
        """
        the 404's length: 32 bytes "Realm does not exist", 58 "Unable to find matching target \
        resource method"; and whether `/auth` came or went
        """
      ),
      (
        .resourceServerURLWrong,
        "how many fail: one service with its own spelling, or every client of the realm"
      ),
      (
        .clientNotFound,
        "the status: 404 for the realm, 401 for the client"
      ),
    ],
    needs: [
      "the ingress's log of Keycloak's routes (status and length)",
      "Keycloak's admin events",
    ],
    fix: [
      "List realms with their state: `kcadm.sh get realms --fields realm,enabled`",
      """
      Switch it on again: `kcadm.sh update realms/REALM -s enabled=true`; names are \
      case-sensitive.
      """,
      """
      If it was renamed, correct issuer and URLs in every service: `kubectl get deploy,cm -A -o \
      yaml | grep -n 'realms/OLD_REALM'`; or rename it back: `kcadm.sh update realms/NEW_REALM \
      -s realm=OLD_REALM`
      """,
    ],
    verify: [
      """
      `curl -s -o /dev/null -w '%{http_code}\\n' \
      https://KEYCLOAK_HOST/realms/REALM/.well-known/openid-configuration` prints 200
      """,
      "`kcadm.sh get realms/REALM --fields realm,enabled` shows true",
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard group.endpoint.isKeycloak else { return ofService(group, scene) }
    var w = Weight()
    if group.status == 404 {
      let r = group.rows.first.map { scene.exchange($0).request }
      guard let r, !LostPaths.areOfEdge(group, scene) else { return nil }
      let isTold = !scene.countsHeaders(r) && LostPaths.noRealm.contains(r.responseBytes)
      if isTold {
        w.add(
          .realmBySize, "the answer has the size of “Realm does not exist”",
          Signals.rows(group, scene))
      } else if scene.countsHeaders(r) || r.responseBytes < 0 || group.endpoint == .authorization {
        w.add(.realmNotFound, "the URL of a realm is answered with 404", Signals.rows(group, scene))
        if Realms.othersWork(group, scene) {
          w.note(.realmOthersAnswer, "other realms of the same Keycloak answer")
        }
      } else if !LostPaths.noMethod.contains(r.responseBytes), LostPaths.isWholeRealm(group, scene)
      {
        w.add(.realmNotFound, "the URL of a realm is answered with 404", Signals.rows(group, scene))
        w.note(
          .realmAllMissing,
          "no call of this realm is served, some of another are")
      } else {
        return nil
      }
      let alive = Realms.alive(group, scene)
      if !alive.isEmpty {
        w.add(
          .realmLives, "Keycloak goes on in that very realm for whoever comes another way", alive)
      }
      if let spell = LostRealm.of(group, scene),
        let lines = spell.services.min(by: { $0.key < $1.key })?.value
      {
        w.add(
          .realmServicesRefuse,
          "Keycloak does not find the realm, and a service that asks it on its own refuses everybody from then on",
          Signals.rows(group, scene), beside: lines, alone: "Keycloak does not find the realm")
      }
      let known = LostPaths.served(group, scene).before
      if let line = known.first, LostPaths.realmChange(group, scene) == nil, !isTold {
        w.add(.realmAnsweredBefore, "the same realm answered before", [line])
      }
      return w
    }
    if Signals.keycloakSays(["realm_disabled"], group, scene) {
      w.add(.realmDisabledEvent, "Keycloak's event: realm_disabled", Signals.events(group, scene))
      return w
    }
    if Signals.fingerprint(group, scene) == 4_030_065 {
      w.add(
        .realmDisabledBySize, "the answer has the size of “Realm not enabled”",
        Signals.rows(group, scene))
      return w
    }
    return refusedSinceChange(group, scene)
  }

  /// A service that asks Keycloak about tokens cannot, since Keycloak does not serve the realm.
  private static func ofService(_ group: Group, _ scene: Scene) -> Weight? {
    guard let spell = LostRealm.refusing(group, scene) else { return nil }
    var w = Weight(.realmOfServicePrior)
    w.add(
      .realmServiceRefuses,
      "this service refuses everybody from the moment on when Keycloak does not serve the realm any more",
      Signals.rows(group, scene), beside: OtherSide.lines(spell.rows.prefix(2), scene),
      alone: "this service refuses everybody")
    return w
  }

  /// Events of logins that were refused since the realm is off, about when the group was.
  private static func disabled(near group: Group, _ scene: Scene) -> [Citation] {
    guard let first = group.rows.first, let last = group.rows.last else { return [] }
    let from = scene.briefs[first].start.advanced(seconds: -60)
    let to = scene.briefs[last].end.advanced(seconds: 60)
    let events = scene.eventLists.disabledRealm.lazy.map {
      scene.file.observations.tokenEvents[$0]
    }
    return events.filter { $0.time >= from && $0.time <= to }.prefix(2).map(\.citation)
  }

  /// The token end-point of a realm that is off answers 403 without an event.
  private static func refusedSinceChange(_ group: Group, _ scene: Scene) -> Weight? {
    guard group.status == 403, group.endpoint == .token, group.circumstances.eventError.isNone,
      group.circumstances.answerer != .edge, let first = group.rows.first
    else { return nil }
    let logins = disabled(near: group, scene)
    if !logins.isEmpty {
      var w = Weight()
      w.add(
        .realmDisabledForLogins,
        "the token end-point answers 403 without an event while Keycloak says realm_disabled to logins",
        logins + Signals.rows(group, scene))
      return w
    }
    let change = Signals.adminEvents(scene, before: scene.briefs[first].start, within: 30) {
      scene.text($0.resourceType) == "REALM" && scene.text($0.operation) == "UPDATE"
    }.last
    guard let change else { return nil }
    var w = Weight(.realmRefusedPrior)
    w.add(
      .realmRefusedSinceChange,
      "the token end-point answers 403 without an event since an administrator changed the realm",
      [change.citation] + Signals.rows(group, scene))
    return w
  }
}
