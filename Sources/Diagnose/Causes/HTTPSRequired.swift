internal import Evidence

/// The realm requires HTTPS.
enum HTTPSRequired: WeighedCause {
  static let page = CausePage(
    cause: .proxyHTTPSRequired,
    title: "The realm requires HTTPS",
    summary:
      "Keycloak sees the request as plain http and the realm does not allow it.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard group.endpoint.isKeycloak else { return nil }
    var w = Weight()
    if Signals.keycloakSays(["ssl_required"], group, scene) {
      w.add(4.6, "Keycloak's event: ssl_required", Signals.events(group, scene))
      return w
    }
    if Signals.fingerprint(group, scene) == 4_030_064 {
      w.add(4, "the answer has the size of “HTTPS required”", Signals.rows(group, scene))
      return w
    }
    return nil
  }
}
