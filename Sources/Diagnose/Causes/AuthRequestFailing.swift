internal import Evidence

/// The edge’s auth service itself fails.
enum AuthRequestFailing: WeighedCause {
  static let page = CausePage(
    cause: .ingressAuthRequestFailing,
    title: "The edge’s auth service itself fails",
    summary:
      """
      The service that the edge asks about each request is gone, hangs, answers with an error or \
      redirects, so nobody gets through, with or without a token.
      """,
    decides: [
      """
      nginx's error log: `auth request unexpected status: N`; the client gets 500 and the access \
      log has `-` in all upstream fields.
      """,
      """
      Envoy: flag `UAEX` with `ext_authz_error`; Traefik: 500 or 502 from the forwardAuth \
      address; Caddy: an error of its forward_auth upstream.
      """,
    ],
    supports: [
      "Requests without a token fail alike, where they normally get an honest 401.",
      """
      The auth service's own log stops, restarts or shows errors; a redirect loop has a growing \
      `rd=`.
      """,
    ],
    against: [
      """
      Requests without a token still get their 401 in a millisecond: then look behind the auth \
      service.
      """
    ],
    lookAlikes: [
      (
        .keycloakDown,
        """
        whether the auth service itself answers: it does, with 401 or 500 of its own, when \
        Keycloak behind it is gone
        """
      ),
      (
        .netpolDrop,
        """
        which leg hangs: edge to auth service, or auth service to Keycloak (token-less probes \
        are still answered)
        """
      ),
      (
        .ingressNoLoginRedirect,
        "the status: 5xx for a failing service, an honest 401 for a missing redirect"
      ),
      (
        .ingressUpstreamHeaderTooBig,
        "`upstream sent too big header` in nginx's error log names the buffer"
      ),
    ],
    needs: [
      "the ingress's error log",
      "the auth service's log",
    ],
    fix: [
      """
      Is it there? `kubectl -n AUTH_NS get pods,endpoints -l app=AUTH_SERVICE` and `kubectl -n \
      AUTH_NS logs deploy/AUTH_SERVICE --since=1h`
      """,
      """
      Ask it from the edge: `kubectl -n INGRESS_NS exec deploy/INGRESS -- curl -i -m 5 \
      http://AUTH_SERVICE.AUTH_NS.svc.cluster.local:4180/oauth2/auth` must answer 401 (no \
      cookie) or 202, never 302, 404 or 5xx; `auth-url` must point there and `auth-signin` at \
      `/oauth2/start`.
      """,
      """
      Do not let the auth service guard itself: a route for `/oauth2/` without `auth-url` \
      (Traefik: without the forwardAuth middleware).
      """,
      """
      In ingress-nginx with `auth-keepalive`, only 200, 401 and 403 count: oauth2-proxy's 202 \
      becomes 500; remove that annotation.
      """,
    ],
    verify: [
      """
      `curl -i https://HOST/PATH` answers 401 or 302, and `curl -i -H "Authorization: Bearer \
      $TOKEN" https://HOST/PATH` 2xx
      """,
      """
      `kubectl -n INGRESS_NS logs deploy/INGRESS --since=10m | grep -c 'auth request unexpected \
      status'` counts 0
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group), group.status >= 500 || group.status == 403 else {
      return nil
    }
    var w = Weight(.authRequestPrior)
    if let s = group.answer.statement,
      s == .authRequestUnexpectedStatus || s == .authServiceCallFailed
    {
      w.add(
        .authRequestSaid,
        "the edge says that its auth service fails: “\(Signals.shorten(group.answer.words))”",
        group.answer.citations)
    } else if scene.text(scene.exchange(group.rows[0]).request.detail).hasPrefix("ext_authz_error")
    {
      w.add(
        .authRequestExtAuthzError,
        "the edge says that the auth service could not be asked (ext_authz_error)",
        Signals.rows(group, scene))
    } else if isEnvoyRefusal(group, scene), profile.isPartyWide || isOfProbes(group, scene) {
      w.add(
        .authRequestFlagged,
        "the edge refuses everybody with nothing from its auth service in the answer (UAEX)",
        Signals.everyone(group, profile, scene))
      return w
    } else {
      let near = Signals.messages(
        [.authServiceCallFailed, .authRequestUnexpectedStatus], profile.first, profile.last,
        margin: 2, scene)
      let request = scene.exchange(group.rows[0]).request
      guard group.status == 500, request.answeredBy != .upstream else { return nil }
      if let line = near.first {
        w.add(
          .authRequestSaidNearby, "the edge complains of its auth service in the same minutes",
          [line.citation])
      } else if request.format == .nginxIngress, request.upstreamAddress.isNone {
        w.add(
          .authRequestNoUpstream,
          "nginx itself answers 500 and asked no upstream: what it asks before did not say yes or no",
          Signals.rows(group, scene))
        if group.circumstances.afterRedirect {
          w.add(
            .authRequestAfterRedirect,
            "the auth service answered with a redirect right before, for the same path",
            Array(Signals.rows(group, scene).prefix(1)), beside: Contrast.redirects(group, scene),
            alone: "the auth service answered with a redirect")
        }
      } else {
        return nil
      }
    }
    let probes = Contrast.probesFail(group, scene)
    if let hit = probes.failed {
      w.add(.authRequestProbesFail, "requests without a token fail too", [hit])
    }
    // Who is let in gets the 500: the answer to those is not understood.
    let isOfAdmitted =
      Signals.isOfSubrequest(group, scene) && group.circumstances.credentials == .present
    if let good = probes.answered, isOfAdmitted {
      w.add(
        .authRequestAdmittedFail,
        "requests without a token get their 401, those with one the 500: the auth service answers, and its yes is not taken",
        Array(Signals.rows(group, scene).prefix(1)), beside: [good],
        alone: "requests with a token get a 500")
    } else if let good = probes.answered {
      w.add(
        .authRequestProbesAnswered,
        "requests without a token still get a 401, so that the auth service answers", [good])
    }
    if profile.timeout != nil, probes.failed == nil {
      w.note(
        .authRequestAfterTimeout,
        "the auth service answers after a timeout, so that the fault may lie behind it")
    }
    return w
  }

  /// Envoy's default where its auth service gave no answer (`status_on_error`, 403): nothing in it. Formats without
  /// response code details tell it from the service's own no only by that.
  private static func isEnvoyRefusal(_ group: Group, _ scene: Scene) -> Bool {
    guard group.status == 403, let first = group.rows.first else { return false }
    let r = scene.exchange(first).request
    return r.detail.isNone && r.responseBytes == 0 && r.answeredBy == .edge
      && scene.text(r.flags).contains("UAEX")
  }

  /// Health checks that are served at other times.
  private static func isOfProbes(_ group: Group, _ scene: Scene) -> Bool {
    group.circumstances.isProbe && Contrast.areServedProbes(group, scene)
  }
}
