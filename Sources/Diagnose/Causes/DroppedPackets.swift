internal import Evidence

/// Packets silently dropped.
enum DroppedPackets: WeighedCause {
  static let page = CausePage(
    cause: .netpolDrop,
    title: "Packets silently dropped",
    summary:
      """
      Packets between two parties are silently dropped by a NetworkPolicy, a firewall or a \
      routing fault. The caller waits for its time-out and then refuses its own clients.
      """,
    decides: [
      """
      SYNs in the capture are repeated without any answer, while other peers reach the same \
      address.
      """,
      """
      Connects fail after the caller's full time-out: a constant duration at the edge, just \
      above 1, 2, 3, 5, 10 or 30 s.
      """,
      "Policy logs of the network plug-in: Hubble `POLICY_DENIED`, Calico denied packets.",
    ],
    supports: [
      "One source workload only, while Keycloak serves the others; it begins at one instant.",
      "The first successes after healing take a multiple of about 1.02 s (SYN retransmissions).",
    ],
    against: [
      "Every caller fails alike.",
      "Connections are refused at once.",
    ],
    lookAlikes: [
      (
        .keycloakDown,
        "how many sources fail and how fast: one source after its time-out, or everybody at once"
      ),
      (
        .netpolReject,
        """
        how fast: a full time-out throughout, or about six failures within milliseconds and one \
        a second (`No route to host`)
        """
      ),
      (
        .keycloakOverloaded,
        """
        whether connects succeed: a dropped SYN never connects; a slow server connects and then \
        stalls for everybody
        """
      ),
      (
        .dnsBlocked,
        "what times out: the connect to an address, or the lookup of the name (5 s steps)"
      ),
    ],
    needs: [
      "the application's log (connect timed out, to which address)",
      "a capture in the caller's pod: `tcpdump -ni any -w FILE.pcap host KEYCLOAK_IP`",
      "Keycloak's HTTP access log (which callers arrive)",
    ],
    fix: [
      """
      List what applies to both ends: `kubectl -n NS get networkpolicy -o yaml` and `kubectl -n \
      KEYCLOAK_NS get networkpolicy -o yaml`; egress of the caller and ingress of Keycloak must \
      both allow it (also CiliumNetworkPolicy, Calico GlobalNetworkPolicy).
      """,
      """
      Allow the caller at Keycloak: `spec: {podSelector: {matchLabels: {app: keycloak}}, \
      policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {matchLabels: \
      {kubernetes.io/metadata.name: NS}}, podSelector: {matchLabels: {app: APP}}}], ports: \
      [{port: 8080}, {port: 8443}]}]}` (pod ports, not service ports)
      """,
      """
      If the caller has an egress policy, allow Keycloak and DNS there: `egress: [{to: \
      [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: KEYCLOAK_NS}}}], ports: \
      [{port: 8080}, {port: 8443}]}, {ports: [{port: 53, protocol: UDP}, {port: 53, protocol: \
      TCP}]}]`
      """,
      """
      See drops as they happen: `hubble observe --verdict DROPPED --to-pod KEYCLOAK_NS/POD`; \
      without such a tool, compare tcpdump on both ends.
      """,
    ],
    verify: [
      """
      `kubectl -n NS exec deploy/APP -- nc -zvw 3 KEYCLOAK_SERVICE.KEYCLOAK_NS.svc.cluster.local \
      8080` connects at once
      """,
      """
      `kubectl -n NS exec deploy/APP -- curl -sS -m 5 -o /dev/null -w '%{http_code} \
      %{time_connect}\\n' \
      http://KEYCLOAK_SERVICE.KEYCLOAK_NS.svc.cluster.local:8080/realms/REALM` prints 200 and \
      milliseconds
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight(.droppedPrior)
    let syn = Wire.unanswered(group, scene)
    if !syn.isEmpty {
      w.add(
        .droppedSynUnanswered,
        "the capture shows packets that open a connection (SYN) and got no answer", syn)
    }
    let answered =
      group.endpoint.isKeycloak && (group.status == 499 || group.status >= 500)
      ? LostAnswers.events(of: group.rows, scene) : []
    if !answered.isEmpty {
      w.add(
        .droppedAnswersLost,
        "Keycloak served these calls within a second, by its events, and its answers did not arrive",
        Array(Signals.rows(group, scene).prefix(2)), beside: Array(answered.prefix(2)),
        alone: "these calls waited for an answer in vain")
      return w
    }
    if let t = profile.trouble, group.endpoint.isKeycloak {
      guard t.kind == .dropped || t.kind == .timedOut else { return nil }
      w.add(
        t.kind == .dropped ? .droppedEdgeDropped : .droppedEdgeTimesOut,
        "the edge's calls to Keycloak time out",
        t.proof + Signals.rows(group, scene))
      if t.kind == .timedOut, IdleDropped.areLoneFirsts(group, scene) {
        w.note(
          .droppedOnlyAfterPauses, "only first calls after a pause fail, and the next are served")
      }
      if TroubleFinder.healsInRetransmissionRhythm(t, scene) {
        w.note(
          .droppedSynRhythm,
          "the first answers afterwards took a multiple of 1.02 s, as when packets that open a connection are sent again"
        )
      }
      if Health.keycloakServesOthers(t, scene) {
        w.note(.droppedKeycloakServesOthers, "Keycloak served other callers meanwhile")
      }
      return w
    }
    guard Signals.isApplication(group), !Signals.isServiceRefusing(group, scene) else { return nil }
    if let s = group.answer.statement, AnswerReading.telling(s) >= 2 {
      if s == .callUnreachable || s == .callReset { return nil }
      // nginx turns a failed auth sub-request into 500.
      let isAuthRequest = s == .upstreamTimedOut && group.status == 500
      guard
        isAuthRequest
          || [
            .callTimedOut, .keysUnavailable, .callFailed, .authRequestUnexpectedStatus,
            .authServiceCallFailed,
          ].contains(s)
      else {
        return Inherited.weigh(group, profile, scene, [.dropped, .timedOut], &w)
      }
      if s == .callTimedOut {
        w.add(
          .droppedCallTimedOut,
          "the call to Keycloak timed out: “\(Signals.shorten(group.answer.words))”",
          group.answer.citations)
      }
    } else if !Signals.isMute(group) {
      return nil
    }
    let unreachable = Contrast.kinWords(group, scene, [.callUnreachable])
    if !unreachable.isEmpty {
      w.add(
        .droppedNoRouteNearby, "other calls of the window end with “no route to host”", unreachable)
    }
    if let t = profile.trouble, profile.inTrouble * 2 > group.count {
      return Inherited.weigh(group, profile, scene, [.dropped, .timedOut], &w, trouble: t)
    }
    let isKeycloakSlow =
      (profile.timeout != nil || profile.isSlow)
      && !Health.slowMeanwhile(group, profile, scene).isEmpty
    if isKeycloakSlow {
      w.note(.droppedKeycloakSlow, "Keycloak answers everybody late meanwhile")
    }
    if Signals.isMute(group), (group.byLength[.callNameTemporary] ?? 0) >= 0.3 {
      Signals.sizeSpeaksAgainst(group, &w)
    }
    if let timeout = profile.timeout {
      w.add(
        .droppedAfterTimeout, "the answers come just above \(timeout) s, as after a time-out",
        Signals.rows(group, scene))
      let together = Health.waiting(group, profile, scene)
      if together.hung + together.some >= 3 {
        w.note(
          .droppedSomeLate,
          "some of the edge's own calls to Keycloak are answered late, others at once"
        )
      } else if Health.keycloakServed(profile, scene) {
        // Another's calls tell of the caller; its own, of something else than the way.
        let isEdge = group.circumstances.answerer == .gatewayFilter
        w.note(
          .droppedEdgeServed, times: isEdge ? -1 : 1,
          isEdge
            ? "the edge, which fetches the keys by itself, reached Keycloak meanwhile"
            : "the edge's own calls to Keycloak were served meanwhile")
      }
      if NameServerBlocked.isResolversTime(timeout) {
        w.note(.droppedResolversTime, "callers seldom wait so long, resolvers do")
      }
      if profile.sufferers.isEmpty {
        w.note(.droppedOneService, "no other service fails for its clients meanwhile")
      }
      if Contrast.hasQuickOnes(group, profile, scene) {
        w.note(.droppedQuickOnes, "some requests are refused at once")
      }
      if group.status >= 500, let good = Contrast.probesFail(group, scene).answered {
        w.add(
          .droppedProbesAnswered,
          "a request without a token is answered at once, so that what hangs is the auth service's own call",
          [good])
      }
    } else if group.answer.statement == nil || Signals.isMute(group) {
      guard profile.isQueue || profile.isSlow else {
        return LostWay.weigh(
          group, profile, scene, w, (.droppedPassing, .droppedSilence), [.callTimedOut])
      }
      let slow = TimesTaken.usual(of: group, profile, scene)
      let quick = TimesTaken.served(at: group.party, profile, scene)
      w.add(
        .droppedSlow,
        profile.isQueue
          ? "the answers queue at whole seconds: one key fetch after another times out"
          : "the refusals took \(slow.took), a good answer \(quick.took): a call was waited for",
        slow.lines, beside: profile.isQueue ? [] : quick.lines,
        alone: profile.isQueue
          ? "the answers queue at whole seconds: one key fetch after another times out"
          : "the refusals took \(slow.took): a call was waited for")
      if !isKeycloakSlow, Health.keycloakServed(profile, scene) {
        w.note(.droppedEdgeServedSlow, "the edge's own calls to Keycloak were served meanwhile")
      }
    }
    return w
  }
}
