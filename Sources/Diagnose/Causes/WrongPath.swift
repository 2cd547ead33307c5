internal import Evidence

/// Keycloak’s path is wrong at the edge.
enum WrongPath: WeighedCause {
  static let page = CausePage(
    cause: .ingressWrongPath,
    title: "Keycloak’s path is wrong at the edge",
    summary:
      """
      Keycloak's path is wrong at the edge: a prefix (`/auth`) or a rewrite does not fit what \
      the server listens on.
      """,
    decides: [
      """
      Token, JWKS or login paths answer 404 while Keycloak is up; "Unable to find matching \
      target resource method" has 58 bytes.
      """,
      "The path in Keycloak's log differs from the one at the edge by a prefix.",
    ],
    supports: [
      """
      It began at an upgrade over version 17 (which lost `/auth`), or at a change of the edge's \
      rewrite rules.
      """,
      "Everybody through that edge is hit.",
    ],
    against: [
      "Realm URLs say \"Realm does not exist\" (32 bytes): the path arrived, the name is wrong."
    ],
    lookAlikes: [
      (
        .realmNotFound,
        "the 404's length: 58 bytes for a path, 32 for a realm"
      ),
      (
        .resourceServerURLWrong,
        "how many callers: everybody through that edge, or one service with its own spelling"
      ),
      (
        .tokenIssuerMismatch,
        "whether requests fail with 404, or arrive and only `iss` carries another path"
      ),
    ],
    needs: [
      "the ingress's log of Keycloak's routes (path, status, length)",
      "Keycloak's HTTP access log (the path that arrived)",
    ],
    fix: [
      """
      See both sides: `kubectl -n KEYCLOAK_NS get ingress -o yaml | grep -nE \
      'path:|rewrite-target'` and `kubectl -n KEYCLOAK_NS get sts/KEYCLOAK -o yaml | grep -nE \
      'HTTP_RELATIVE_PATH|http-relative-path|KC_HOSTNAME'`
      """,
      """
      Let both use one path, without rewriting: Ingress `path: /` with `pathType: Prefix`, or \
      keep the old prefix in the server: `kc.sh start --http-relative-path=/auth \
      --hostname=https://KEYCLOAK_HOST/auth`
      """,
      """
      If callers still use the old prefix, redirect or route both for a while; the issuer \
      changes with the path, so change the services' issuers at the same time.
      """,
    ],
    verify: [
      """
      `curl -s -o /dev/null -w '%{http_code}\\n' \
      https://KEYCLOAK_HOST/realms/REALM/.well-known/openid-configuration` prints 200
      """,
      """
      `curl -s https://KEYCLOAK_HOST/realms/REALM/.well-known/openid-configuration | jq -r \
      .issuer` shows the path that callers use
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    if !group.endpoint.isKeycloak { return ofChecker(group, scene) }
    guard group.status == 404 else { return nil }
    var w = Weight()
    let r = scene.exchange(group.rows[0]).request
    let path = scene.text(r.path)
    if !scene.countsHeaders(r), LostPaths.noMethod.contains(r.responseBytes) {
      w.add(
        .pathBySize, "the answer has the size of “Unable to find matching target resource method”",
        Signals.rows(group, scene))
      return w
    }
    if path.hasPrefix("/auth/realms/"), Realms.plainPathWorks(scene) {
      w.add(
        .pathAuthPrefix, "the path has the prefix /auth that this Keycloak does not serve",
        Signals.rows(group, scene))
      return w
    }
    return lost(group, profile, r, scene)
  }

  /// A service asks Keycloak through the edge, which has no route for what it asks for.
  private static func ofChecker(_ group: Group, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    let lines = CheckersCalls.lostAtEdge(group, scene)
    guard !lines.isEmpty else { return nil }
    var w = Weight(.pathPrior)
    w.add(
      .pathOfChecker,
      "at most refusals the edge answers the service's own call to Keycloak with 404 by itself",
      lines + Signals.rows(group, scene))
    return w
  }

  /// Paths that reach Keycloak at other times.
  private static func lost(
    _ group: Group, _ profile: Profile, _ r: Request, _ scene: Scene
  ) -> Weight? {
    let isOfEdge = LostPaths.areOfEdge(group, scene)
    let isRealm = !scene.countsHeaders(r) && LostPaths.noRealm.contains(r.responseBytes)
    let alive = isRealm ? Realms.alive(group, scene) : []
    // The administration interface answers 404 for whatever it does not find.
    guard
      isOfEdge
        || (!isRealm || !alive.isEmpty) && group.endpoint != .admin && group.endpoint != .account,
      LostPaths.realmChange(group, scene) == nil
    else { return nil }
    let served = LostPaths.served(group, scene)
    var w = Weight(.pathPrior)
    if isOfEdge {
      w.add(
        .pathNoRoute, "the edge answers by itself: it has no route for the path",
        Signals.rows(group, scene))
    }
    if !alive.isEmpty {
      w.add(
        .pathRealmLives,
        "Keycloak does not find the realm in the path, and goes on in it for others: it gets another path",
        alive + Signals.rows(group, scene))
    }
    if let line = served.before.last ?? served.after.first {
      w.add(
        isOfEdge ? .pathOtherwiseRouted : .pathOtherwiseFound,
        "the same path reaches Keycloak at other times", [line])
    }
    if let reload = scene.reload(near: profile.first) {
      w.add(.pathReloadAtOnset, "the edge's configuration was reloaded at the onset", [reload])
    } else if let reload = scene.reload(near: profile.last) {
      w.add(.pathReloadAtEnd, "the edge's configuration was reloaded at the end", [reload])
    }
    return w.supports.isEmpty ? nil : w
  }
}
