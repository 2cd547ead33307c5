internal import Evidence

/// Connections rejected by policy or routing.
enum RejectedPackets: WeighedCause {
  static let page = CausePage(
    cause: .netpolReject,
    title: "Connections rejected by policy or routing",
    summary:
      """
      A policy, firewall or routing fault refuses the connection actively: `No route to host`, \
      an ICMP "prohibited", or a reset that the peer never sent.
      """,
    decides: [
      """
      ICMP unreachable, admin-prohibited (type 3, code 9, 10 or 13), or a RST to one source \
      while others connect.
      """,
      """
      `No route to host` (EHOSTUNREACH, 113) in a log: one such line decides for the whole \
      window, because kernels limit these ICMPs.
      """,
    ],
    supports: [
      "About six failures within 2 to 3 ms, then one a second.",
      "Resets whose TTL and IP id differ from the peer's other packets.",
      "One source workload only, from one instant on.",
    ],
    against: [
      "Connections are refused for every source."
    ],
    lookAlikes: [
      (
        .keycloakDown,
        "how many sources are refused: one, or every one (then nothing listens)"
      ),
      (
        .netpolDrop,
        """
        how fast it fails: at once and in a rhythm of one a second, or after the full time-out \
        throughout
        """
      ),
      (
        .proxyIdleDropped,
        "when the reset comes: at the connect, or on a connection that was idle for long"
      ),
    ],
    needs: [
      "the application's log (errno of the connect)",
      """
      a capture in the caller's pod, with ICMP: `tcpdump -ni any -w FILE.pcap 'icmp or host \
      KEYCLOAK_IP'`
      """,
    ],
    fix: [
      """
      Look for reject rules on the nodes: `iptables-save | grep -i reject` and `nft list ruleset \
      | grep -iE 'reject|prohibit'`; for routes: `ip route get KEYCLOAK_IP` (an `unreachable` or \
      `prohibit` route answers alike)
      """,
      """
      Look at the policies of both ends: `kubectl -n NS get networkpolicy -o yaml`; some \
      plug-ins (kube-router) reject instead of dropping. Allow the path: ingress of Keycloak \
      `from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: NS}}}]`, ports \
      8080 and 8443, or remove the firewall rule.
      """,
      """
      `Permission denied` for a connect is the host's own rule, SELinux mostly: `ausearch -m avc \
      -ts recent`; for nginx and Apache `setsebool -P httpd_can_network_connect 1`
      """,
      """
      A service without ready pods is rejected by kube-proxy: `kubectl -n KEYCLOAK_NS get \
      endpointslices -l kubernetes.io/service-name=KEYCLOAK_SERVICE`
      """,
    ],
    verify: [
      """
      `kubectl -n NS exec deploy/APP -- nc -zvw 3 KEYCLOAK_SERVICE.KEYCLOAK_NS.svc.cluster.local \
      8080` connects
      """,
      """
      `kubectl -n NS exec deploy/APP -- curl -sS -m 5 -o /dev/null -w '%{http_code}\\n' \
      http://KEYCLOAK_SERVICE.KEYCLOAK_NS.svc.cluster.local:8080/realms/REALM` prints 200
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight(.rejectedPrior)
    let icmp = Wire.rejected(group, scene)
    if !icmp.isEmpty {
      w.add(.rejectedIcmp, "the capture shows packets answered with ICMP unreachable", icmp)
    }
    if let t = profile.trouble, group.endpoint.isKeycloak {
      let isOfTarget = TroubleFinder.isOfTargetAlone(t, scene)
      if t.kind == .tls && TroubleFinder.isOfFlagAlone(t, scene)
        || [.tls, .unreachable].contains(t.kind) && isOfTarget
      {
        w.add(
          isOfTarget ? .rejectedTargetUntold : .rejectedEdgeUntold,
          "the edge connects in vain to Keycloak, which goes on for others",
          t.proof.isEmpty ? Signals.rows(group, scene) : t.proof,
          beside: OtherSide.heard(of: t, scene),
          alone: "the edge connects in vain to Keycloak")
        return w
      }
      guard t.kind == .unreachable else { return icmp.isEmpty ? nil : w }
      if TroubleFinder.isUnexplained(t, scene) {
        w.add(
          .rejectedEdgeUnconnected,
          "the edge's connections are refused at once while Keycloak goes on for others",
          t.proof.isEmpty ? Signals.rows(group, scene) : t.proof,
          beside: OtherSide.heard(of: t, scene),
          alone: "the edge's connections are refused at once")
        return w
      }
      w.add(.rejectedEdgeNoRoute, "the edge has no route to Keycloak", t.proof)
      return w
    }
    guard Signals.isApplication(group) else { return nil }
    let unreachable = Contrast.kinWords(group, scene, [.callUnreachable])
    if group.answer.statement == .callUnreachable {
      w.add(
        .rejectedSaid, "no route to host: “\(Signals.shorten(group.answer.words))”",
        group.answer.citations)
      return w
    }
    if !unreachable.isEmpty {
      w.add(
        .rejectedNoRouteNearby,
        "some calls of the same window end with “no route to host”: kernels rate-limit that answer",
        unreachable)
      return w
    }
    guard Signals.isMute(group) || group.answer.statement == .callTimedOut else { return nil }
    if Contrast.hasQuickOnes(group, profile, scene),
      profile.timeout != nil || profile.median > 900_000
    {
      let slow = TimesTaken.usual(of: group, profile, scene)
      let quick = TimesTaken.quick(of: group, profile, scene)
      w.add(
        .rejectedQuickAmongTimeouts,
        "most refusals took \(slow.took), some \(quick.took), as when packets are rejected and the kernel limits the rate of its answers",
        slow.lines, beside: quick.lines,
        alone: "the refusals took \(slow.took): a call was waited for")
      if Health.keycloakServed(profile, scene) {
        w.note(.rejectedEdgeServed, "the edge's own calls to Keycloak were served meanwhile")
      }
      return w
    }
    if !icmp.isEmpty { return w }
    return LostWay.weigh(
      group, profile, scene, w, (.rejectedPassing, .rejectedSilence), [.callUnreachable])
  }
}
