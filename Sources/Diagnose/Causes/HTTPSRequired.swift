internal import Evidence

/// The realm requires HTTPS.
enum HTTPSRequired: WeighedCause {
  static let page = CausePage(
    cause: .proxyHTTPSRequired,
    title: "The realm requires HTTPS",
    summary:
      """
      The realm requires HTTPS, and Keycloak sees the request as plain http. It answers "HTTPS \
      required" and writes no event.
      """,
    decides: [
      """
      The token endpoint answers 403 "HTTPS required" (64 bytes) without an event; the login \
      page 400 with `ssl_required`.
      """,
      "The requests come from addresses that count as external (100.64.0.0/10 does), over http.",
    ],
    supports: [
      """
      It began at a reload or deploy of the edge that lost X-Forwarded-Proto, or at a caller \
      that switched to an http address.
      """,
      "Callers with private addresses (10/8, 172.16/12, 192.168/16, localhost) still pass.",
    ],
    against: [
      "The same caller's requests pass in the same minutes."
    ],
    lookAlikes: [
      (
        .proxyForwardedHeadersMissing,
        """
        the answer: refused with "HTTPS required" here; accepted, with wrong issuer or \
        redirects, there
        """
      ),
      (
        .realmNotFound,
        """
        the answer's length: 64 bytes "HTTPS required", 65 "Realm not enabled", both 403 without \
        event
        """
      ),
      (
        .ingressWrongPath,
        "the status: 403 here, 404 there"
      ),
    ],
    needs: [
      "the ingress's log of Keycloak's routes (status and length)",
      "a capture on the leg to Keycloak (X-Forwarded-Proto)",
    ],
    fix: [
      """
      Let the edge say https. Keycloak: `kc.sh start --proxy-headers=xforwarded`; nginx: \
      `proxy_set_header X-Forwarded-Proto $scheme;`; HAProxy: `http-request set-header \
      X-Forwarded-Proto https if { ssl_fc }`
      """,
      "Let the caller use `https://KEYCLOAK_HOST`.",
      """
      See the rule: `kcadm.sh get realms/REALM --fields sslRequired`; `external` exempts private \
      addresses. Only for a network you trust: `kcadm.sh update realms/REALM -s \
      sslRequired=none`
      """,
    ],
    verify: [
      """
      `curl -s -o /dev/null -w '%{http_code}\\n' -u CLIENT:$CLIENT_SECRET -d \
      grant_type=client_credentials \
      https://KEYCLOAK_HOST/realms/REALM/protocol/openid-connect/token` no longer prints 403
      """,
      """
      `kubectl -n INGRESS_NS logs deploy/INGRESS --since=10m | grep -c '/token HTTP/.* 403 64 '` \
      counts 0
      """,
    ])

  /// Bytes of `{"error":"invalid_request","error_description":"HTTPS required"}`.
  static let size: Int32 = 64

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard group.endpoint.isKeycloak else { return ofIntrospections(group, scene) }
    var w = Weight()
    if Signals.keycloakSays(["ssl_required"], group, scene) {
      w.add(.httpsRequiredEvent, "Keycloak's event: ssl_required", Signals.events(group, scene))
      return w
    }
    if Signals.fingerprint(group, scene) == 4_030_064 {
      w.add(
        .httpsRequiredBySize, "the answer has the size of “HTTPS required”",
        Signals.rows(group, scene))
      return w
    }
    return refusedMeanwhile(group, profile, scene)
  }

  /// Seconds before and after a group's failures in which others are looked at.
  private static let around = 10.0

  /// What Keycloak refuses for want of HTTPS while a group fails; none where that is a single request.
  static func events(around profile: Profile, _ scene: Scene) -> [Citation] {
    let refused = firstEvents(around: profile, scene)
    return refused.count == 3 ? refused : []
  }

  /// Up to three.
  private static func firstEvents(around profile: Profile, _ scene: Scene) -> [Citation] {
    let events = scene.file.observations.tokenEvents
    let insecure = scene.eventLists.insecure
    let from = profile.first.advanced(seconds: -around)
    let to = profile.last.advanced(seconds: around)
    return insecure[insecure.partitioningIndex { events[$0].time >= from }...].lazy
      .map { events[$0] }.prefix { $0.time <= to }.prefix(3).map(\.citation)
  }

  /// A service whose introspections Keycloak answers so says no with words of its own.
  private static func ofIntrospections(_ group: Group, _ scene: Scene) -> Weight? {
    guard Signals.isMute(group), group.status == 401 || group.status >= 500,
      group.circumstances.credentials != .absent, !group.circumstances.isProbe
    else { return nil }
    let refused = CheckersCalls.insecure(group, scene)
    guard !refused.isEmpty else { return nil }
    var w = Weight(.httpsRequiredNearbyPrior)
    w.add(
      .httpsRequiredIntrospections,
      "Keycloak's access log shows the service's introspections refused with the size of “HTTPS required”",
      refused + Signals.rows(group, scene))
    return w
  }

  /// Keycloak refuses at the token end-point without an event; other end-points have one at the time, and
  /// its own access log the size.
  private static func refusedMeanwhile(
    _ group: Group, _ profile: Profile, _ scene: Scene
  ) -> Weight? {
    // The login's page of an error is 400.
    guard group.status == 403 || group.status == 400 && group.endpoint == .authorization,
      group.circumstances.eventError.isNone,
      group.circumstances.answerer != .edge, profile.first.isKnown
    else { return nil }
    var w = Weight(.httpsRequiredNearbyPrior)
    // A page of the login is refused for many reasons: for it one line of another request is too little.
    let isPage = group.status == 400
    if !isPage, let sized = sizedAnswer(around: profile, scene) {
      w.add(
        .httpsRequiredAccessLogBySize,
        "Keycloak's access log shows 403 with the size of “HTTPS required”", [sized])
    }
    let near = isPage ? events(around: profile, scene) : firstEvents(around: profile, scene)
    if let line = near.first {
      w.add(
        .httpsRequiredEventNearby, "Keycloak refuses other requests of that time: ssl_required",
        [line])
    }
    return w.supports.isEmpty ? nil : w
  }

  private static func sizedAnswer(around profile: Profile, _ scene: Scene) -> Citation? {
    let from = profile.first.advanced(seconds: -around)
    let to = profile.last.advanced(seconds: around)
    return scene.file.legs.first {
      $0.hop == .keycloak && $0.status == 403 && $0.responseBytes == size && $0.end >= from
        && $0.end <= to
    }?.citation
  }
}
