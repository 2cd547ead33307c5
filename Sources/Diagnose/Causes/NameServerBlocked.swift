internal import Evidence

/// The name server does not answer.
enum NameServerBlocked: WeighedCause {
  static let page = CausePage(
    cause: .dnsBlocked,
    title: "The name server does not answer",
    summary:
      """
      Queries for Keycloak's name get no answer at all: port 53 is blocked for the caller, or \
      the name server is down. Each lookup takes seconds and then fails.
      """,
    decides: [
      "Queries in the capture without answers, repeated.",
      """
      Failures last as long as the resolver's tries: names × tries × time-out, for example 8 or \
      10 s.
      """,
      """
      `could not be resolved (110: Operation timed out)`, `i/o timeout` on port 53, `Temporary \
      failure in name resolution` after seconds.
      """,
    ],
    supports: [
      "It began with an egress policy that forgot DNS.",
      "The blocked caller cannot resolve any name, others can.",
    ],
    against: [
      "Lookups fail at once."
    ],
    lookAlikes: [
      (
        .dnsSERVFAIL,
        "whether an answer comes: SERVFAIL fails at once, silence after seconds"
      ),
      (
        .dnsNXDOMAIN,
        "whether an answer comes: NXDOMAIN fails at once"
      ),
      (
        .netpolDrop,
        "what times out: the lookup (port 53), or the connect to a known address"
      ),
    ],
    needs: [
      "the application's log (the resolver's words, durations)",
      "a capture in the caller's pod: `tcpdump -ni any -w FILE.pcap port 53`",
    ],
    fix: [
      """
      Allow DNS in the caller's egress policy, UDP and TCP: `egress: [{to: [{namespaceSelector: \
      {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: \
      {k8s-app: kube-dns}}}], ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]}]` \
      (with node-local DNS also its address, usually 169.254.20.10)
      """,
      """
      Is the name server up? `kubectl -n kube-system get pods -l k8s-app=kube-dns -o wide` and \
      `kubectl -n kube-system get endpointslices -l kubernetes.io/service-name=kube-dns`
      """,
      """
      Ask it from the pod: `kubectl -n NS debug -it POD --image=nicolaka/netshoot \
      --target=CONTAINER -- dig +tries=1 +time=2 KEYCLOAK_HOST`
      """,
    ],
    verify: [
      """
      `kubectl -n NS exec deploy/APP -- nslookup KEYCLOAK_HOST` prints its address within \
      milliseconds
      """,
      """
      `kubectl -n NS exec deploy/APP -- curl -sS -m 5 -o /dev/null -w '%{time_namelookup}\\n' \
      https://KEYCLOAK_HOST/realms/REALM` prints less than 0.1
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    if group.endpoint.isKeycloak { return edgeAsksInVain(group, profile, scene) }
    let silent = Resolver.unanswered(group, profile, scene)
    guard Signals.isApplication(group) else { return nil }
    if silent.isEmpty { return slowLookups(group, profile, scene) }
    var w = Weight()
    w.add(.dnsBlockedUnanswered, "DNS queries went unanswered", silent)
    return w
  }

  /// The edge does not learn Keycloak's address: it says that nobody answers, or its look-ups take the time of a
  /// resolver's tries, as a rule (a resolver that waits for another one may answer as late).
  private static func edgeAsksInVain(
    _ group: Group, _ profile: Profile, _ scene: Scene
  ) -> Weight? {
    guard group.status >= 500, let trouble = profile.trouble, trouble.kind == .name else {
      return nil
    }
    let said = [Statement.upstreamNameFailed, .upstreamNameNotFound].flatMap {
      scene.messagesOf[$0] ?? []
    }.map { scene.file.observations.messages[$0] }.filter { m in
      let text = scene.text(m.text)
      return unanswered.contains { text.contains($0) }
    }
    let lines = trouble.proof.filter(Set(said.map(\.citation)).contains)
    var w = Weight()
    if !lines.isEmpty {
      w.add(
        .dnsBlockedEdgeUnanswered, "the edge's questions for Keycloak's name get no answer",
        lines + Signals.rows(group, scene))
    } else if max(profile.median, untilSaid(trouble, scene)) >= wait {
      w.add(
        .dnsBlockedEdgeWaits,
        "the edge fails to look up Keycloak's name after as long as a resolver tries, as a rule",
        trouble.proof + Signals.rows(group, scene))
    } else {
      return nil
    }
    return w
  }

  /// Microseconds from a request's start to the edge's word on its look-up: the median, for logs without durations.
  private static func untilSaid(_ trouble: Trouble, _ scene: Scene) -> Int64 {
    let waits = trouble.rows.prefix(100).compactMap { i -> Int64? in
      let said = (scene.file.messages[i] ?? []).lazy
        .map { scene.file.observations.messages[$0] }
        .first { $0.statement == .upstreamNameNotFound || $0.statement == .upstreamNameFailed }
      guard let said, said.time.isKnown, scene.briefs[i].start.isKnown else { return nil }
      return Int64((said.time - scene.briefs[i].start) * 1e6)
    }.sorted()
    return waits.isEmpty ? -1 : waits[waits.count / 2]
  }

  /// HAProxy, nginx (ETIMEDOUT of its resolver), programs in Go, lua-resty-dns and the client above it.
  private static let unanswered = [
    "(DNS timeout status)", "(110: Operation timed out)", "i/o timeout",
    "failed to receive reply from UDP server", "dns client timed out",
  ]

  /// Seconds: resolvers wait five for a server, as a rule (resolv.conf(5)).
  private static let wait: Int64 = 3_800_000

  /// Whole seconds that names × tries × time-outs of a resolver add up to and callers seldom set as their own
  /// time-out: two seconds twice for one or two names, five or ten for several (resolv.conf(5)).
  static func isResolversTime(_ seconds: Double) -> Bool { [4, 8, 20, 25, 40].contains(seconds) }

  /// The service waits as long as a resolver does, and others could not resolve the name in that time (a name
  /// server that fails answers at once), or the time itself is a resolver's.
  private static func slowLookups(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isMute(group), profile.isSlow, profile.median >= wait else { return nil }
    var w = Weight(.dnsBlockedPrior)
    let others = Resolver.kin(group, scene, [.callNameTemporary, .upstreamNameFailed])
    if (group.byLength[.callNameTemporary] ?? 0) >= 0.3,
      Signals.length([.callNameTemporary], group, scene, &w)
    {
      w.note(.dnsBlockedBySize, "the service waits as long as a resolver may")
    } else if !others.isEmpty {
      let slow = TimesTaken.usual(of: group, profile, scene)
      w.add(
        .dnsBlockedOthersWait,
        "another service cannot resolve a name in the same minutes, and this one waits (\(slow.took)) as long as a resolver does",
        slow.lines, beside: others, alone: "the service waits as long as a resolver does")
    } else if let time = profile.timeout, isResolversTime(time),
      Health.slowMeanwhile(group, profile, scene).isEmpty
    {
      w.add(
        .dnsBlockedTries,
        "the answers come just above \(time) s, to which the tries and time-outs of a resolver add up",
        Signals.rows(group, scene))
    } else {
      return nil
    }
    return w
  }
}
